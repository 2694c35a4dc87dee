import type { Measure } from '../../facts/facts.js'
import type { MeasureKind, MedicineSet } from '../../terminology/concepts.js'
import { hoursInMs } from '../../units/units.js'
import { measureEvidence, signEvidence } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Parameters } from '../parameters.js'
import { measureNumber } from '../words.js'
import { takenBefore } from './taken-before.js'
import { newestVitals, vitalsOf } from './vitals.js'
import type { Timeline } from '../timeline.js'
import type { Dated } from '../dating.js'

/** One criterion that the screen met: its short name, its words on a card, and its evidence. */
export interface SepsisCriterion {
  name: string
  text: string
  evidence: Evidence
}

/** A measured value as a criterion: "lactate 3.1". */
export const measuredCriterion = (name: string, { fact }: Dated<Measure>): SepsisCriterion => ({
  name,
  text: `${name} ${measureNumber(fact)}`,
  evidence: measureEvidence(fact),
})

interface OrganRule {
  name: string
  kind: MeasureKind
  meets: (value: number, parameters: Parameters) => boolean
  /** Medicines that move the value by themselves: beside one of them the value says nothing. */
  raisedBy?: MedicineSet
}

/** The rules for values that count alone, in the order in which cards name them. */
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
  {
    name: 'bilirubin',
    kind: 'bilirubin',
    meets: (value, parameters) => value >= parameters['sepsis.bilirubin'],
  },
  {
    name: 'INR',
    kind: 'inr',
    meets: (value, parameters) => value > parameters['sepsis.inr'],
    raisedBy: 'vitamin-k-antagonist',
  },
]

/** The measures of the second step; systolic pressure has a rule of its own. */
export const organKinds: readonly MeasureKind[] = ['systolic', ...organRules.map(({ kind }) => kind)]

/**
 * Finds the values that each show a failing organ.
 *
 * Units:   mm[Hg], %, mmol/L, mg/dL, 10*9/L.
 * Edge:    creatinine and bilirubin count at their limit, the others beyond theirs. A low systolic pressure counts if it occurs twice
 *          within `sepsis.pairHours`, or once beside a criterion of the first step. INR does not
 *          count beside a medicine that raises INR.
 * Missing: a measure without a value in the window meets no criterion.
 * Source:  clinical 5.4 step 3
 */
export function organValues(timeline: Timeline, groupSize: number): readonly SepsisCriterion[] {
  const measured = organRules.flatMap(({ name, kind, meets, raisedBy }) => {
    const reading = newestVitals(timeline, kind).find(
      ({ fact, at }) =>
        meets(fact.value, timeline.parameters) && !(raisedBy && takenBefore(timeline, raisedBy, at)),
    )
    return reading ? [measuredCriterion(name, reading)] : []
  })
  const stated = statedSigns.flatMap((sign) => statedSign(timeline, sign))
  return [...lowSystolic(timeline, groupSize), ...measured, ...stated]
}

function lowSystolic(timeline: Timeline, groupSize: number): readonly SepsisCriterion[] {
  const { parameters } = timeline
  const isLow = ({ fact }: Dated<Measure>): boolean => fact.value < parameters['sepsis.sbp']
  const newest = newestVitals(timeline, 'systolic').find(isLow)
  if (!newest) return []
  const pairMs = hoursInMs(parameters['sepsis.pairHours'])
  const earlier = vitalsOf(timeline, 'systolic').some(
    (reading) => isLow(reading) && reading.at < newest.at && newest.at - reading.at <= pairMs,
  )
  return earlier || groupSize >= 1 ? [measuredCriterion('SBP', newest)] : []
}

const signNames = {
  'altered-mental-state': 'mental state',
  'oxygen-need': 'oxygen need',
  'low-urine-output': 'little urine',
} as const

/** The signs that count as an organ value, in the order in which cards name them. */
const statedSigns = Object.keys(signNames) as (keyof typeof signNames)[]

/** A sign whose newest record within the window is present; a record of unknown changes nothing. */
function statedSign(
  { signs, parameters, now }: Timeline,
  name: keyof typeof signNames,
): readonly SepsisCriterion[] {
  const since = now - hoursInMs(parameters['sepsis.windowHours'])
  const newest = signs.get(name)?.findLast(({ fact }) => fact.state !== 'unknown')
  if (newest?.fact.state !== 'present' || newest.at < since) return []
  const text = signNames[name]
  return [{ name: text, text, evidence: signEvidence(newest.fact) }]
}
