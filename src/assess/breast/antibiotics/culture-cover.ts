import type { CultureResult, Medicine } from '../../../facts/facts.js'
import { hoursInMs } from '../../../units/units.js'
import type { Dated } from '../../dating.js'
import { inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { speaksOf } from '../../views.js'
import { nameOf, ofCulture, ofMedicine } from '../describe.js'
import type { Workup } from '../workup.js'
import { mrsaInputs } from './mrsa.js'

/** The result of a culture that the antibiotics given now do not cover. */
export interface UncoveredCulture {
  culture: Dated<CultureResult>
  /** The antibiotics that cover now, none of which acts on what has grown. */
  missing: readonly Medicine[]
}

/** A culture taken so many hours before the episode belongs to it (clinical 4.2). */
const beforeEpisodeHours = 72

/**
 * The newest culture of this episode with a germ, if every antibiotic that covers now is reported resistant, or the germ is MRSA and
 * the antibiotic does not act on MRSA.
 *
 * Edge:    an antibiotic that acts on MRSA only if a result says so, without such a result, is not known to miss MRSA.
 * Missing: undefined without an antibiotic that covers now, or without the episode that the culture would belong to.
 * Source:  clinical 4.2, 6.1 row 13
 */
export function uncoveredCulture({
  timeline,
  breast,
  episode,
  cover,
  resistance,
}: Workup): UncoveredCulture | undefined {
  if (episode.from === undefined || cover.covering.length === 0) return undefined
  const since = episode.from - hoursInMs(beforeEpisodeHours)
  const culture = timeline.cultures.findLast(
    ({ fact, at }) => fact.positive && at >= since && speaksOf(breast.side, fact.side),
  )
  if (!culture) return undefined
  const { organism } = culture.fact
  const missing = [...new Set(cover.covering.map(({ medicine }) => medicine))]
  const misses = (medicine: Medicine): boolean => {
    const verdicts = verdictsFor(medicine, culture.fact)
    if (verdicts.length > 0) return verdicts.includes('R')
    return organism === 'MRSA' && !resistance.covers(medicine) && !resistance.untested(medicine)
  }
  return missing.every(misses) ? { culture, missing } : undefined
}

const verdictsFor = (
  { ingredients }: Medicine,
  { susceptibilities }: CultureResult,
): readonly ('S' | 'I' | 'R')[] =>
  susceptibilities.filter(({ ingredient }) => ingredients.includes(ingredient)).map(({ verdict }) => verdict)

function notCovered(workup: Workup): Finding {
  const uncovered = uncoveredCulture(workup)
  if (!uncovered) return absent('no culture result that the antibiotics given now miss')
  const drugs = uncovered.missing.map(nameOf).join(' and ')
  const organism = uncovered.culture.fact.organism ?? 'what has grown'
  return present(
    `${drugs} does not cover ${organism}`,
    ofCulture(uncovered.culture.fact),
    ...uncovered.missing.map(ofMedicine),
  )
}

/** The finding that a culture result of this episode is not covered (clinical 6.1 row 13). */
export const cultureNotCovered = {
  name: 'culture-not-covered',
  scope: 'side',
  means:
    'Has a germ grown in this episode that no antibiotic given now covers: each is reported resistant, or the germ is MRSA and the ' +
    'antibiotic does not act on MRSA?',
  ...inputs(mrsaInputs),
  edge: 'The newest culture from 72 h before the episode on. An intermediate result is not resistant.',
  missing: 'A culture without a germ, or without a result for the antibiotic, shows nothing, but for MRSA.',
  find: ({ breast }) => notCovered(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>
