import type { ConditionSet } from '../../terminology/concepts.js'
import type { Problem } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { daysInMs } from '../../units/units.js'
import { evidenceOf, problemEvidence } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Moment } from '../moment.js'
import { exposedNow } from './exposure-now.js'
import type { ProblemIndex } from './problem-index.js'
import { activeIn } from './problem-index.js'
import { instantOf, withinDays, withinHours } from '../dating.js'

/** The facts that the rows of clinical 1.4 read. */
export interface MilkQuestion {
  timeline: Moment
  problems: ProblemIndex
  delivered: Instant | undefined
  infantAtRisk: readonly Evidence[]
}

/** Why a row holds: the words of {finding}, the evidence, and the medicine for {drug}. */
export interface MilkHit {
  finding: string
  evidence: readonly Evidence[]
  drug?: string
}

/** The days for which a condition counts, for the conditions that clinical 1.4 limits. */
export const limits = {
  ebola: 180,
  brucellosis: 180,
  mpox: 60,
  'herpes-simplex-breast': 30,
  'shingles-breast': 30,
  tuberculosis: 180,
} as const

/** The days before and after the delivery within which chickenpox reaches the newborn. */
const varicella = { before: 5, after: 2 }

/** A row with evidence; undefined without evidence. */
export const hit = (finding: string, evidence: readonly Evidence[]): MilkHit | undefined =>
  evidence.length > 0 ? { finding, evidence } : undefined

/** Problems as evidence, named by this set. */
const found = (problems: readonly Problem[], set: ConditionSet): readonly Evidence[] =>
  problems.length === 0 ? nothing : problems.map((problem) => problemEvidence(problem, set))

const nothing: readonly Evidence[] = []

/** The active conditions of the set, whatever their age. */
export const ever = ({ problems }: MilkQuestion, set: ConditionSet): readonly Evidence[] =>
  found(activeIn(problems, set), set)

/** The active conditions of the set within the days of its limit; the last day counts. */
export const recent = ({ problems, timeline }: MilkQuestion, set: keyof typeof limits): readonly Evidence[] =>
  found(
    activeIn(problems, set).filter(({ when }) => withinDays(when, limits[set], timeline.now)),
    set,
  )

/** Row F4: exposed to a contraindicated medicine now, whatever the medicine is for. */
export function contraindicatedMedicine({ timeline }: MilkQuestion): MilkHit | undefined {
  const { facts, now } = timeline
  const taken = facts.medicines.filter(
    (medicine) => medicine.sets.includes('contraindicated') && exposedNow(medicine, now),
  )
  if (taken.length === 0) return undefined
  const drugs = [...new Set(taken.flatMap(({ ingredients }) => ingredients))]
  return {
    finding: 'a contraindicated medicine',
    evidence: taken.map((medicine) =>
      evidenceOf(medicine, medicine.ingredients.join(' + ') || 'contraindicated medicine'),
    ),
    drug: drugs.length > 0 ? drugs.join(' and ') : 'this medicine',
  }
}

/** Row F7: hepatitis C, which matters only while the nipple is broken. */
export function hepatitisWithBrokenNipple(question: MilkQuestion): MilkHit | undefined {
  const hepatitis = ever(question, 'hepatitis-c')
  if (hepatitis.length === 0) return undefined
  const nipple = [...ever(question, 'nipple-fissure'), ...brokenNippleSigns(question.timeline)]
  return nipple.length > 0
    ? { finding: 'hepatitis C, broken nipple', evidence: [...hepatitis, ...nipple] }
    : undefined
}

/** The cracked or bleeding nipples of now; a newer "absent" of the same sign and side ends an older "present". */
function brokenNippleSigns({ facts, parameters, now }: Moment): readonly Evidence[] {
  const fissures = facts.signs.filter(({ sign }) => sign === 'nipple-fissure' || sign === 'bloody-discharge')
  const healed = new Map<string, Instant>()
  for (const { sign, side, state, when } of fissures) {
    const key = `${sign} ${side}`
    const at = instantOf(when, now)
    if (state === 'absent' && at !== undefined) healed.set(key, Math.max(at, healed.get(key) ?? at))
  }
  return fissures
    .filter(
      ({ sign, side, state, when }) =>
        state === 'present' &&
        withinHours(when, parameters['currency.signHours'], now) &&
        (instantOf(when, now) ?? -Infinity) >= (healed.get(`${sign} ${side}`) ?? -Infinity),
    )
    .map((sign) => evidenceOf(sign, 'cracked or bleeding nipple'))
}

/** Row F8: drug use; treatment with methadone or buprenorphine explains opioid entries alone. */
export function drugUse({ timeline, problems }: MilkQuestion): MilkHit | undefined {
  const other = activeIn(problems, 'substance-other').filter(({ remission }) => !remission)
  const opioid = activeIn(problems, 'substance-opioid').filter(({ remission }) => !remission)
  const treated = timeline.facts.medicines.some(
    (medicine) => medicine.sets.includes('opioid-agonist-treatment') && exposedNow(medicine, timeline.now),
  )
  const counted = other.length > 0 || !treated ? [...found(opioid, 'substance-opioid')] : []
  return hit('drug use', [...found(other, 'substance-other'), ...counted])
}

/** Row F8b: exposed now to one of these medicines, which ask for a plan with a specialist. */
export function medicineTaken(
  { timeline: { facts, now } }: MilkQuestion,
  wanted: readonly string[],
): MilkHit | undefined {
  const taken = facts.medicines.filter(
    (medicine) => medicine.ingredients.some((name) => wanted.includes(name)) && exposedNow(medicine, now),
  )
  const named = wanted.filter((name) => taken.some(({ ingredients }) => ingredients.includes(name)))
  return hit(
    named.join(' and '),
    taken.map((medicine) => evidenceOf(medicine, medicine.ingredients.join(' + '))),
  )
}

/** Row F9: chickenpox that began around the delivery. */
export function perinatalVaricella({ problems, delivered }: MilkQuestion): readonly Evidence[] {
  if (delivered === undefined) return []
  const cases = activeIn(problems, 'varicella').filter(({ onset, when }) => {
    const began = onset ?? when
    return (
      began !== undefined &&
      began.latest >= delivered - daysInMs(varicella.before) &&
      began.earliest <= delivered + daysInMs(varicella.after)
    )
  })
  return found(cases, 'varicella')
}
