import type { CareNeed, DraftOrder, Facts } from '../../facts/facts.js'
import { verdict, type Evidence, type Finding } from '../finding.js'

const ofDraft = (draft: DraftOrder, what: string): Evidence => ({
  what,
  source: draft.source,
  fromText: false,
  draft: true,
})

/**
 * An antibiotic is among the evaluated drafts (clinical 5.3, R1).
 *
 * Edge: an order says nothing of what the breast has, so it is no evidence: a sign from free text stays text alone.
 */
export function draftedAntibiotic({ drafts }: Facts): Finding {
  const found = drafts.some(
    ({ evaluated, medicine }) =>
      evaluated &&
      medicine !== undefined &&
      medicine.noExposure === undefined &&
      (medicine.cover === 'appropriate' || medicine.cover === 'other'),
  )
  return verdict(found, 'an antibiotic is being ordered', 'no antibiotic among the drafts')
}

/** A draft, evaluated or not, already meets one of these needs (clinical 8). */
export function drafted({ drafts }: Facts, needs: readonly CareNeed[], words: string): Finding {
  const found = drafts.filter((draft) => draft.needs.some((need) => needs.includes(need)))
  return verdict(
    found.length > 0,
    `${words} is among the drafts`,
    `no ${words} among the drafts`,
    found.map((draft) => ofDraft(draft, `draft order of ${words}`)),
  )
}
