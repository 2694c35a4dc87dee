import type { CultureResult, Medicine, Problem } from '../../../facts/facts.js'
import { daysInMs, hoursInMs } from '../../../units/units.js'
import { inputs } from '../../definition.js'
import { cannotTell, present, absent, type Finding } from '../../finding.js'
import type { Breast } from '../breasts.js'
import { ofCulture, ofProblem } from '../describe.js'
import { episodeInputs, type Episode } from '../episode.js'
import type { Timeline } from '../../timeline.js'
import { type Dated, bySource, instantOf } from '../../dating.js'

/** The inputs of MRSA on record, and of what culture results say of the antibiotics. */
export const mrsaInputs = inputs(episodeInputs, {
  facts: ['results'],
  sets: ['mrsa', 'culture'],
  parameters: ['mrsa.days', 'currency.resultDays'],
})

/** Whether MRSA must be covered, and which medicines cover MRSA. */
export interface Mrsa {
  mrsa: Finding
  /** Is the medicine active against MRSA, or reported susceptible? */
  covers: (medicine: Medicine) => boolean
  /** Does the medicine act on MRSA only if a susceptibility result says so, while no result names the medicine? */
  untested: (medicine: Medicine) => boolean
}

type SusceptibilityVerdict = CultureResult['susceptibilities'][number]['verdict']

/**
 * Is MRSA on record: an entry at most `mrsa.days` old, or a culture of this episode resistant to every antibiotic
 * used? (clinical 4.2)
 *
 * Edge:    an entry exactly `mrsa.days` old counts; a culture counts from 72 h before the episode on.
 * Missing: an entry without a date does not count; unread conditions are cannot-tell.
 */
export function mrsa(timeline: Timeline, breast: Breast, current: Episode): Mrsa {
  const { facts, now, parameters } = timeline
  const oldest = now - daysInMs(parameters['mrsa.days'])
  const entries = facts.problems
    .filter(({ sets, when }) => sets.includes('mrsa') && when && instantOf(when, now) >= oldest)
    .sort(bySource)
  const episodeFrom = current.from === undefined ? now : current.from - hoursInMs(72)
  const own = timeline.cultures.filter(({ fact }) => breast.includesUnspecifiedSide(fact.side))
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

/** The newest verdict for each ingredient. */
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
