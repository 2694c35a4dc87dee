import { extract } from '../../check/extract.js'
import type { CheckProblem } from '../../check/answers.js'
import { signNames } from '../../terminology/concepts.js'
import { unitTables } from '../../terminology/units-of-measure.js'
import type { UnreadCheck } from '../../gather/chart.js'
import type { CallContext, PatientResource, ReaderContext } from '../fact-collector.js'
import { noteUnreadable } from '../fact-collector.js'
import type { Unreadable } from '../facts.js'
import { plainFields } from '../fhir/plain-fields.js'
import { readObservation } from './observations.js'
import { readCondition } from './problems.js'

/**
 * Reads a response to the breast check: as facts count the Observations and Conditions that the response would write.
 *
 * Missing: a response that is not understood is noted as a breast sign that could not be read; an answer that is not
 *          understood as the sign or measure that it answers.
 * Source:  clinical changes C34
 */
export function readCheckResponse(entry: PatientResource, context: ReaderContext): void {
  const { source } = entry
  const { resources, problems } = extract(context.check, entry.fields)
  for (const resource of resources) {
    const fields = plainFields(resource)
    if (!fields) continue
    const read = resource.resourceType === 'Observation' ? readObservation : readCondition
    read({ fields, source }, context)
  }
  for (const problem of new Map(
    problems.map((each) => [`${each.item?.linkId ?? ''} ${each.why}`, each]),
  ).values())
    noteUnreadable(context.collector, subjectOf(problem, context), problem.why, { source })
}

const signsAndMeasures: ReadonlySet<string> = new Set([...signNames, ...unitTables.keys()])

/** The sign or measure that an answer is about, else a sign of the breast. */
function subjectOf({ item }: CheckProblem, { codes }: ReaderContext): Unreadable['subject'] {
  const sets = codes.codedSets({ coding: [...(item?.code ?? [])] }, { breast: true })
  const known = sets.map(({ set }) => set).find((set) => signsAndMeasures.has(set))
  return (known as Unreadable['subject'] | undefined) ?? 'breast-sign'
}

const unreadWords: Readonly<Record<UnreadCheck, string>> = {
  malformed: 'breast check is no QuestionnaireResponse',
  'wrong-patient': 'breast check is of another patient, or of none',
  'other-form': 'breast check is a response to another questionnaire',
  'other-version': 'breast check is of another version of FHIR than R4',
  'over-budget': 'breast check is beyond what one call may have',
  'client-failed': 'breast check could not be sent by the client',
}

/** What says nothing of the breast of this patient, and is therefore only named. */
const onlyNamed: ReadonlySet<UnreadCheck> = new Set(['wrong-patient', 'other-form', 'client-failed'])

/** Notes the breast checks of the prefetch that could not be used at all. */
export function noteUnreadChecks({ chart, collector }: CallContext): void {
  for (const why of new Set(chart.unreadChecks)) {
    const subject = onlyNamed.has(why) ? 'observation' : 'breast-sign'
    noteUnreadable(collector, subject, unreadWords[why], { source: 'QuestionnaireResponse/?' })
  }
}
