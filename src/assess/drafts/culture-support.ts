import type { CultureResult, DraftOrder } from '../../facts/facts.js'
import { hoursInMs } from '../../units/units.js'
import type { DraftContext } from '../context.js'
import { episodeInputs } from '../breast/episode.js'
import { inputs, type FindingDefinition } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { SideView } from '../views.js'
import type { Moment } from '../moment.js'
import { speaksOf } from '../views.js'
import { antibioticDrafted } from './draft-medicine.js'
import { instantOf, withinDays } from '../dating.js'

/** The hours before the first sign within which a culture still belongs to the episode (clinical 4.2). */
const beforeEpisodeHours = 72

/**
 * Does a culture of this episode support the drafted antibiotic over the first one?
 *
 * Edge:    the culture is resistant to the first drug and susceptible to the new one; intermediate is neither.
 * Missing: `cannot-tell` when a result could not be read; reports are optional, so without reports the finding is
 *          absent.
 * Source:  clinical 7 rule 3
 */
function supportedByCulture(moment: Moment, side: SideView, draft: DraftOrder): Finding {
  if (antibioticDrafted(draft).verdict !== 'present') return absent('no antibiotic is drafted')
  const [first] = side.cover.counted
  if (!first) return absent('no first antibiotic is on record')
  const drafted = draft.medicine?.ingredients ?? []
  const supporting = moment.facts.results.find(
    (result): result is CultureResult =>
      result.result === 'culture' &&
      ofEpisode(moment, side, result) &&
      says(result, first.ingredients, 'R') &&
      says(result, drafted, 'S'),
  )
  if (supporting) {
    const words = `culture: resistant to ${first.ingredients.join(' + ')}, susceptible to ${drafted.join(' + ')}`
    const evidence = evidenceOf(supporting, words)
    return present('a culture supports the new antibiotic', evidence)
  }
  const unread = moment.facts.unreadable.find(({ subject }) => subject === 'result')
  return unread ? cannotTell(unread.why) : absent('no culture supports the new antibiotic')
}

/** The inputs of whether a culture of the episode supports a drafted antibiotic. */
export const cultureSupportInputs = inputs(episodeInputs, {
  facts: ['drafts', 'results'],
  sets: ['culture'],
  parameters: ['currency.resultDays'],
})

/**
 * A culture of this episode that is susceptible to one of these medicines and resistant to none, if there is one.
 *
 * Source: clinical changes C28
 */
export const cultureSupport = (
  moment: Moment,
  side: SideView,
  ingredients: readonly string[],
): CultureResult | undefined =>
  moment.facts.results.find(
    (result): result is CultureResult =>
      result.result === 'culture' &&
      ofEpisode(moment, side, result) &&
      says(result, ingredients, 'S') &&
      !says(result, ingredients, 'R'),
  )

function ofEpisode(
  { parameters, now }: Moment,
  { side, episodeStart }: SideView,
  culture: CultureResult,
): boolean {
  if (!speaksOf(side, culture.side)) return false
  if (!withinDays(culture.when, parameters['currency.resultDays'], now)) return false
  const from = episodeStart === undefined ? -Infinity : episodeStart - hoursInMs(beforeEpisodeHours)
  return (instantOf(culture.when, now) ?? -Infinity) >= from
}

const says = (
  { susceptibilities }: CultureResult,
  ingredients: readonly string[],
  verdict: 'S' | 'R',
): boolean =>
  susceptibilities.some((tested) => tested.verdict === verdict && ingredients.includes(tested.ingredient))

/** The finding that a culture supports the drafted antibiotic (clinical 7 rule 3). */
export const cultureSupportsDraft = {
  name: 'culture-supports-draft',
  scope: 'draft',
  means: 'Does a culture of this episode speak for the drafted antibiotic and against the first one?',
  ...inputs(cultureSupportInputs, { facts: ['unreadable'], sets: [], parameters: [] }),
  edge: 'Resistant to the first drug and susceptible to the new one, collected from 72 h before the episode began.',
  missing: 'Cannot be told when a result could not be read; reports that were not read are none.',
  find: ({ timeline, side, draft }) => supportedByCulture(timeline, side, draft),
} as const satisfies FindingDefinition<DraftContext>
