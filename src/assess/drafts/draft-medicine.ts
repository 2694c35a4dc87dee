import type { MedicineSet } from '../../facts/concepts.js'
import type { DraftOrder, NoExposure } from '../../facts/facts.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, present } from '../finding.js'

/** Draft medicines that will not treat: the draft's own status and intent do not count, since every draft has them. */
const notTreating: ReadonlySet<NoExposure | undefined> = new Set<NoExposure>([
  'do-not-perform',
  'prophylaxis',
  'other-reason',
  'route',
])

/** The draft as evidence, in our words for what it orders. */
export const draftEvidence = (draft: DraftOrder, what: string): Evidence => ({
  what: `draft order: ${what}`,
  source: draft.source,
  fromText: false,
  draft: true,
})

/** Our words for the medicine of a draft, or "" when it has none that we know. */
export const draftDrug = (draft: DraftOrder | undefined): string =>
  draft?.medicine?.ingredients.join(' + ') ?? ''

/** Is a medicine of this set drafted? */
export function draftOf(draft: DraftOrder | undefined, set: MedicineSet, words: string): Finding {
  const medicine = draft?.medicine
  if (!draft || !medicine?.sets.includes(set) || medicine.noExposure === 'do-not-perform') {
    return absent(`the draft is no ${words}`)
  }
  return present(`${words} is drafted`, draftEvidence(draft, draftDrug(draft) || words))
}

/**
 * Is an antibiotic that could treat the breast drafted?
 *
 * Edge:    topical use, prophylaxis and a recorded reason that is not the breast are no treatment of it.
 * Missing: a draft without a reason counts; nothing says that it is for something else.
 * Source:  clinical 2.6, 4.2, 7.
 */
export function draftAntibiotic(draft: DraftOrder | undefined): Finding {
  const medicine = draft?.medicine
  const cover = medicine?.cover ?? 'none'
  if (!draft || !medicine || cover === 'none' || cover === 'not-counted')
    return absent('the draft is no antibiotic')
  if (notTreating.has(medicine.noExposure)) return absent('the antibiotic is drafted for something else')
  return present('an antibiotic is drafted', draftEvidence(draft, draftDrug(draft) || 'antibiotic'))
}
