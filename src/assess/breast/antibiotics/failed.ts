import { inputs, unreadInputs, type FindingDefinition } from '../../definition.js'
import { absent, cannotTell, present, type Finding } from '../../finding.js'
import type { AntibioticCover } from './cover.js'
import { courseUnread } from './responded.js'
import { responseInputs, type ResponseCourse } from './response.js'

/**
 * Did the breast not improve by the time at which improvement is due?
 *
 * Edge:    exactly `due` hours of cover are long enough.
 * Missing: a course that was not charted is never failure. Unread cover or values are cannot-tell unless the values
 *          that were read already show failure.
 */
export function failedAt(
  course: ResponseCourse,
  { hoursAny, started, unreadable }: Pick<AntibioticCover, 'hoursAny' | 'started' | 'unreadable'>,
  due: number,
): Finding {
  const whole = Math.floor(hoursAny)
  if (hoursAny < due) {
    return unreadable === undefined
      ? absent(`antibiotics for ${whole} h, less than ${due} h`)
      : cannotTell(unreadable)
  }
  if (course.response === 'worse')
    return present(`worse at ${whole} h of antibiotics`, ...started, ...course.evidence)
  if (course.response === 'not-improved') {
    return present(`no improvement at ${whole} h of antibiotics`, ...started, ...course.evidence)
  }
  if (course.doubt !== undefined) return cannotTell(course.doubt)
  return course.response === 'improved'
    ? absent(`improved at ${whole} h of antibiotics`, ...course.evidence)
    : absent(`response at ${whole} h of antibiotics not recorded`)
}

/** The inputs of failure. */
export const failedInputs = inputs(responseInputs, unreadInputs)

/** The finding that the breast did not improve under enough cover (clinical 4.3). */
export const failed = {
  name: 'failed',
  scope: 'side',
  means: 'Has this breast failed to improve, or become worse, although a response is due?',
  ...failedInputs,
  edge: 'Exactly the due hours is long enough. The newest temperature must be at most 24 h old.',
  missing: courseUnread,
  find: ({ breast }) => breast.failed,
} as const satisfies FindingDefinition<{ breast: { failed: Finding } }>
