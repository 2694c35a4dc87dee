import { inputOf, inputs, unreadInputs, type FindingDefinition } from '../../definition.js'
import { absent, cannotTell, verdict, type Finding } from '../../finding.js'
import type { Response } from '../../views.js'
import type { AntibioticCover } from './cover.js'
import { responseInputs, type ResponseCourse } from './response.js'

/** The part of the context that these findings read. */
interface OfCourse {
  breast: { course: ResponseCourse; cover: AntibioticCover }
}

const responseWords: Readonly<Record<Response, string>> = {
  improved: 'improved on antibiotics',
  'not-improved': 'not improved on antibiotics',
  worse: 'worse on antibiotics',
  unknown: 'response to antibiotics not recorded',
  'too-early': 'too early for a response to antibiotics',
  none: 'no antibiotic to respond to',
}

/**
 * Is this the response?
 *
 * Missing: with unread values only the response `worse` can be told.
 */
function responded({ course, cover }: OfCourse['breast'], wanted: Response): Finding {
  const { response, evidence, doubt } = course
  const words = responseWords[response]
  const uncertain = doubt ?? (cover.window === 'late' ? undefined : cover.unreadable)
  if (uncertain === undefined || response === 'worse')
    return verdict(response === wanted, words, words, evidence)
  const decided = wanted === 'worse' || response === wanted
  return decided ? cannotTell(uncertain) : absent(words)
}

/** The inputs of the findings about the response: once the window is late, unread medicines matter no more. */
const courseInputs = inputs(responseInputs, unreadInputs, inputOf('response.lateHours'))

/** The words on missing facts for every finding about the response. */
export const courseUnread =
  'A course that is not charted is unknown, and unknown is never failure. Values that could not be read cannot be told ' +
  'unless what was read already decides.'

/** The finding that the breast improved under antibiotics (clinical 4.3). */
export const responseImproved = {
  name: 'response-improved',
  scope: 'side',
  means: 'Has this breast improved on antibiotics?',
  ...courseInputs,
  edge:
    'Temperature from fever to below it, pain at most 3 or down by 2, signs gone, smaller by a quarter or of lower grade, or ' +
    "the clinician's word. Before the due hours it is too early to say.",
  missing: courseUnread,
  find: ({ breast }) => responded(breast, 'improved'),
} as const satisfies FindingDefinition<OfCourse>

/** The finding that the breast got worse under antibiotics (clinical 4.3). */
export const responseWorse = {
  name: 'response-worse',
  scope: 'side',
  means: 'Has this breast become worse on antibiotics?',
  ...courseInputs,
  edge:
    'Temperature up by 0.5 °C to fever, pain up by 2, signs larger by a quarter, of higher grade, new or spreading. ' +
    'Counts before the due hours too.',
  missing: courseUnread,
  find: ({ breast }) => responded(breast, 'worse'),
} as const satisfies FindingDefinition<OfCourse>

/** The finding that the course under antibiotics is not charted (clinical 4.3). */
export const responseUnknown = {
  name: 'response-unknown',
  scope: 'side',
  means: 'Is a response due, and nothing recorded says what it is?',
  ...courseInputs,
  edge: 'A sign recorded only as present, without size or grade, says nothing.',
  missing: courseUnread,
  find: ({ breast }) => responded(breast, 'unknown'),
} as const satisfies FindingDefinition<OfCourse>
