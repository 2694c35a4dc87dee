import type { Medicine, NoExposure } from '../../../facts/facts.js'

const words: Readonly<Record<NoExposure, string>> = {
  status: 'its status says that it is not taken',
  intent: 'it is no order',
  'do-not-perform': 'the order says not to give it',
  'not-given': 'its words say that it is not given',
  prophylaxis: 'it is for prevention',
  'other-reason': 'it is for something else than the breast',
  route: 'it is for the skin, eye, ear, nose or vagina',
  'short-order': 'it is ordered for 24 h or less',
}

/**
 * Why a medicine is no antibiotic cover, in the service's own words; undefined when nothing about the medicine speaks against it.
 *
 * Edge:   when a medicine was taken is not asked here; the hours of cover of a breast ask it.
 * Source: clinical 2.6, 4.2
 */
export function whyNoCover({
  cover,
  noExposure,
}: Pick<Medicine, 'cover' | 'noExposure'>): string | undefined {
  if (noExposure !== undefined) return words[noExposure]
  if (cover === 'none') return 'it is no antibiotic'
  if (cover === 'unknown') return 'it is an antibiotic that we do not know'
  return cover === 'not-counted' ? 'it is an antibiotic that does not count for the breast' : undefined
}
