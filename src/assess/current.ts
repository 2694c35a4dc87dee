import type { Facts, Provenance, Unreadable } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Parameters } from './parameters.js'
import { unreadWords } from './words.js'

/**
 * Leaves out the facts that lie in the future, which no rule may use.
 *
 * Edge:    exactly `time.futureSkewMinutes` ahead still counts; a partial date counts from its first instant. Orders
 *          may be planned for later and stay.
 * Missing: a fact without a time stays, and each rule decides how the fact counts. The reason of an unreadable value
 *          names its subject; unreadable values stand in the order of their words, whatever the order of the chart.
 * Source:  clinical 3.2
 */
export function currentFacts(facts: Facts, parameters: Parameters, now: Instant): Facts {
  const limit = now + parameters['time.futureSkewMinutes'] * 60_000
  const kept = <F extends Provenance>(
    list: readonly F[],
    isPlanned: (fact: F) => boolean = noneIsPlanned,
  ): readonly F[] => {
    const isAhead = (fact: F): boolean =>
      fact.when !== undefined && fact.when.earliest > limit && !isPlanned(fact)
    return list.some(isAhead) ? list.filter((fact) => !isAhead(fact)) : list
  }
  return {
    ...facts,
    lactation: kept(facts.lactation),
    births: kept(facts.births),
    pregnancy: kept(facts.pregnancy),
    measures: kept(facts.measures),
    signs: kept(facts.signs),
    course: kept(facts.course),
    problems: kept(facts.problems),
    medicines: kept(facts.medicines, ({ kind }) => kind === 'request'),
    care: kept(facts.care, ({ kind }) => kind === 'order'),
    results: kept(facts.results),
    allergies: kept(facts.allergies),
    encounters: kept(facts.encounters),
    unreadable: named(kept(facts.unreadable)),
  }
}

const noneIsPlanned = (): boolean => false

const named = (list: readonly Unreadable[]): readonly Unreadable[] =>
  list.length === 0
    ? list
    : list
        .map((value) => ({ ...value, why: unreadWords(value) }))
        .sort((one, other) => compare(one.why, other.why) || compare(one.source, other.source))

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
