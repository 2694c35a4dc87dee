import { newestDate } from './driving.js'
import { abscessSets, isIn } from './diagnosis-sets.js'
import { courseOf } from './sign-finding.js'
import type { Workup } from './workup.js'

/**
 * Is an ultrasound read as normal newer than all evidence of an abscess? (clinical 5.2, row 3)
 *
 * Shape:   evidence is the diagnosis, a scan with an abscess or collection, and fluctuance.
 * Edge:    at the same instant the evidence stands.
 * Missing: a driving diagnosis without a date stands.
 */
export function normalAfterAll({ timeline, breast, dx, imaging }: Workup): boolean {
  const normal = imaging.current.findLast(({ fact }) => fact.reading === 'normal')
  if (!normal) return false
  const scan = imaging.current.findLast(
    ({ fact }) => fact.reading === 'abscess' || fact.reading === 'collection',
  )
  const fluctuance = courseOf(breast.courses, 'fluctuance').run.at(-1)
  const diagnoses = dx.problems
    .filter((problem) => isIn(problem, abscessSets))
    .map((problem) => newestDate(problem, timeline.now) ?? timeline.now)
  const evidence = [scan?.at, fluctuance?.at, ...diagnoses].flatMap((at) => at ?? [])
  return evidence.every((at) => normal.at > at)
}
