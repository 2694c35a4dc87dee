import { celsius } from '../units/units.js'
import type { MeasureKind } from './concepts.js'
import { ucumConversion, type Convert, type UcumTarget } from './ucum.js'
import {
  cellUnits,
  concentrationUnits,
  degreeUnits,
  percentUnits,
  sizeUnits,
  plainUnit,
  pressureUnits,
  rateUnits,
  durationUnits,
  timeUnits,
  type WrittenUnits,
} from './written-units.js'

/** What a unit of a chart means: its conversion, and whether the rules of UCUM or only its words tell. */
export interface UnitReading {
  convert: Convert
  isUcum: boolean
}

/** The units of one kind of measure, each with its conversion into the one unit of the kind. */
export interface UnitTable {
  title: string
  /** The usual units in the letters of UCUM, for the reason why another one is refused. */
  accepted: readonly string[]
  /** Reads a unit as it is written in a chart. */
  read: (written: string) => UnitReading | undefined
}

/** A target of UCUM, with the step from the target into the one unit of the kind. */
interface Target extends UcumTarget {
  then?: Convert
}

/** The most units that a table remembers; what comes after is read anew each time. */
const mostRemembered = 400

/** The reading by the first target that a UCUM unit can be converted into. */
function byGrammar(unit: string, targets: readonly Target[]): Convert | undefined {
  for (const one of targets) {
    const convert = ucumConversion(unit, one)
    const { then } = one
    if (convert) return then ? (value) => then(convert(value)) : convert
  }
  return undefined
}

/**
 * Makes the table of one kind of measure.
 *
 * Shape: a written unit is read by UCUM, then in the letters of UCUM, then by its words. The units of `common` are read
 *        at start; any other one when it is first met.
 */
function unitTable(
  title: string,
  targets: readonly Target[],
  words: WrittenUnits,
  common: readonly string[] = [],
): UnitTable {
  const known = new Map<string, UnitReading | undefined>()
  const readAnew = (written: string): UnitReading | undefined => {
    const coded = byGrammar(written, targets)
    if (coded) return { convert: coded, isUcum: true }
    const plain = plainUnit(written)
    const meant = byGrammar(plain, targets) ?? byGrammar(words(plain) ?? '', targets)
    return meant && { convert: meant, isUcum: false }
  }
  for (const unit of [...targets.map((one) => one.unit), ...common]) known.set(unit, readAnew(unit))
  return {
    title,
    accepted: [...known].flatMap(([unit, reading]) => (reading?.isUcum === true ? [unit] : [])),
    read: (written) => {
      const before = known.get(written)
      if (before !== undefined || known.has(written)) return before
      const reading = readAnew(written)
      if (known.size < mostRemembered) known.set(written, reading)
      return reading
    },
  }
}

const litres = ['L', 'l', 'm'] as const // m: cubic metres and their parts
const target = (unit: string, ...needs: readonly (readonly string[])[]): Target => ({ unit, needs })
/** Rounds to three decimals, so that the float error of the division never decides a threshold. */
const divideBy =
  (divisor: number): Convert =>
  (value) =>
    Math.round((value / divisor) * 1000) / 1000

const perMinute = (title: string): UnitTable =>
  unitTable(title, [target('/min', ['min'])], rateUnits, ['{beats}/min', '{breaths}/min', 'bpm'])
const pressure = (title: string): UnitTable =>
  unitTable(title, [target('mm[Hg]', ['m[Hg]'])], pressureUnits, ['mmHg'])
const cells = (title: string): UnitTable =>
  unitTable(title, [{ ...target('10*9/L', litres), may: ['10*', '10^'] }], cellUnits, ['10*3/uL', '/uL'])

const scoreUnit = /^(?:1|\/10|\{[^{}]{1,20}\}(?:\/10)?|score|points)$/i
/** The units of a score, none of which is converted: a score of 50 % is not a score of 0.5. */
export const painUnits: UnitTable = {
  title: 'pain score',
  accepted: ['{score}', '1', '/10'],
  read: (written) => (scoreUnit.test(written) ? { convert: (value) => value, isUcum: true } : undefined),
}

const ratioUnit = /^(?:1|\{?INR\}?|\{?ratio\}?)$/i
/** The units of a ratio, none of which is converted. */
const ratioUnits: Omit<UnitTable, 'title'> = {
  accepted: ['{INR}', '{ratio}', '1'],
  read: (written) => (ratioUnit.test(written) ? { convert: (value) => value, isUcum: true } : undefined),
}

/**
 * The units of each kind of measure, with their conversion into the one unit of the kind (clinical 2.3).
 *
 * Units: the comments of `MeasureKind`; temperature is rounded to 0.1 °C, every other number that is converted to three decimals.
 * Source: clinical 2.3, ADR 0141
 */
export const unitTables: ReadonlyMap<MeasureKind, UnitTable> = new Map<MeasureKind, UnitTable>([
  [
    'temperature',
    unitTable('temperature', [{ ...target('Cel', ['Cel', '[degF]']), then: celsius }], degreeUnits, [
      '[degF]',
      '°C',
      '°F',
      'C',
      'F',
    ]),
  ],
  ['heart-rate', perMinute('heart rate')],
  ['respiratory-rate', perMinute('respiratory rate')],
  ['systolic', pressure('systolic blood pressure')],
  ['diastolic', pressure('diastolic blood pressure')],
  ['mean-arterial-pressure', pressure('mean arterial pressure')],
  ['oxygen-saturation', unitTable('oxygen saturation', [{ ...target('%'), may: ['%'] }], percentUnits)],
  ['white-cells', cells('white cell count')],
  ['platelets', cells('platelet count')],
  [
    'c-reactive-protein',
    unitTable('C-reactive protein', [target('mg/L', ['g'], litres)], concentrationUnits),
  ],
  [
    'lactate',
    unitTable(
      'lactate',
      [target('mmol/L', ['mol', 'eq'], litres), { ...target('mg/dL', ['g'], litres), then: divideBy(9.008) }],
      concentrationUnits,
    ),
  ],
  [
    'creatinine',
    unitTable(
      'creatinine',
      [target('mg/dL', ['g'], litres), { ...target('umol/L', ['mol'], litres), then: divideBy(88.4) }],
      concentrationUnits,
      ['µmol/L'],
    ),
  ],
  [
    'bilirubin',
    unitTable(
      'bilirubin',
      [target('mg/dL', ['g'], litres), { ...target('umol/L', ['mol'], litres), then: divideBy(17.1) }],
      concentrationUnits,
      ['µmol/L'],
    ),
  ],
  ['inr', { ...ratioUnits, title: 'INR' }],
  ['pain', painUnits],
])

/** The units of gestational age, converted into weeks. */
export const weekUnits: UnitTable = unitTable('gestational age', [target('wk', ['wk', 'd'])], timeUnits, [
  'd',
])

/** The units of lengths, converted into cm. */
export const lengthUnits: UnitTable = unitTable('size', [target('cm', ['m'])], sizeUnits, ['mm'])

/** The units of areas, converted into cm2. */
export const areaUnits: UnitTable = unitTable('size', [target('cm2', ['m'])], sizeUnits, ['mm2'])

/** The units of durations, converted into days; a month has 30 days. */
export const dayUnits: UnitTable = unitTable(
  'duration',
  [target('d', ['s', 'min', 'h', 'd', 'wk'])],
  durationUnits,
)

/** The units of shares, converted into per cent. */
export const shareUnits: UnitTable = unitTable('size', [target('%', ['%'])], percentUnits)
