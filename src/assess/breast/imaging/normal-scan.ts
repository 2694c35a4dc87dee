import { newestDate } from '../current-diagnoses.js'
import { abscessSets, isIn } from '../diagnosis-sets.js'
import { courseOf } from '../signs/sign-finding.js'
import type { Workup } from '../workup.js'

/**
 * Is a normal ultrasound newer than all evidence of an abscess? (clinical 5.2, row 3)
 *
 * Shape:   the evidence is the diagnosis, a scan with an abscess or collection, and fluctuance.
 * Edge:    evidence of the same moment as the normal scan still counts; a normal scan that adds a doubt clears nothing.
 * Missing: a driving diagnosis without a date still counts.
 */
export function clearedByLaterScan({ timeline, breast, diagnoses, imaging }: Workup): boolean {
  const normal = imaging.current.findLast(({ fact }) => fact.reading === 'normal' && fact.doubt !== true)
  if (!normal) return false
  const scan = imaging.current.findLast(
    ({ fact }) => fact.reading === 'abscess' || fact.reading === 'collection',
  )
  const fluctuance = courseOf(breast.courses, 'fluctuance').run.at(-1)
  const abscesses = diagnoses.problems
    .filter((problem) => isIn(problem, abscessSets))
    .map((problem) => newestDate(problem, timeline.now) ?? timeline.now)
  const evidence = [scan?.at, fluctuance?.at, ...abscesses].flatMap((at) => at ?? [])
  return evidence.every((at) => normal.at > at)
}
