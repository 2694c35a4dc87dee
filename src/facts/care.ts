import { noteBirths } from './births.js'
import { placeOf } from './body-site.js'
import type { Place } from './body-site.js'
import type { SetMatch } from './code-book.js'
import type { CareItem, CareNeed, Side } from './facts.js'
import { sideOfImagingCode } from './imaging.js'
import { periodOf, spanIn, timeOf } from './instants.js'
import { conceptOf, conceptsOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'

const codedNeeds: ReadonlySet<string> = new Set<CareNeed>([
  'ultrasound',
  'mammogram',
  'skin-biopsy',
  'breast-biopsy',
  'referral',
  'drainage',
  'incision',
  'culture',
])
const isCodedNeed = (set: string): set is CareNeed => codedNeeds.has(set)

const wordedNeeds: readonly (readonly [RegExp, CareNeed])[] = [
  [/\blactation (?:support|consult\w*)\b/i, 'lactation-support'],
  [/\b(?:clinical )?review of (?:the breast|mastitis)\b/i, 'review'],
]

/** A need that an order or procedure meets, and whether only words say so. */
export interface Need {
  need: CareNeed
  fromText: boolean
}

/** What an order or procedure asks for. */
export interface Ask {
  needs: readonly Need[]
  side: Side
  place: Place
  sets: readonly SetMatch[]
}

/**
 * The needs of clinical 2.5 that the code of an order or procedure meets.
 *
 * Edge: an incision and drainage is an incision, not an aspiration; something done elsewhere on the body is none.
 */
export function askOf(fields: Fields, reading: Reading): Ask {
  const { codes } = reading
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, codes)
  const breast = place.breast || conceptsOf(fields['reasonCode']).some((reason) => codes.namesBreast(reason))
  const sets = codes.setsOf(code, { breast })
  const side = place.side === 'unspecified' ? sideOfImagingCode(code) : place.side
  if (place.elsewhere) return { needs: [], side, place, sets }
  const coded = sets.flatMap(({ set, fromText }): readonly Need[] =>
    isCodedNeed(set) ? [{ need: set, fromText }] : [],
  )
  const incision = coded.some(({ need }) => need === 'incision')
  const words = wordsOf(code)
  const worded = wordedNeeds.flatMap(([pattern, need]) =>
    pattern.test(words) ? [{ need, fromText: true }] : [],
  )
  return {
    needs: [...coded.filter(({ need }) => !incision || need !== 'drainage'), ...worded],
    side,
    place,
    sets,
  }
}

const orderStatuses = new Map<unknown, CareItem['status']>([
  ['active', 'active'],
  ['on-hold', 'on-hold'],
  ['completed', 'completed'],
])
const procedureStatuses = new Map<unknown, CareItem['status']>([
  ['completed', 'completed'],
  ['in-progress', 'in-progress'],
  ['on-hold', 'on-hold'],
  ['preparation', 'other'],
  ['stopped', 'other'],
])

/**
 * Reads a ServiceRequest into the needs it meets.
 *
 * Edge:    revoked, draft, entered-in-error and unknown orders, and orders not to do it, meet nothing.
 * Missing: an order without a readable date has no `when` and so stands in no window.
 * Source:  clinical 2.5, 8
 */
export function readServiceRequest({ fields, source }: Entry, reading: Reading): void {
  const status = orderStatuses.get(fields['status'])
  if (!status || fields['doNotPerform'] === true) return
  const { needs, side } = askOf(fields, reading)
  if (needs.length === 0) return
  const { clock } = reading
  const when =
    spanIn(timeOf(fields['authoredOn'], clock)) ??
    spanIn(timeOf(fields['occurrenceDateTime'], clock) ?? periodOf(fields['occurrencePeriod'], clock).start)
  for (const { need, fromText } of needs) {
    reading.sheet.care.push({ need, kind: 'order', status, side, ...provenance(source, when, fromText) })
  }
}

/**
 * Reads a Procedure into the needs it met, and the births it tells of.
 *
 * Edge:   not-done, entered-in-error and unknown are dropped; only what was done (or is being done) is a birth.
 * Source: clinical 2.1, 2.5
 */
export function readProcedure({ fields, source }: Entry, reading: Reading): void {
  const status = procedureStatuses.get(fields['status'])
  if (!status) return
  const { needs, side, sets } = askOf(fields, reading)
  if (needs.length === 0 && sets.length === 0) return
  const { clock } = reading
  const performed =
    timeOf(fields['performedDateTime'], clock) ?? periodOf(fields['performedPeriod'], clock).start
  const when = spanIn(performed)
  for (const { need, fromText } of needs) {
    reading.sheet.care.push({ need, kind: 'procedure', status, side, ...provenance(source, when, fromText) })
  }
  if (status === 'completed' || status === 'in-progress') noteBirths(sets, source, when, reading)
}
