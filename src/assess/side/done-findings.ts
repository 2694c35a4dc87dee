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
import type { Findings, Workup } from './workup.js'

/** Adds the findings about results and about what is ordered or done (clinical 3.7, 6.1 rows 4-7, 8). */
export function addDoneFindings(into: Findings, workup: Workup): void {
  const ultrasounds = ultrasoundsDone(workup)
  const biopsy = biopsyOf(workup)
  addScanFindings(into, workup)
  into.set('drained-since-ultrasound', drainedSinceScan(workup))
  into.set('after-drainage-not-better', notBetterAfterDrainage(workup))
  into.set('ultrasound-ordered', found(ultrasounds, 'ultrasound ordered or done', 'no ultrasound ordered'))
  into.set(
    'ultrasound-since-failure',
    foundSince(
      ultrasounds,
      workup.clocks.failureFrom,
      'ultrasound ordered or done since failure can have begun',
      'no ultrasound since failure can have begun',
    ),
  )
  into.set('ultrasound-since-drainage', ultrasoundSinceDrainage(workup, ultrasounds))
  into.set('biopsy-ordered', biopsy.ordered)
  into.set('biopsy-benign', biopsy.benign)
  into.set('drainage-ordered', drainageOrdered(workup))
  into.set('culture-ordered', found(culturesDone(workup), 'culture ordered or done', 'no culture ordered'))
  into.set('culture-pending', culturePending(workup))
}

/** What the ultrasounds of this breast show. */
function addScanFindings(into: Findings, workup: Workup): void {
  const { imaging, clocks } = workup
  const noAbscess = ultrasoundsSince(imaging, clocks.firstAny, (reading) => !isCollection(reading))
  into.set(
    'ultrasound-collection',
    worded(imaging.currentReading('abscess', 'collection'), 'ultrasound shows an abscess or collection'),
  )
  into.set(
    'ultrasound-without-abscess',
    verdict(
      noAbscess.length > 0,
      'ultrasound since the antibiotic shows no abscess or collection',
      'no such ultrasound since the antibiotic',
      noAbscess.map(({ fact }) => ofImaging(fact)),
    ),
  )
  into.set('current-imaging', currentImaging(workup))
}

function currentImaging({ imaging }: Workup): Finding {
  return verdict(
    imaging.current.length > 0,
    'a current ultrasound of this side is on record',
    'no current ultrasound of this side',
    imaging.current.map(({ fact }) => ofImaging(fact)),
  )
}
