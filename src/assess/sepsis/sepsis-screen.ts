import type { Instant } from '../../units/units.js'
import { problemEvidence } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { ProblemIndex } from '../patient/problem-index.js'
import { activeIn } from '../patient/problem-index.js'
import type { Moment } from '../moment.js'
import { firstStep } from './first-step.js'
import type { SepsisCriterion } from './organ-values.js'
import { measuredCriterion, organValues } from './organ-values.js'
import { sepsisUnreadable } from './sepsis-unreadable.js'
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
    }
  }
  const first = firstStep(timeline, delivered)
  const organs = organValues(timeline, first.group.length)
  const group = first.group.map(({ name, reading }) => measuredCriterion(name, reading))
  const diagnosis = sepsisDiagnosis(timeline, problems)
  const found = levelOf(timeline, { organs, group, repeated: first.repeated, diagnosis })
  const unreadable = sepsisUnreadable(timeline, problems, first)
  const criteria = [...organs, ...group]
  const reached = found.level !== 'none'
  return {
    criteria: reached ? (criteria.length > 0 ? criteria : diagnosis.map(diagnosisCriterion)) : [],
    evidence: [...evidenceIn(criteria), ...(reached ? diagnosis : [])],
    ...found,
    ...(unreadable !== undefined && { unreadable }),
  }
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
}

function levelOf(
  { facts }: Moment,
  { organs, group, repeated, diagnosis }: Met,
): Pick<SepsisScreen, 'level' | 'because'> {
  const measured: Ground[] = organs.map((organ) => ({
    because: `${organ.text} meets an organ limit of the sepsis screen`,
    evidence: [organ.evidence],
  }))
  if (group.length >= 3) {
    measured.push({ because: 'three or more sepsis criteria together', evidence: evidenceIn(group) })
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
  return { level: 'none', because: 'the sepsis screen is negative' }
}

/** The active diagnoses of sepsis that began within `sepsis.diagnosisDays`. */
function sepsisDiagnosis({ parameters, now }: Moment, problems: ProblemIndex): readonly Evidence[] {
  return activeIn(problems, 'sepsis')
    .filter(({ onset, when }) => withinDays(onset ?? when, parameters['sepsis.diagnosisDays'], now))
    .map((problem) => problemEvidence(problem, 'sepsis'))
}
