import type { LactationStatement, Problem } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { daysInMs } from '../../units/units.js'
import { inputOf, inputs, type Inputs } from '../definition.js'
import { evidenceOf, problemEvidence } from '../evidence.js'
import { absent, cannotTell, present, type Evidence, type Finding } from '../finding.js'
import type { LactationStatus } from '../views.js'
import type { LactationQuestion } from './lactation-statements.js'
import { countingStatements, unreadableEntry } from './lactation-statements.js'
import { evidenceOfFeeding } from './fed-infant.js'
import { activeIn } from './problem-index.js'
import { dated, instantOf, newestSince, withinDays, type Dated } from '../dating.js'

/**
 * The days for which a condition of lactation, a condition of weaning and a puerperal diagnosis count, fixed in
 * clinical 1.2.
 */
const lactationConditionDays = 180
const weanedDays = 84
const puerperalDiagnosisDays = 90

/** The inputs of a status that is charted: as a statement, a condition, or a breast diagnosis. */
export const chartedInputs: Inputs = {
  facts: ['lactation', 'births', 'problems', 'reads'],
  sets: [
    'bf-status',
    'bf-yes',
    'bf-no',
    'delivery-date',
    'delivery',
    'some-infants-lost',
    'living-infant',
    'infant-well',
    'lactation-condition',
    'weaned',
    'mastitis-lactational',
    'abscess-lactational',
    'engorgement',
    'says-lactation',
  ],
  parameters: ['lactation.statusMaxAgeDays', 'lactation.dischargeStatusDays'],
}

/** The inputs of the age up to which a status is inferred. */
const inferringInputs: Inputs = { facts: ['patient'], sets: [], parameters: ['gate.maxInferAgeYears'] }

/** The inputs of the status lactating, which no delivery gives. */
export const lactatingInputs = inputs(chartedInputs, inferringInputs)

/** The inputs of the status recently weaned, which is never inferred from a diagnosis. */
export const weanedInputs = inputs(chartedInputs, inputOf('lactation.postpartumDays'))

/** The inputs of the lactation status. */
export const lactationStatusInputs = inputs(lactatingInputs, weanedInputs)

/** The answer of one step. */
interface Step {
  status: LactationStatus
  because: string
  evidence: readonly Evidence[]
}

/** The lactation status, with its reason and evidence. */
export interface Lactation extends Step {
  /** The unread category or value that could change the status. */
  unsettled?: string
  /** A fact speaks for lactation or a recent delivery (clinical 1.1 P3), whatever the status. */
  supported: boolean
  /** Is the patient charted as lactating, by a statement or a condition (steps 1 and 2)? */
  charted: Finding
  /** The time of the newest record of breastfeeding, if that record decided the status. */
  saidYesAt?: Instant
}

/**
 * Finds the lactation status: by statements first, then by conditions of lactation, then by a puerperal diagnosis,
 * then by the delivery.
 *
 * Edge:    every window includes its last day; a missing statement is never a "no".
 * Missing: without readable statements the status is at most `probable`. Without one of the two categories a recorded
 *          "no" is `unknown`, because a newer fact could speak against it; `unsettled` then names the category.
 * Source:  clinical 1.2; product decision 2e
 */
export function lactationStatus(question: LactationQuestion): Lactation {
  const statements = countingStatements(question)
  const newest = statements.at(-1)
  const explicit = newest && byStatement(question, statements, newest)
  const charted = explicit ?? byCondition(question)
  const inferred = byDiagnosis(question)
  const step = charted ?? inferred ?? byDelivery(question) ?? unknownStep
  const saidYesAt = explicit?.status === 'lactating' ? newest?.at : undefined
  const unread = unreadCategory(question, explicit)
  const category = unread ?? (step === inferred ? unreadNotes(question, step) : undefined)
  const entry = unreadableEntry(question, newest)
  const lactation = {
    supported: isSupported(step.status) || recentlyDelivered(question) || inferred !== undefined,
    charted: isCharted(charted, unread === undefined ? entry : `${unread} could not be read`),
    ...step,
    ...(saidYesAt !== undefined && { saidYesAt }),
  }
  if (category !== undefined) {
    const unsettled = `${category} could not be read`
    const status = cautious(step.status, category)
    const because = status === step.status ? step.because : `${step.because}, ${unsettled}`
    return { unsettled, ...lactation, status, because }
  }
  return entry === undefined ? lactation : { unsettled: entry, ...lactation }
}

function isCharted(charted: Step | undefined, unread: string | undefined): Finding {
  if (unread !== undefined) return cannotTell(unread)
  return charted?.status === 'lactating'
    ? present(charted.because, ...charted.evidence)
    : absent('not charted as breastfeeding')
}

type Category = 'lactation status' | 'conditions' | 'notes'

/** Notes that were not read could say that she feeds, which a diagnosis of the puerperium leaves open. */
const unreadNotes = ({ timeline }: LactationQuestion, { status }: Step): Category | undefined =>
  status === 'probable' && timeline.facts.reads.breastSigns.state === 'unreadable' ? 'notes' : undefined

/** The unread category that could hold a fact against the status. */
function unreadCategory({ timeline }: LactationQuestion, explicit: Step | undefined): Category | undefined {
  const { lactationStatus, conditions } = timeline.facts.reads
  if (lactationStatus.state === 'unreadable') return 'lactation status'
  return conditions.state === 'unreadable' && explicit?.status !== 'lactating' ? 'conditions' : undefined
}

/**
 * The status that remains when a category could not be read: at most probable without statements, and never not
 * lactating.
 */
function cautious(status: LactationStatus, category: Category): LactationStatus {
  if (status === 'not-lactating') return 'unknown'
  return status === 'lactating' && category === 'lactation status' ? 'probable' : status
}

const unknownStep: Step = { status: 'unknown', because: 'lactation status is not recorded', evidence: [] }

const isSupported = (status: LactationStatus): boolean =>
  status === 'lactating' || status === 'probable' || status === 'recently-weaned'

/** Step 1: the newest statement on breastfeeding. */
function byStatement(
  question: LactationQuestion,
  statements: readonly Dated<LactationStatement>[],
  newest: Dated<LactationStatement>,
): Step {
  if (newest.fact.says === 'yes') {
    const evidence = evidenceOf(newest.fact, 'charted as breastfeeding')
    return { status: 'lactating', because: 'recorded as breastfeeding', evidence: [evidence] }
  }
  const { parameters, now } = question.timeline
  const recent = parameters['lactation.postpartumDays']
  const no = evidenceOf(newest.fact, 'charted as not breastfeeding')
  const earlierYes = statements.findLast(
    ({ fact, at }) => fact.says === 'yes' && now - at <= daysInMs(recent),
  )
  if (earlierYes) {
    const yes = evidenceOf(earlierYes.fact, 'charted as breastfeeding')
    return {
      status: 'recently-weaned',
      because: `recorded as stopped within ${recent} days`,
      evidence: [no, yes],
    }
  }
  if (recentlyDelivered(question)) {
    const because = `recorded as not breastfeeding, delivery within ${recent} days`
    return { status: 'recently-weaned', because, evidence: [no] }
  }
  const later = puerperalDiagnoses(question).find(
    ({ when }) => (instantOf(when, now) ?? -Infinity) > newest.at,
  )
  if (later) {
    const because = 'recorded as not breastfeeding, but a later diagnosis speaks of lactation'
    return { status: 'unknown', because, evidence: [no, diagnosisEvidence(later)] }
  }
  return { status: 'not-lactating', because: 'recorded as not breastfeeding', evidence: [no] }
}

/** Step 2: the newest condition of lactation or weaning; at the same moment lactation decides. */
function byCondition({ timeline, problems }: LactationQuestion): Step | undefined {
  const { now } = timeline
  const lactation = newestWithin(activeIn(problems, 'lactation-condition'), lactationConditionDays, now)
  const weaned = newestWithin(activeIn(problems, 'weaned'), weanedDays, now)
  if (weaned && weaned.at > (lactation?.at ?? -Infinity)) {
    const because = 'a condition of weaning is on record'
    return { status: 'recently-weaned', because, evidence: [problemEvidence(weaned.fact, 'weaned')] }
  }
  if (!lactation) return undefined
  const because = 'a condition of lactation is on record'
  return { status: 'lactating', because, evidence: [problemEvidence(lactation.fact, 'lactation-condition')] }
}

/**
 * Step 3: a breast diagnosis of the puerperium or of lactation. Only a name that says lactation itself, a living infant or a
 * note on feeding shows that milk is given.
 */
function byDiagnosis(question: LactationQuestion): Step | undefined {
  const diagnoses = puerperalDiagnoses(question)
  const said = diagnoses.find(({ saysLactation }) => saysLactation)
  const diagnosis = said ?? diagnoses[0]
  if (!diagnosis) return undefined
  const because = 'inferred from the diagnosis code'
  const evidence = [diagnosisEvidence(diagnosis)]
  if (said) return { status: 'lactating', because, evidence }
  const since = Math.min(...diagnoses.map(({ when }) => when?.earliest ?? question.timeline.now))
  const fed = evidenceOfFeeding(question.timeline, since)
  return fed
    ? { status: 'lactating', because: `${because} and ${fed.what}`, evidence: [...evidence, fed] }
    : { status: 'probable', because: `${because}, which proves no feeding`, evidence }
}

/** Step 4: a recent delivery; a loss is no evidence of lactation. */
function byDelivery(question: LactationQuestion): Step | undefined {
  if (!question.infer || !recentlyDelivered(question)) return undefined
  const { facts, parameters } = question.timeline
  const evidence = facts.births
    .filter(({ when }) => when?.earliest === question.delivered)
    .map((birth) => evidenceOf(birth, 'delivery'))
  return {
    status: 'probable',
    because: `delivered within ${parameters['lactation.postpartumDays']} days`,
    evidence,
  }
}

function puerperalDiagnoses({ timeline, problems, infer }: LactationQuestion): readonly Problem[] {
  if (!infer) return []
  return activeIn(problems, 'mastitis-lactational', 'abscess-lactational', 'engorgement').filter(({ when }) =>
    withinDays(when, puerperalDiagnosisDays, timeline.now),
  )
}

function diagnosisEvidence(problem: Problem): Evidence {
  if (problem.sets.includes('mastitis-lactational')) return problemEvidence(problem, 'mastitis-lactational')
  if (problem.sets.includes('abscess-lactational')) return problemEvidence(problem, 'abscess-lactational')
  return problemEvidence(problem, 'engorgement')
}

const recentlyDelivered = ({ timeline, delivered }: LactationQuestion): boolean =>
  delivered !== undefined &&
  timeline.now - delivered <= daysInMs(timeline.parameters['lactation.postpartumDays'])

const newestWithin = (problems: readonly Problem[], days: number, now: Instant): Dated<Problem> | undefined =>
  newestSince(dated(problems, now), now - daysInMs(days))
