import type { ConditionSet } from '../../terminology/concepts.js'
import type { Instant } from '../../units/units.js'
import { problemEvidence } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { ProblemIndex } from '../patient/problem-index.js'
import { activeIn } from '../patient/problem-index.js'
import type { Moment } from '../moment.js'
import { firstStep } from './first-step.js'
import type { SepsisCriterion } from './organ-values.js'
import { measuredCriterion, organValues } from './organ-values.js'
import { severeSigns, type SevereSign } from './severe-signs.js'
import { sepsisUnreadable } from './sepsis-unreadable.js'
import { newestVitals } from './vitals.js'
import { signWords } from '../words.js'
import type { Timeline } from '../timeline.js'
import { withinDays } from '../dating.js'

/** The result of the sepsis screen, whether or not the breast is the source. */
export interface SepsisScreen {
  level: 'critical' | 'warning' | 'inpatient' | 'none'
  because: string
  /** The criteria that are met, organ values first; empty at level none. */
  criteria: readonly SepsisCriterion[]
  evidence: readonly Evidence[]
  /** The unread category or value that could raise the level. */
  unreadable?: string
  /** The sign of a severe soft-tissue infection that the card names; only beside a measured criterion. */
  severe?: SevereSign
  /** Shock, an organ value, or a severe soft-tissue infection: antibiotics within 1 h. */
  withinHour: boolean
  /** A low systolic pressure or a high lactate calls for fluids. */
  fluids: boolean
}

/** One ground for the level critical: its reason and its evidence. */
interface Ground {
  because: string
  evidence: readonly Evidence[]
}

const evidenceIn = (criteria: readonly SepsisCriterion[]): readonly Evidence[] =>
  criteria.map(({ evidence }) => evidence)

const notOnlyText = ({ evidence }: Ground): boolean => evidence.some(({ fromText }) => !fromText)

/**
 * Screens the patient for sepsis.
 *
 * Edge:    see `first-step.ts` and `organ-values.ts`. A sepsis diagnosis exactly `sepsis.diagnosisDays` old counts. A
 *          ground that rests on free text alone gives a warning, never critical.
 * Missing: `unreadable` names the unread fact that could raise the level; a level that was reached stands.
 * Source:  clinical 5.4
 */
export function screenSepsis(
  timeline: Timeline,
  problems: ProblemIndex,
  delivered: Instant | undefined,
): SepsisScreen {
  if (!timeline.parameters['sepsis.enabled']) {
    return {
      level: 'none',
      because: 'the sepsis screen is switched off at this site',
      criteria: [],
      evidence: [],
      withinHour: false,
      fluids: false,
    }
  }
  const first = firstStep(timeline, delivered)
  const organs = organValues(timeline, first.group.length)
  const diagnosis = sepsisDiagnosis(timeline, problems)
  const severe = first.met.length > 0 || organs.length > 0 ? severeSigns(timeline) : []
  const counted = severe.length > 0 && first.group.length < 2 ? first.met : first.group
  const group = counted.map(({ name, reading }) => measuredCriterion(name, reading))
  const found = levelOf(timeline, { organs, group, repeated: first.repeated, diagnosis, severe })
  const unreadable = sepsisUnreadable(timeline, problems, first)
  const criteria = [...organs, ...group]
  const reached = found.level !== 'none'
  const [gravest] = severe
  return {
    criteria: reached ? (criteria.length > 0 ? criteria : diagnosis.map(diagnosisCriterion)) : [],
    evidence: [
      ...evidenceIn(criteria),
      ...(reached ? [...diagnosis, ...severe.map(({ evidence }) => evidence)] : []),
    ],
    ...found,
    withinHour: isUrgent(timeline, problems, { organs, severe, criteria: group.length }),
    fluids: isLow(timeline) || organs.some(({ name }) => name === 'lactate'),
    ...(gravest && reached && { severe: gravest }),
    ...(unreadable !== undefined && { unreadable }),
  }
}

/** Is a systolic pressure under the limit on record, also once and alone? */
const isLow = (timeline: Timeline): boolean =>
  newestVitals(timeline, 'systolic').some(({ fact }) => fact.value < timeline.parameters['sepsis.sbp'])

/**
 * Do antibiotics belong within 1 h: an organ value, shock, or words of a severe soft-tissue infection?
 *
 * Edge:   necrosis and bullae count beside one criterion, the other words beside two.
 * Source: clinical 5.4, within 1 h
 */
function isUrgent(
  timeline: Timeline,
  problems: ProblemIndex,
  {
    organs,
    severe,
    criteria,
  }: { organs: readonly SepsisCriterion[]; severe: readonly SevereSign[]; criteria: number },
): boolean {
  if (organs.length > 0 || isLow(timeline)) return true
  const shock = activeIn(problems, 'septic-shock').some(({ onset, when }) =>
    withinDays(onset ?? when, timeline.parameters['sepsis.diagnosisDays'], timeline.now),
  )
  if (shock || severe.some(({ name }) => name === 'toxic-shock')) return true
  return severe.some(({ gravest }) => criteria >= (gravest ? 1 : 2))
}

const diagnosisCriterion = (evidence: Evidence): SepsisCriterion => ({
  name: 'sepsis diagnosis',
  text: 'sepsis diagnosis',
  evidence,
})

/** The parts that the screen met: single organ values, a group of criteria, and diagnoses of sepsis. */
interface Met {
  organs: readonly SepsisCriterion[]
  group: readonly SepsisCriterion[]
  /** The group of criteria was met twice. */
  repeated: boolean
  diagnosis: readonly Evidence[]
  /** Signs of a severe soft-tissue infection beside a measured criterion. */
  severe: readonly SevereSign[]
}

function levelOf(
  { facts }: Moment,
  { organs, group, repeated, diagnosis, severe }: Met,
): Pick<SepsisScreen, 'level' | 'because'> {
  const measured: Ground[] = organs.map((organ) => ({
    because: `${organ.text} meets an organ limit of the sepsis screen`,
    evidence: [organ.evidence],
  }))
  if (group.length >= 3) {
    measured.push({ because: 'three or more sepsis criteria together', evidence: evidenceIn(group) })
  }
  const [sign] = severe
  if (sign && group.length >= (sign.gravest ? 1 : 2)) {
    measured.push({
      because: `${signWords[sign.name]} with measured sepsis criteria`,
      evidence: [sign.evidence, ...evidenceIn(group)],
    })
  }
  if (repeated) measured.push({ because: 'two sepsis criteria, met twice', evidence: evidenceIn(group) })
  const sure = measured.find(notOnlyText)
  if (sure) return { level: 'critical', because: sure.because }

  const recorded: readonly Ground[] =
    diagnosis.length > 0 ? [{ because: 'sepsis is on record', evidence: diagnosis }] : []
  if (recorded.some(notOnlyText)) {
    const inpatient = facts.encounters.some((encounter) => encounter.inpatient && encounter.inProgress)
    return inpatient
      ? { level: 'inpatient', because: 'sepsis is on record and she is an inpatient' }
      : { level: 'critical', because: 'sepsis is on record' }
  }
  const [fromText] = [...measured, ...recorded]
  if (fromText) return { level: 'warning', because: `${fromText.because} (from free text only)` }
  if (group.length === 2) return { level: 'warning', because: 'two sepsis criteria together, once' }
  if (sign && group.length === 1)
    return { level: 'warning', because: `${signWords[sign.name]} with one sepsis criterion` }
  return { level: 'none', because: 'the sepsis screen is negative' }
}

/** Sepsis in the diagnoses, with or without shock. */
export const sepsisSets: readonly ConditionSet[] = ['sepsis', 'septic-shock']

/** The active diagnoses of sepsis that began within `sepsis.diagnosisDays`. */
function sepsisDiagnosis({ parameters, now }: Moment, problems: ProblemIndex): readonly Evidence[] {
  return activeIn(problems, ...sepsisSets)
    .filter(({ onset, when }) => withinDays(onset ?? when, parameters['sepsis.diagnosisDays'], now))
    .map((problem) => problemEvidence(problem, 'sepsis'))
}
