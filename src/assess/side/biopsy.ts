import { absent, present, type Finding } from '../finding.js'
import type { Instant } from '../../units/units.js'
import { ofBiopsy } from './describe.js'
import { doneFor, episodeSince, found, type Done } from './done.js'
import { courseOf } from './sign-finding.js'
import { strongSigns } from './signs-of-breast.js'
import type { Workup } from './workup.js'

/** What was done about tissue: a benign result speaks for itself, everything else suppresses (clinical 8). */
export interface Biopsy {
  ordered: Finding
  benign: Finding
}

/**
 * Biopsies of this episode.
 *
 * Edge:    a benign result answers the orders before it; peau d'orange, skin thickening or a worse value recorded
 *          after it make it, and those orders, count as if there were none.
 * Missing: reports that could not be read leave both absent.
 */
export function biopsyOf(workup: Workup): Biopsy {
  const since = episodeSince(workup)
  const results = workup.imaging.biopsies.filter(({ at }) => at >= since)
  const benign = results.findLast(({ fact }) => fact.reading === 'benign')
  const others = results
    .filter(({ fact }) => fact.reading !== 'benign')
    .map(({ fact, at }): Done => ({ at, evidence: ofBiopsy(fact) }))
  const ordered = doneFor(workup, ['skin-biopsy', 'breast-biopsy'])
  const open = [...ordered, ...others].filter(({ at }) => !benign || at > benign.at)
  return {
    ordered: found(open, 'biopsy ordered or done', 'no biopsy ordered'),
    benign: benignResult(workup, benign?.at, benign && ofBiopsy(benign.fact)),
  }
}

function benignResult(workup: Workup, at: Instant | undefined, evidence?: Done['evidence']): Finding {
  if (at === undefined || !evidence) return absent('no benign biopsy in this episode')
  const { breast, course } = workup
  const strongSince = strongSigns.some((name) =>
    courseOf(breast.courses, name).run.some((record) => record.at > at),
  )
  if (strongSince) return absent("peau d'orange or skin thickening recorded since the benign biopsy")
  const worseSince = course.response === 'worse' && (course.worseAt ?? -Infinity) > at
  return worseSince ? absent('worse since the benign biopsy') : present('biopsy benign', evidence)
}
