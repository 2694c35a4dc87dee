import type { MeasureKind, Sign } from '../../facts/facts.js'
import { hoursInMs } from '../../units/units.js'
import { evidenceOf, instantOf, measureEvidence, withinHours } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Parameters } from '../parameters.js'
import type { Moment } from '../views.js'
import { measureNumber, signWords } from '../words.js'
import type { Reading, VitalHistory } from './vital-history.js'
import { newestOf, readingsOf } from './vital-history.js'

/** One thing met on the screen: its short name, its words on a card, and the fact behind it. */
export interface SepsisCriterion {
  name: string
  text: string
  evidence: Evidence
}

/** Names a measured value for {criteria}: "lactate 3.1". */
export const measuredCriterion = (name: string, { measure }: Reading): SepsisCriterion => ({
  name,
  text: `${name} ${measureNumber(measure)}`,
  evidence: measureEvidence(measure),
})

interface OrganRule {
  name: string
  kind: MeasureKind
  meets: (value: number, parameters: Parameters) => boolean
}

/** Values that need no second one; in the order their names are printed. */
const organRules: readonly OrganRule[] = [
  {
    name: 'MAP',
    kind: 'mean-arterial-pressure',
    meets: (value, parameters) => value < parameters['sepsis.map'],
  },
  {
    name: 'SpO2',
    kind: 'oxygen-saturation',
    meets: (value, parameters) => value < parameters['sepsis.spo2'],
  },
  { name: 'lactate', kind: 'lactate', meets: (value, parameters) => value > parameters['sepsis.lactate'] },
  {
    name: 'creat',
    kind: 'creatinine',
    meets: (value, parameters) => value >= parameters['sepsis.creatinine'],
  },
  { name: 'plt', kind: 'platelets', meets: (value, parameters) => value < parameters['sepsis.platelets'] },
]

/** Measures of the second step; systolic pressure has a rule of its own. */
export const organKinds: readonly MeasureKind[] = ['systolic', ...organRules.map(({ kind }) => kind)]

/**
 * Values that each mean an organ is failing.
 *
 * Units:   mm[Hg], %, mmol/L, mg/dL, 10*9/L.
 * Edge:    creatinine counts at its limit, the others beyond it. A low systolic pressure counts twice within
 *          `sepsis.pairHours`, or once beside a criterion of the first step; once alone it does not.
 * Missing: a sign without a value in the window meets nothing here.
 * Source:  clinical 5.4 step 3.
 */
export function organValues(
  moment: Moment,
  history: VitalHistory,
  groupSize: number,
): readonly SepsisCriterion[] {
  const measured = organRules.flatMap(({ name, kind, meets }) => {
    const reading = newestOf(history, kind).find(({ measure }) => meets(measure.value, moment.parameters))
    return reading ? [measuredCriterion(name, reading)] : []
  })
  const stated = (['altered-mental-state', 'oxygen-need'] as const).flatMap((sign) =>
    statedSign(moment, sign),
  )
  return [...lowSystolic(moment, history, groupSize), ...measured, ...stated]
}

function lowSystolic(
  { parameters }: Moment,
  history: VitalHistory,
  groupSize: number,
): readonly SepsisCriterion[] {
  const isLow = ({ measure }: Reading): boolean => measure.value < parameters['sepsis.sbp']
  const newest = newestOf(history, 'systolic').find(isLow)
  if (!newest) return []
  const pairMs = hoursInMs(parameters['sepsis.pairHours'])
  const earlier = readingsOf(history, 'systolic').some(
    (reading) => isLow(reading) && reading.at < newest.at && newest.at - reading.at <= pairMs,
  )
  return earlier || groupSize >= 1 ? [measuredCriterion('SBP', newest)] : []
}

const signNames = { 'altered-mental-state': 'mental state', 'oxygen-need': 'oxygen need' } as const

/** The newest statement of a sign within the window; present counts, and so does a present at the same instant. */
function statedSign(
  { facts, parameters, now }: Moment,
  name: keyof typeof signNames,
): readonly SepsisCriterion[] {
  let newest: Sign | undefined
  for (const sign of facts.signs) {
    if (sign.sign !== name || sign.state === 'unknown') continue
    if (!withinHours(sign.when, parameters['sepsis.windowHours'], now)) continue
    const later = (instantOf(sign.when, now) ?? 0) - (newest ? (instantOf(newest.when, now) ?? 0) : -Infinity)
    if (later > 0 || (later === 0 && sign.state === 'present')) newest = sign
  }
  if (newest?.state !== 'present') return []
  const text = signNames[name]
  return [{ name: text, text, evidence: evidenceOf(newest, signWords[name]) }]
}
