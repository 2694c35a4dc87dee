import type { DraftContext } from '../context.js'
import { inputs, type FindingDefinition } from '../definition.js'
import { absent, present, type Finding } from '../finding.js'
import { mrsaInputs } from '../breast/antibiotics/mrsa.js'
import { cultureSupport, cultureSupportInputs } from './culture-support.js'
import { antibioticDrafted, draftDrug, draftEvidence } from './draft-medicine.js'

/**
 * Is an antibiotic drafted that may miss S. aureus: of other cover, or inactive against an MRSA on record?
 *
 * Edge:   a culture of this episode that is susceptible to the drafted medicine ends the finding.
 * Source: clinical 2.6, clinical changes C28 and C29
 */
function otherCover({ timeline, side, breast, draft }: DraftContext): Finding {
  const medicine = draft.medicine
  if (!medicine || antibioticDrafted(draft).verdict !== 'present') return absent('no antibiotic is drafted')
  if (cultureSupport(timeline, side, medicine.ingredients))
    return absent('a culture supports the drafted antibiotic')
  const evidence = draftEvidence(draft, draftDrug(draft) || 'antibiotic')
  if (medicine.cover === 'other') return present('the drafted antibiotic may miss S. aureus', evidence)
  const { mrsa } = breast.resistance
  return mrsa.verdict === 'present' && medicine.mrsa === 'inactive'
    ? present(`${mrsa.because}, and the drafted antibiotic may miss it`, evidence, ...mrsa.evidence)
    : absent('the drafted antibiotic covers S. aureus')
}

/** The finding that the drafted antibiotic may miss S. aureus (clinical 7 rule 2f). */
export const draftOtherCover = {
  name: 'draft-other-cover',
  scope: 'draft',
  means: 'Is an antibiotic drafted that may miss S. aureus, or an MRSA on record?',
  ...inputs(cultureSupportInputs, mrsaInputs),
  edge: 'Antibiotics of other cover in 2.6; with MRSA on record also those inactive against MRSA. A culture of this episode that is susceptible to the draft ends it.',
  missing: 'Reports that were not read are none, and an MRSA that cannot be told is none.',
  find: otherCover,
} as const satisfies FindingDefinition<DraftContext>
