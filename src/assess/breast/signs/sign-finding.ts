import { signNames, type SignName } from '../../../terminology/concepts.js'
import type { Side } from '../../../terminology/concepts.js'
import { absent, cannotTell, present, type Finding } from '../../finding.js'
import type { Breast } from '../breasts.js'
import { signWords } from '../../words.js'
import { ofSign } from '../describe.js'
import { currentSince, redFlagSigns } from './signs-of-breast.js'
import { currentOf, firstOf, type SignCourse } from './sign-course.js'
import type { Timeline } from '../../timeline.js'

const none: SignCourse = { records: [], run: [] }

/** The course of one sign; without any record an empty course. */
export const courseOf = (courses: Breast['courses'], name: SignName): SignCourse => courses.get(name) ?? none

/**
 * Is this sign present on this breast, by its newest current record?
 *
 * Shape:   the evidence is the first record of the open run, then the newest.
 * Edge:    a record exactly as old as the window still counts; a later "absent" ends the sign whatever its window.
 * Missing: not charted is absent. Charted as unknown, or in a list or a value that could not be read: cannot-tell.
 */
export function signFinding(timeline: Timeline, breast: Breast, name: SignName): Finding {
  const made = breast.made.get(name)
  if (made) return made
  const finding = makeFinding(timeline, breast, name)
  breast.made.set(name, finding)
  return finding
}

const notRecorded = new Map(signNames.map((name) => [name, absent(`${signWords[name]} not recorded`)]))
const recordedAbsent = new Map(signNames.map((name) => [name, absent(`${signWords[name]} recorded absent`)]))

function makeFinding(timeline: Timeline, breast: Breast, name: SignName): Finding {
  const course = courseOf(breast.courses, name)
  const since = currentSince(name, timeline.parameters, timeline.now)
  const newest = currentOf(course, since)
  if (newest) {
    const first = firstOf(course)
    const words = `${signWords[name]} recorded`
    return first && first !== newest
      ? present(words, ofSign(first.fact), ofSign(newest.fact))
      : present(words, ofSign(newest.fact))
  }
  const doubt = doubtAbout(timeline, breast, name)
  if (doubt !== undefined) return cannotTell(doubt)
  const denied = course.lastAbsent === undefined ? notRecorded : recordedAbsent
  return denied.get(name) ?? absent('not recorded')
}

function doubtAbout(timeline: Timeline, breast: Breast, name: SignName): string | undefined {
  const { facts, unreadable, undatedSigns } = timeline
  const course = courseOf(breast.courses, name)
  const since = currentSince(name, timeline.parameters, timeline.now)
  if (course.unknownAt !== undefined && course.unknownAt >= since)
    return `${signWords[name]} recorded as unknown`
  const unread = unreadable.get(name)
  if (unread && unread.at >= since && unread.at >= (course.records.at(-1)?.at ?? -Infinity)) return unread.why
  if (redFlagSigns.has(name) && undatedSigns.some((sign) => isUndated(sign, name, breast.owns))) {
    return `${signWords[name]} recorded without a date`
  }
  if (facts.reads.breastSigns.state === 'unreadable') return 'breast signs could not be read'
  const saidAbsent = course.lastAbsent !== undefined && course.lastAbsent >= since
  return facts.reads.conditions.state === 'unreadable' && !saidAbsent
    ? 'conditions could not be read'
    : undefined
}

const isUndated = (
  sign: { sign: SignName; state: string; side: Side },
  name: SignName,
  owns: (side: Side) => boolean,
): boolean => sign.sign === name && sign.state === 'present' && owns(sign.side)

/** Is this sign present on this breast, by a record that names the side itself? (clinical 5.1: "of a recorded side") */
export function sidedSignFinding(timeline: Timeline, breast: Breast, name: SignName): Finding {
  const finding = signFinding(timeline, breast, name)
  if (finding.verdict !== 'present') return finding
  const since = currentSince(name, timeline.parameters, timeline.now)
  const sided = courseOf(breast.courses, name).run.some(
    ({ fact, at }) => at >= since && fact.side !== 'unspecified',
  )
  return sided ? finding : absent(`side of ${signWords[name]} not recorded`)
}

const sidelessAbsent = absent('not recorded without a side')

/** Is this sign present among the facts without a side that joined no breast? Absent when there are no such facts. */
export function sidelessSignFinding(timeline: Timeline, breast: Breast, name: SignName): Finding {
  const since = currentSince(name, timeline.parameters, timeline.now)
  const newest = currentOf(courseOf(breast.sideless, name), since)
  return newest ? present(`${signWords[name]} recorded`, ofSign(newest.fact)) : sidelessAbsent
}
