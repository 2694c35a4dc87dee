import type { MedicineSet } from '../../terminology/concepts.js'
import type { DraftOrder, NoExposure } from '../../facts/facts.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, present } from '../finding.js'

/**
 * The reasons why a drafted medicine will not treat the breast. Status and intent are not among them, because every
 * draft has those of a draft.
 */
const notTreating: ReadonlySet<NoExposure | undefined> = new Set<NoExposure>([
  'do-not-perform',
  'not-given',
  'prophylaxis',
  'other-reason',
  'route',
])

/** The reasons why a draft orders no medicine at all. */
const notOrdered: ReadonlySet<NoExposure | undefined> = new Set<NoExposure>(['do-not-perform', 'not-given'])

/** A draft as evidence, named by what the draft orders. */
export const draftEvidence = (draft: DraftOrder, what: string): Evidence => ({
  what: `${what} selected now`,
  source: draft.source,
  fromText: false,
  draft: true,
})

/** The ingredients of the drafted medicine; "" when none is known. */
export const draftDrug = (draft: DraftOrder): string => draft.medicine?.ingredients.join(' + ') ?? ''

/** Is a medicine of this set drafted? */
export function draftOf(draft: DraftOrder, set: MedicineSet, words: string): Finding {
  const medicine = draft.medicine
  if (!medicine?.sets.includes(set) || notOrdered.has(medicine.noExposure)) {
    return absent(`the draft is no ${words}`)
  }
  return present(`${words} is drafted`, draftEvidence(draft, draftDrug(draft) || words))
}

/**
 * Is an antibiotic drafted that could treat the breast?
 *
 * Edge:    topical use, prophylaxis and a recorded reason that is not the breast are no treatment of the breast.
 * Missing: a draft without a reason counts, because nothing speaks for another use.
 * Source:  clinical 2.6, 4.2, 7
 */
export function antibioticDrafted(draft: DraftOrder): Finding {
  const medicine = draft.medicine
  const cover = medicine?.cover ?? 'none'
  if (!medicine || cover === 'none' || cover === 'not-counted') return absent('the draft is no antibiotic')
  if (notTreating.has(medicine.noExposure)) return absent('the antibiotic is drafted for something else')
  return present('an antibiotic is drafted', draftEvidence(draft, draftDrug(draft) || 'antibiotic'))
}
