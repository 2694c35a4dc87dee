import type { CultureResult, Medicine, Problem } from '../../facts/facts.js'
import { daysInMs, hoursInMs } from '../../units/units.js'
import { latestBy } from '../views.js'
import { cannotTell, present, absent, type Finding } from '../finding.js'
import type { Breast } from './breasts.js'
import { ofCulture, ofProblem } from './describe.js'
import type { Episode } from './episode.js'
import { bySource, type Dated, type Timeline } from './timeline.js'

/** Whether MRSA must be covered, and which medicines do. */
export interface Mrsa {
  mrsa: Finding
  /** MRSA-active, or reported susceptible. */
  covers: (medicine: Medicine) => boolean
  /** Active only by a susceptibility result, and no result names it. */
  untested: (medicine: Medicine) => boolean
}

type SusceptibilityVerdict = CultureResult['susceptibilities'][number]['verdict']

/**
 * MRSA: an entry at most `mrsa.days` old, or a culture of this episode resistant to every agent given (clinical 4.2).
 *
 * Edge:    an entry exactly `mrsa.days` old counts; a culture counts from 72 h before the episode on.
 * Missing: an entry without a date does not count; conditions that could not be read are cannot-tell.
 */
export function mrsa(timeline: Timeline, breast: Breast, current: Episode): Mrsa {
  const { facts, now, parameters } = timeline
  const oldest = now - daysInMs(parameters['mrsa.days'])
  const entries = facts.problems
    .filter(({ sets, when }) => sets.includes('mrsa') && when && latestBy(when, now) >= oldest)
    .sort(bySource)
  const episodeFrom = current.from === undefined ? now : current.from - hoursInMs(72)
  const own = timeline.cultures.filter(({ fact }) => breast.hears(fact.side))
  const results = verdictsOf(
    own.filter(({ at }) => at >= Math.min(episodeFrom, now - daysInMs(parameters['currency.resultDays']))),
  )
  const agents = current.exposures.map(({ medicine }) => medicine)
  const resistant = own.filter(
    ({ fact, at }) =>
      at >= episodeFrom &&
      agents.length > 0 &&
      agents.every((agent) => says(agent, verdictsOf([{ fact, at }]), 'R')),
  )
  return {
    mrsa: mrsaFinding(entries, resistant, timeline),
    covers: (medicine) =>
      medicine.mrsa === 'active' || (says(medicine, results, 'S') && !says(medicine, results, 'R')),
    untested: (medicine) =>
      medicine.mrsa === 'by-result' && !medicine.ingredients.some((ingredient) => results.has(ingredient)),
  }
}

function mrsaFinding(
  entries: readonly Problem[],
  resistant: readonly Dated<CultureResult>[],
  { facts, unreadable }: Timeline,
): Finding {
  if (entries.length > 0) return present('MRSA on record', ...entries.map(ofProblem))
  if (resistant.length > 0) {
    return present(
      'culture resistant to every antibiotic given',
      ...resistant.map(({ fact }) => ofCulture(fact)),
    )
  }
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  const unread = unreadable.get('mrsa')
  return unread ? cannotTell(unread.why) : absent('no MRSA on record')
}

/** Newest verdict per ingredient. */
function verdictsOf(cultures: readonly Dated<CultureResult>[]): ReadonlyMap<string, SusceptibilityVerdict> {
  const verdicts = new Map<string, SusceptibilityVerdict>()
  for (const { fact } of cultures) {
    for (const { ingredient, verdict } of fact.susceptibilities) verdicts.set(ingredient, verdict)
  }
  return verdicts
}

const says = (
  { ingredients }: Medicine,
  results: ReadonlyMap<string, SusceptibilityVerdict>,
  verdict: SusceptibilityVerdict,
): boolean => ingredients.some((ingredient) => results.get(ingredient) === verdict)
