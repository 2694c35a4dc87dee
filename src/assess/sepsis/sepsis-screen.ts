import type { Instant } from '../../units/units.js'
import { problemEvidence, withinDays } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { ProblemIndex } from '../patient/problem-index.js'
import { activeIn } from '../patient/problem-index.js'
import type { Moment } from '../views.js'
import { firstStep } from './first-step.js'
import type { SepsisCriterion } from './organ-values.js'
import { measuredCriterion, organValues } from './organ-values.js'
import { sepsisUnreadable } from './sepsis-unreadable.js'
import { vitalHistory } from './vital-history.js'

/** The sepsis screen, before it is asked whether the breast is a source. */
export interface SepsisScreen {
  level: 'critical' | 'warning' | 'inpatient' | 'none'
  because: string
  /** Everything met, organ values first; empty at level none. */
  criteria: readonly SepsisCriterion[]
  evidence: readonly Evidence[]
  /** What could not be read and could raise the level. */
  unreadable?: string
}

/** One ground for the level critical: why, and on what. */
interface Ground {
  because: string
  evidence: readonly Evidence[]
}

const evidenceIn = (criteria: readonly SepsisCriterion[]): readonly Evidence[] =>
  criteria.map(({ evidence }) => evidence)

const notOnlyText = ({ evidence }: Ground): boolean => evidence.some(({ fromText }) => !fromText)

/**
 * Is she possibly septic?
 *
 * Edge:    see `first-step.ts` and `organ-values.ts`; a sepsis diagnosis exactly `sepsis.diagnosisDays` old counts. A
 *          ground that rests on free text alone gives a warning, never critical.
 * Missing: `unreadable` says what could not be read and could raise the level; a level that was reached stands.
 * Source:  clinical 5.4.
 */
export function screenSepsis(
  moment: Moment,
  problems: ProblemIndex,
  delivered: Instant | undefined,
): SepsisScreen {
  if (!moment.parameters['sepsis.enabled']) {
    return {
      level: 'none',
      because: 'the sepsis screen is switched off at this site',
      criteria: [],
      evidence: [],
    }
  }
  const history = vitalHistory(moment)
  const first = firstStep(moment, history, delivered)
  const organs = organValues(moment, history, first.group.length)
  const group = first.group.map(({ name, reading }) => measuredCriterion(name, reading))
  const diagnosis = sepsisDiagnosis(moment, problems)
  const found = levelOf(moment, organs, group, first.repeated, diagnosis)
  const unreadable = sepsisUnreadable(moment, problems, history, first)
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

function levelOf(
  { facts }: Moment,
  organs: readonly SepsisCriterion[],
  group: readonly SepsisCriterion[],
  repeated: boolean,
  diagnosis: readonly Evidence[],
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

/** An active diagnosis of sepsis that began within `sepsis.diagnosisDays`. */
function sepsisDiagnosis({ parameters, now }: Moment, problems: ProblemIndex): readonly Evidence[] {
  return activeIn(problems, 'sepsis')
    .filter(({ onset, when }) => withinDays(onset ?? when, parameters['sepsis.diagnosisDays'], now))
    .map((problem) => problemEvidence(problem, 'sepsis'))
}
