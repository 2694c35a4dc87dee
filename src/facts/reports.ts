import { readBiopsy } from './biopsies.js'
import { placeOf } from './body-site.js'
import { readCulture } from './cultures.js'
import { readImaging } from './imaging.js'
import { firstGiven, periodOf, spanIn, timeOf } from './instants.js'
import type { CodeBook } from './code-book.js'
import { conceptOf, conceptsOf, isGiven, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { isIn, noteUnreadable } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import type { Statement } from './statement.js'
import type { TimeReading } from './instants.js'
import type { ZoneClock } from './zone-clock.js'

/** When a report speaks of: its effective time, else when it was issued. */
function reportTime(fields: Fields, clock: ZoneClock): TimeReading {
  const at = timeOf(fields['effectiveDateTime'], clock)
  if (at !== undefined) return at
  const { start, end } = periodOf(fields['effectivePeriod'], clock)
  return firstGiven(end, start, timeOf(fields['issued'], clock))
}

/** Does the conclusion name the breast? Then a report on "biopsy of skin" is one of the breast (clinical 2.5). */
function concludesOnBreast(fields: Fields, codes: CodeBook): boolean {
  const conclusion = stringOf(fields['conclusion'])
  return (
    (conclusion !== undefined && codes.namesBreast({ text: conclusion })) ||
    conceptsOf(fields['conclusionCode']).some((concept) => codes.namesBreast(concept))
  )
}

const imagingSets = ['ultrasound', 'mammogram']
const biopsySets = ['skin-biopsy', 'breast-biopsy']

/**
 * Reads a DiagnosticReport: imaging, biopsy or culture, by its code.
 *
 * Missing: a report whose code belongs to no set says nothing here; a malformed time makes the result unreadable.
 * Source:  clinical 2.5, 3.7
 */
export function readReport(entry: Entry, reading: Reading): void {
  const { fields, source } = entry
  const { codes, clock, sheet } = reading
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, codes)
  const onSkin = !place.breast && !place.elsewhere && codes.conceptIn('skin-biopsy', code, { breast: true })
  const sets = codes.setsOf(code, onSkin && concludesOnBreast(fields, codes) ? { breast: true } : place)
  const known = [...imagingSets, ...biopsySets, 'culture'].some((set) => isIn(sets, set))
  if (!known) return
  const time = reportTime(fields, clock)
  if (time === 'malformed') {
    const subject = isIn(sets, 'ultrasound') ? 'ultrasound' : 'result'
    if (isGiven(fields['status'])) noteUnreadable(sheet, subject, 'report time could not be read', source)
    return
  }
  const statement: Statement = {
    source,
    when: spanIn(time),
    holder: fields,
    code,
    sets,
    place,
    aboutBreast: () => true,
    imaging: () => true,
    component: false,
  }
  if (imagingSets.some((set) => isIn(sets, set))) readImaging(entry, statement, reading)
  if (biopsySets.some((set) => isIn(sets, set))) readBiopsy(entry, statement, reading)
  if (isIn(sets, 'culture')) readCulture(entry, statement, reading)
}
