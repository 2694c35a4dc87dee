import type { LactationStatement, Problem } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { daysInMs } from '../../units/units.js'
import { evidenceOf, instantOf, problemEvidence, withinDays } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { LactationStatus } from '../views.js'
import type { Question } from './lactation-statements.js'
import { countingStatements, newestStatement, unreadableEntry } from './lactation-statements.js'
import { activeIn } from './problem-index.js'

/** A condition of lactation, a sign of weaning and a puerperal diagnosis speak for so long. Days, fixed in clinical 1.2. */
const lactationConditionDays = 180
const weanedDays = 84
const puerperalDiagnosisDays = 90

/** One step's answer. */
interface Step {
  status: LactationStatus
  because: string
  evidence: readonly Evidence[]
}

/** The lactation status and what it rests on. */
export interface Lactation extends Step {
  /** What could not be read and could make it another status. */
  unsettled?: string
  /** Something speaks for lactation or a recent delivery (clinical 1.1 P3), whatever the status. */
  supported: boolean
  /** When she was last recorded as breastfeeding, if that decided. */
  saidYesAt?: Instant
}

/**
 * Is she lactating? Statements first, then conditions of lactation, then a puerperal diagnosis, then the delivery.
 *
 * Edge:    every window counts its last day; a "no" is never made of a missing statement.
 * Missing: statements unreadable: at most `probable`. Either category unreadable: a recorded "no" is `unknown`, since
 *          something newer could speak against it. `unsettled` then says what was not read.
 * Source:  clinical 1.2; product decision 2e.
 */
export function lactationStatus(question: Question): Lactation {
  const newest = newestStatement(question)
  const explicit = newest && byStatement(question, newest)
  const step =
    explicit ?? byCondition(question) ?? byDiagnosis(question) ?? byDelivery(question) ?? unknownStep
  const saidYesAt =
    explicit?.status === 'lactating' ? instantOf(newest?.when, question.moment.now) : undefined
  const lactation = {
    supported: isSupported(step.status) || recentlyDelivered(question) || byDiagnosis(question) !== undefined,
    ...step,
    ...(saidYesAt !== undefined && { saidYesAt }),
  }
  const category = unreadCategory(question, explicit)
  if (category !== undefined) {
    const unsettled = `${category} could not be read`
    const status = cautious(step.status, category)
    const because = status === step.status ? step.because : `${step.because}, ${unsettled}`
    return { unsettled, ...lactation, status, because }
  }
  const entry = unreadableEntry(question, newest)
  return entry === undefined ? lactation : { unsettled: entry, ...lactation }
}

type Category = 'lactation status' | 'conditions'

/** A category that could hold something against the step that was reached. */
function unreadCategory({ moment }: Question, explicit: Step | undefined): Category | undefined {
  const { lactationStatus, conditions } = moment.facts.reads
  if (lactationStatus.state === 'unreadable') return 'lactation status'
  return conditions.state === 'unreadable' && explicit?.status !== 'lactating' ? 'conditions' : undefined
}

/** Without the statements nobody is more than probably lactating; without either category nobody is not lactating. */
function cautious(status: LactationStatus, category: Category): LactationStatus {
  if (status === 'not-lactating') return 'unknown'
  return status === 'lactating' && category === 'lactation status' ? 'probable' : status
}

const unknownStep: Step = { status: 'unknown', because: 'lactation status is not recorded', evidence: [] }

const isSupported = (status: LactationStatus): boolean =>
  status === 'lactating' || status === 'probable' || status === 'recently-weaned'

/** Step 1: what she last said. */
function byStatement(question: Question, newest: LactationStatement): Step {
  if (newest.says === 'yes') {
    const evidence = evidenceOf(newest, 'lactation status: breastfeeding')
    return { status: 'lactating', because: 'recorded as breastfeeding', evidence: [evidence] }
  }
  const { parameters, now } = question.moment
  const recent = parameters['lactation.postpartumDays']
  const no = evidenceOf(newest, 'lactation status: not breastfeeding')
  const earlierYes = countingStatements(question).find(
    ({ says, when }) => says === 'yes' && withinDays(when, recent, now),
  )
  if (earlierYes) {
    const yes = evidenceOf(earlierYes, 'lactation status: breastfeeding')
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
  const said = instantOf(newest.when, now) ?? now
  const later = puerperalDiagnoses(question).find(({ when }) => (instantOf(when, now) ?? said) > said)
  if (later) {
    const because = 'recorded as not breastfeeding, but a later diagnosis speaks of lactation'
    return { status: 'unknown', because, evidence: [no, diagnosisEvidence(later)] }
  }
  return { status: 'not-lactating', because: 'recorded as not breastfeeding', evidence: [no] }
}

/** Step 2: the newest condition of lactation or weaning; at the same instant lactation. */
function byCondition({ moment, problems }: Question): Step | undefined {
  const { now } = moment
  const lactation = newestWithin(activeIn(problems, 'lactation-condition'), lactationConditionDays, now)
  const weaned = newestWithin(activeIn(problems, 'weaned'), weanedDays, now)
  const lactatingAt = instantOf(lactation?.when, now) ?? -Infinity
  if (weaned && (instantOf(weaned.when, now) ?? -Infinity) > lactatingAt) {
    const because = 'a condition of weaning is on record'
    return { status: 'recently-weaned', because, evidence: [problemEvidence(weaned, 'weaned')] }
  }
  if (!lactation) return undefined
  const because = 'a condition of lactation is on record'
  return { status: 'lactating', because, evidence: [problemEvidence(lactation, 'lactation-condition')] }
}

/** Step 3: a breast diagnosis that only occurs in lactation. */
function byDiagnosis(question: Question): Step | undefined {
  const [diagnosis] = puerperalDiagnoses(question)
  if (!diagnosis) return undefined
  return {
    status: 'lactating',
    because: 'inferred from the diagnosis code',
    evidence: [diagnosisEvidence(diagnosis)],
  }
}

/** Step 4: delivered recently; a loss is no evidence. */
function byDelivery(question: Question): Step | undefined {
  if (!question.infer || !recentlyDelivered(question)) return undefined
  const { facts, parameters } = question.moment
  const evidence = facts.births
    .filter(({ when }) => when?.earliest === question.delivered)
    .map((birth) => evidenceOf(birth, 'delivery'))
  return {
    status: 'probable',
    because: `delivered within ${parameters['lactation.postpartumDays']} days`,
    evidence,
  }
}

function puerperalDiagnoses({ moment, problems, infer }: Question): readonly Problem[] {
  if (!infer) return []
  return activeIn(problems, 'mastitis-lactational', 'abscess-lactational', 'engorgement').filter(({ when }) =>
    withinDays(when, puerperalDiagnosisDays, moment.now),
  )
}

function diagnosisEvidence(problem: Problem): Evidence {
  if (problem.sets.includes('mastitis-lactational')) return problemEvidence(problem, 'mastitis-lactational')
  if (problem.sets.includes('abscess-lactational')) return problemEvidence(problem, 'abscess-lactational')
  return problemEvidence(problem, 'engorgement')
}

const recentlyDelivered = ({ moment, delivered }: Question): boolean =>
  delivered !== undefined && moment.now - delivered <= daysInMs(moment.parameters['lactation.postpartumDays'])

function newestWithin(problems: readonly Problem[], limit: number, now: Instant): Problem | undefined {
  let newest: Problem | undefined
  for (const problem of problems) {
    if (!withinDays(problem.when, limit, now)) continue
    if (!newest || (instantOf(problem.when, now) ?? 0) > (instantOf(newest.when, now) ?? 0)) newest = problem
  }
  return newest
}
