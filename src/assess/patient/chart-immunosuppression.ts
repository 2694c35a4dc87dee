import type { Medicine } from '../../facts/facts.js'
import type { ConditionSet } from '../../terminology/concepts.js'
import { bySource } from '../dating.js'
import type { FindingDefinition } from '../definition.js'
import { evidenceOf, problemEvidence } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'
import { conditionWords } from '../words.js'
import { conditionsUnread, type OfProblems } from './chart-problem.js'
import { exposedNow } from './exposure-now.js'
import { activeIn } from './problem-index.js'
import { courseWords, longSteroid } from './steroid-course.js'

/** The problems that mean immunosuppression; the first one on record is named. */
const problemSets = ['transplant', 'immune-deficiency'] as const satisfies readonly ConditionSet[]

const nameOf = ({ ingredients }: Medicine): string => ingredients.join(' + ')

/** The immunosuppressants that are taken now, in the order of their resources. */
const takenNow = ({ facts, now }: Moment): readonly Medicine[] =>
  facts.medicines
    .filter((medicine) => medicine.sets.includes('immunosuppressant') && exposedNow(medicine, now))
    .sort(bySource)

/**
 * Is the patient immunosuppressed, by a problem, a medicine, or a long course of a steroid?
 *
 * Edge: a transplant and the first medicine are named together; a steroid is named only without them.
 */
function immunosuppressed({ timeline, patient: { problems } }: OfProblems): Finding {
  const conditions = problemSets.flatMap((set) =>
    activeIn(problems, set).map((problem) => ({ set, evidence: problemEvidence(problem, set) })),
  )
  const medicines = takenNow(timeline)
  const steroid = longSteroid(timeline)
  const evidence = [
    ...conditions.map((condition) => condition.evidence),
    ...medicines.map((medicine) => evidenceOf(medicine, nameOf(medicine))),
    ...(typeof steroid === 'object' ? [evidenceOf(steroid.medicine, nameOf(steroid.medicine))] : []),
  ]
  const named = [
    ...conditions.slice(0, 1).map(({ set }) => conditionWords[set]),
    ...medicines.slice(0, 1).map(nameOf),
  ]
  if (named.length > 0) return present(`${named.join(' and ')} on record`, ...evidence)
  if (typeof steroid === 'object')
    return present(`${nameOf(steroid.medicine)} for ${courseWords(steroid.days)}`, ...evidence)
  if (steroid === 'unknown') return cannotTell('how long a steroid has been taken is not recorded')
  return (
    conditionsUnread(timeline, problemSets) ??
    medicinesUnread(timeline) ??
    absent('no immunosuppression on record')
  )
}

const medicineReads = ['medicationRequests', 'medicationStatements', 'medicationAdministrations'] as const

/** Why an immunosuppressant may be on the chart unseen. */
function medicinesUnread({ facts: { reads, unreadable, medicines } }: Moment): Finding | undefined {
  if (medicineReads.some((key) => reads[key].state === 'unreadable'))
    return cannotTell('medicines could not be read')
  const unknown = unreadable.find(
    ({ subject, source }) =>
      subject === 'medicine' && !medicines.some((medicine) => medicine.source === source),
  )
  return unknown && cannotTell(unknown.why)
}

/** The finding that the patient is immunosuppressed (clinical 1.5). */
export const chartImmunosuppression = {
  name: 'chart-immunosuppression',
  scope: 'patient',
  means:
    'Is immunosuppression on record: a transplant, an immune deficiency, an immunosuppressive medicine, or a steroid for 14 days or more?',
  facts: ['problems', 'medicines', 'reads', 'unreadable'],
  sets: ['transplant', 'immune-deficiency', 'immunosuppressant', 'steroid'],
  parameters: [],
  edge: 'Medicines taken now count, by mouth or injection; a steroid from the 14th day, repeat orders joined when at most a day lies between.',
  missing:
    'Cannot be told when conditions or medicines could not be read, or the start of a steroid is not recorded.',
  find: immunosuppressed,
} as const satisfies FindingDefinition<OfProblems>
