import { celsius } from '../units/units.js'
import type { MeasureKind } from './concepts.js'

type Convert = (value: number) => number

const asIs: Convert = (value) => value
/** Rounds to three decimals, so that the float error of a division never decides a threshold. */
const threeDecimals: Convert = (value) => Math.round(value * 1000) / 1000
const divideBy =
  (divisor: number): Convert =>
  (value) =>
    threeDecimals(value / divisor)

const fahrenheit: Convert = (value) => celsius(((value - 32) * 5) / 9)
const celsiusAsIs: Convert = (value) => celsius(value)

/**
 * The units of one kind of measure: each UCUM code or written unit with its conversion into the one unit of the kind.
 */
interface UnitTable {
  title: string
  ucum: ReadonlyMap<string, Convert>
  words: ReadonlyMap<string, Convert>
}

const unitTable = (
  title: string,
  ucum: readonly [string, Convert][],
  words: readonly [string, Convert][] = [],
): UnitTable => ({
  title,
  ucum: new Map(ucum),
  words: new Map([...ucum, ...words].map(([unit, convert]) => [unit.toLowerCase(), convert])),
})

const perMinute = (title: string, noun: string): UnitTable =>
  unitTable(
    title,
    [
      ['/min', asIs],
      ['{beats}/min', asIs],
      ['{breaths}/min', asIs],
    ],
    [
      ['bpm', asIs],
      ['per minute', asIs],
      [`${noun}/min`, asIs],
      [`${noun}/minute`, asIs],
      [`${noun} per minute`, asIs],
    ],
  )

const pressure = (title: string): UnitTable =>
  unitTable(
    title,
    [['mm[Hg]', asIs]],
    [
      ['mmhg', asIs],
      ['mm hg', asIs],
    ],
  )

const cells = (title: string): UnitTable =>
  unitTable(
    title,
    [
      ['10*3/uL', asIs],
      ['10*9/L', asIs],
      ['/uL', divideBy(1000)],
    ],
    [
      ['10^3/ul', asIs],
      ['x10^3/ul', asIs],
      ['k/ul', asIs],
      ['10^9/l', asIs],
      ['x10^9/l', asIs],
      ['cells/ul', divideBy(1000)],
    ],
  )

/**
 * The accepted units of each kind of measure, with their conversion into the one unit of the kind (clinical 2.3).
 *
 * Units: the comments of `MeasureKind`; temperature is rounded to 0.1 °C.
 */
export const unitTables: ReadonlyMap<MeasureKind, UnitTable> = new Map<MeasureKind, UnitTable>([
  [
    'temperature',
    unitTable(
      'temperature',
      [
        ['Cel', celsiusAsIs],
        ['[degF]', fahrenheit],
      ],
      [
        ['c', celsiusAsIs],
        ['°c', celsiusAsIs],
        ['degc', celsiusAsIs],
        ['f', fahrenheit],
        ['°f', fahrenheit],
        ['degf', fahrenheit],
      ],
    ),
  ],
  ['heart-rate', perMinute('heart rate', 'beats')],
  ['respiratory-rate', perMinute('respiratory rate', 'breaths')],
  ['systolic', pressure('systolic blood pressure')],
  ['diastolic', pressure('diastolic blood pressure')],
  ['mean-arterial-pressure', pressure('mean arterial pressure')],
  ['oxygen-saturation', unitTable('oxygen saturation', [['%', asIs]])],
  ['white-cells', cells('white cell count')],
  ['platelets', cells('platelet count')],
  [
    'c-reactive-protein',
    unitTable('C-reactive protein', [
      ['mg/L', asIs],
      ['mg/dL', (value) => threeDecimals(value * 10)],
    ]),
  ],
  [
    'lactate',
    unitTable('lactate', [
      ['mmol/L', asIs],
      ['mg/dL', divideBy(9.008)],
    ]),
  ],
  [
    'creatinine',
    unitTable(
      'creatinine',
      [
        ['mg/dL', asIs],
        ['umol/L', divideBy(88.4)],
      ],
      [
        ['µmol/l', divideBy(88.4)],
        ['μmol/l', divideBy(88.4)],
      ],
    ),
  ],
  [
    'pain',
    unitTable('pain score', [
      ['{score}', asIs],
      ['1', asIs],
      ['/10', asIs],
    ]),
  ],
])

/** The accepted units of gestational age, converted into weeks. */
export const weekUnits: UnitTable = unitTable(
  'gestational age',
  [
    ['wk', asIs],
    ['d', (value) => value / 7],
  ],
  [
    ['week', asIs],
    ['weeks', asIs],
    ['wks', asIs],
    ['day', (value) => value / 7],
    ['days', (value) => value / 7],
  ],
)

export type { UnitTable }
