import { allergiesTo } from '../../drafts/draft-allergy.js'
import { dayWords } from '../../day-words.js'
import type { CultureValues } from '../../views.js'
import { cutTo } from '../../words.js'
import { nameOf } from '../describe.js'
import type { Workup } from '../workup.js'
import { uncoveredCulture, type UncoveredCulture } from './culture-cover.js'

const none: CultureValues = {
  cultureDay: '',
  organism: '',
  missedBy: '',
  susceptibleTo: '',
  resistantAgents: '',
  susceptibleAgents: '',
  sulfaCheck: '',
}

/** The most characters of {missedBy} and {susceptibleTo}, so that the summary stays short. */
const [longestDrug, longestAgents] = [21, 30]
const notReported = 'not reported'
const sulfa = 'sulfamethoxazole-trimethoprim'

/**
 * The words about a culture that is not covered.
 *
 * Edge:   an agent that an allergy on record meets stands in the detail with the allergy, never in the summary. In pregnancy the summary
 *         names no agent.
 * Source: clinical 6.1 row 13, clinical 1.3
 */
export function cultureValues(workup: Workup): CultureValues {
  const uncovered = uncoveredCulture(workup)
  if (!uncovered) return none
  const { culture, missing } = uncovered
  const { pregnant, loss } = workup.patient
  const agents = agentsIn(workup, uncovered)
  const isPregnant = pregnant.verdict === 'present'
  const asksInfant = !isPregnant && loss.verdict !== 'present' && agents.free.includes(sulfa)
  return {
    cultureDay: dayWords(workup.timeline, culture.fact.when, culture.at),
    organism: culture.fact.organism ?? 'growth',
    missedBy: listed(missing.map(nameOf), longestDrug),
    susceptibleTo: isPregnant
      ? 'in the detail'
      : listed(agents.free, longestAgents) || (agents.barred.length > 0 ? 'allergy on record' : notReported),
    resistantAgents: agents.resistant.join(', ') || notReported,
    susceptibleAgents:
      [...agents.free, ...agents.barred.map((agent) => `${agent} (allergy on record)`)].join(', ') ||
      notReported,
    sulfaCheck: asksInfant ? `Before ${sulfa}` : '',
  }
}

/** The agents of the result: resistant, susceptible, and susceptible but barred by an allergy on record. */
function agentsIn(
  { timeline: { facts } }: Workup,
  { culture }: UncoveredCulture,
): { resistant: readonly string[]; free: readonly string[]; barred: readonly string[] } {
  const { susceptibilities } = culture.fact
  const isBarred = ({ ingredient, classes = [] }: (typeof susceptibilities)[number]): boolean =>
    allergiesTo(facts.allergies, { ingredients: [ingredient], sets: classes }, ingredient).length > 0
  const susceptible = susceptibilities.filter(({ verdict }) => verdict === 'S')
  const names = (tested: typeof susceptibilities): readonly string[] => [
    ...new Set(tested.map(({ ingredient }) => ingredient)),
  ]
  return {
    resistant: names(susceptibilities.filter(({ verdict }) => verdict === 'R')),
    free: names(susceptible.filter((tested) => !isBarred(tested))),
    barred: names(susceptible.filter(isBarred)),
  }
}

/** As many names as fit, and how many more there are: "linezolid, doxycycline +2". */
function listed(names: readonly string[], longest: number): string {
  const kept = names.filter((_, place) => names.slice(0, place + 1).join(', ').length <= longest - 3)
  const more = names.length - kept.length
  if (kept.length === 0) return cutTo(longest, names[0] ?? '')
  return more > 0 ? `${kept.join(', ')} +${more}` : kept.join(', ')
}
