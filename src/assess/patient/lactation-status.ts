import type { LactationStatement, Problem } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { daysInMs } from '../../units/units.js'
import { evidenceOf, instantOf, problemEvidence, withinDays } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { LactationStatus, Moment } from '../views.js'
import type { ProblemIndex } from './problem-index.js'
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

/** What the steps look at. */
interface Question {
  moment: Moment
  problems: ProblemIndex
  delivered: Instant | undefined
  /** Steps 3 and 4 infer; they are off above `gate.maxInferAgeYears`. */
  infer: boolean
}

/**
 * Is she lactating? Statements first, then conditions of lactation, then a puerperal diagnosis, then the delivery.
 *
 * Edge:    every window counts its last day; a "no" is never made of a missing statement.
 * Missing: statements unreadable: at most `probable`. Conditions unreadable: a recorded "no" is `unknown`, since a later
 *          diagnosis could speak against it. `unsettled` then says what was not read.
 * Source:  clinical 1.2; product decision 2e.
 */
export function lactationStatus(question: Question): Lactation {
  const { reads } = question.moment.facts
  const statementsUnread = reads.lactationStatus.state === 'unreadable'
  const conditionsUnread = reads.conditions.state === 'unreadable'
  const newest = newestStatement(question)
  const explicit = newest && byStatement(question, newest)
  const inferred = explicit ?? byCondition(question) ?? byDiagnosis(question) ?? byDelivery(question)
  const step = inferred ?? unknownStep
  const saidYesAt =
    explicit?.status === 'lactating' ? instantOf(newest?.when, question.moment.now) : undefined
  const supported =
    isSupported(step.status) || recentlyDelivered(question) || byDiagnosis(question) !== undefined
  const lactation = { ...step, supported, ...(saidYesAt !== undefined && { saidYesAt }) }

  if (statementsUnread) {
    const unsettled = 'lactation status could not be read'
    if (step.status !== 'lactating') return { ...lactation, unsettled }
    return {
      ...lactation,
      status: 'probable',
      because: `${step.because}, lactation status could not be read`,
      unsettled,
    }
  }
  if (conditionsUnread && explicit?.status !== 'lactating') {
    const unsettled = 'conditions could not be read'
    if (step.status !== 'not-lactating') return { ...lactation, unsettled }
    return {
      ...lactation,
      status: 'unknown',
      because: `${step.because}, conditions could not be read`,
      unsettled,
    }
  }
  const unreadStatement = newerUnreadable(question, newest)
  return unreadStatement ? { ...lactation, unsettled: unreadStatement } : lactation
}

const unknownStep: Step = { status: 'unknown', because: 'lactation status is not recorded', evidence: [] }

const isSupported = (status: LactationStatus): boolean =>
  status === 'lactating' || status === 'probable' || status === 'recently-weaned'

/** Step 1: statements that still count; a "no" at discharge means nothing. */
function countingStatements({ moment, delivered }: Question): readonly LactationStatement[] {
  const { facts, parameters, now } = moment
  return facts.lactation.filter(({ says, discharge, when }) => {
    if (says === 'unknown' || (discharge && says === 'no')) return false
    const limit = parameters[discharge ? 'lactation.dischargeStatusDays' : 'lactation.statusMaxAgeDays']
    if (!withinDays(when, limit, now)) return false
    return delivered === undefined || (instantOf(when, now) ?? delivered) >= delivered
  })
}

function newestStatement(question: Question): LactationStatement | undefined {
  const { now } = question.moment
  let newest: LactationStatement | undefined
  for (const statement of countingStatements(question)) {
    const later =
      (instantOf(statement.when, now) ?? 0) - (newest ? (instantOf(newest.when, now) ?? 0) : -Infinity)
    if (later > 0 || (later === 0 && statement.says === 'yes')) newest = statement
  }
  return newest
}

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

/** A statement that could not be read and is newer than the one that decided. */
function newerUnreadable({ moment }: Question, newest: LactationStatement | undefined): string | undefined {
  const { facts, parameters, now } = moment
  const decided = instantOf(newest?.when, now) ?? -Infinity
  return facts.unreadable.find(
    ({ subject, when }) =>
      subject === 'lactation' &&
      (when === undefined ||
        (withinDays(when, parameters['lactation.statusMaxAgeDays'], now) &&
          Math.min(when.latest, now) > decided)),
  )?.why
}
