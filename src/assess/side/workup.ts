import type { FindingName } from '../finding-names.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { PatientView } from '../views.js'
import type { Breast } from './breasts.js'
import { cover, type Clocks } from './cover.js'
import { driving, type Driving } from './driving.js'
import { episode, type Episode } from './episode.js'
import type { Exposures } from './exposure.js'
import { imagingOf, type Imaging } from './imaging.js'
import { inflamed } from './inflammation.js'
import { mrsa, type Mrsa } from './mrsa.js'
import { recurrence } from './recurrence.js'
import { response, type Course } from './response.js'
import type { BreastSigns } from './signs.js'
import type { Illness } from './temperature.js'
import type { Timeline } from './timeline.js'

/** Findings of one breast by name, filled by one file per subject. */
export type Findings = Map<FindingName, Finding>

/** What is the same for every breast. */
export interface Shared {
  timeline: Timeline
  patient: PatientView
  sick: Illness
  exposed: Exposures
  /** FULLNESS of both breasts. */
  full: Finding
}

/** Everything worked out about one breast; its stage and its flags are read from here. */
export interface Workup extends Shared {
  breast: Breast
  signs: BreastSigns
  dx: Driving
  inflamed: Finding
  current: Episode
  recurred: Finding
  resistance: Mrsa
  clocks: Clocks
  /** Response counted from `A1`, and from `A1apt`. */
  course: Course
  courseApt: Course
  /** Failed: not improved or worse at `response.dueHours` or more (clinical 4.3). */
  failed: Finding
  imaging: Imaging
}

/** Works one breast up, in the order in which each step needs the one before. */
export function workup(shared: Shared, breast: Breast, signs: BreastSigns): Workup {
  const { timeline, patient, sick, exposed, full } = shared
  const dx = driving(timeline, breast, signs.anySign, exposed.coveredNow)
  const current = episode(timeline, breast, dx, exposed)
  const recurred = recurrence(timeline, breast, current, exposed)
  const resistance = mrsa(timeline, breast, current)
  const clocks = cover(timeline, current, exposed, resistance)
  const course = response(timeline, breast, clocks.firstAny, clocks.hoursAny, current.start)
  const courseApt =
    clocks.firstApt === clocks.firstAny && clocks.hoursApt === clocks.hoursAny
      ? course
      : response(timeline, breast, clocks.firstApt, clocks.hoursApt, current.start)
  return {
    timeline,
    patient,
    sick,
    exposed,
    full,
    breast,
    signs,
    dx,
    inflamed: inflamed(timeline, breast, signs, sick, dx, full),
    current,
    recurred,
    resistance,
    clocks,
    course,
    courseApt,
    failed: failedAt(course, clocks, timeline.parameters['response.dueHours']),
    imaging: imagingOf(timeline, breast),
  }
}

/**
 * Did the breast fail to improve once it should have?
 *
 * Edge:    exactly `due` hours of cover is long enough.
 * Missing: a course that was not charted is never failure. Cover or values that could not be read are cannot-tell
 *          unless what was read already shows failure.
 */
export function failedAt(
  course: Course,
  { hoursAny, started, unreadable }: Pick<Clocks, 'hoursAny' | 'started' | 'unreadable'>,
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
