import type { FindingName } from '../finding-names.js'
import { verdict, type Finding } from '../finding.js'
import { biopsyOf } from './biopsy.js'
import { ofImaging } from './describe.js'
import {
  culturePending,
  culturesDone,
  drainageOrdered,
  found,
  foundSince,
  ultrasoundsDone,
  ultrasoundSinceDrainage,
} from './done.js'
import { drainedSinceScan, notBetterAfterDrainage } from './drainage.js'
import { isCollection, ultrasoundsSince } from './imaging.js'
import { worded } from './logic.js'
import type { Workup } from './workup.js'

/** Findings about results and about what is ordered or done (clinical 3.7, 6.1 rows 4-7, 8). */
export function doneFindings(workup: Workup): readonly (readonly [FindingName, Finding])[] {
  const { imaging, clocks } = workup
  const ultrasounds = ultrasoundsDone(workup)
  const biopsy = biopsyOf(workup)
  const noAbscess = ultrasoundsSince(imaging, clocks.firstAny, (reading) => !isCollection(reading))
  return [
    [
      'ultrasound-collection',
      worded(imaging.currentReading('abscess', 'collection'), 'ultrasound shows an abscess or collection'),
    ],
    [
      'ultrasound-without-abscess',
      verdict(
        noAbscess.length > 0,
        'ultrasound since the antibiotic shows no abscess or collection',
        'no such ultrasound since the antibiotic',
        noAbscess.map(({ fact }) => ofImaging(fact)),
      ),
    ],
    ['current-imaging', currentImaging(workup)],
    ['drained-since-ultrasound', drainedSinceScan(workup)],
    ['after-drainage-not-better', notBetterAfterDrainage(workup)],
    ['ultrasound-ordered', found(ultrasounds, 'ultrasound ordered or done', 'no ultrasound ordered')],
    [
      'ultrasound-since-failure',
      foundSince(
        ultrasounds,
        clocks.failureFrom,
        'ultrasound ordered or done since failure can have begun',
        'no ultrasound since failure can have begun',
      ),
    ],
    ['ultrasound-since-drainage', ultrasoundSinceDrainage(workup)],
    ['biopsy-ordered', biopsy.ordered],
    ['biopsy-benign', biopsy.benign],
    ['drainage-ordered', drainageOrdered(workup)],
    ['culture-ordered', found(culturesDone(workup), 'culture ordered or done', 'no culture ordered')],
    ['culture-pending', culturePending(workup)],
  ]
}

function currentImaging({ imaging }: Workup): Finding {
  return verdict(
    imaging.current.length > 0,
    'a current ultrasound of this side is on record',
    'no current ultrasound of this side',
    imaging.current.map(({ fact }) => ofImaging(fact)),
  )
}
