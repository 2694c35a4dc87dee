import type { Instant } from '../../units/units.js'
import { latestBy, type Moment } from '../views.js'
import type { SignName } from '../../facts/concepts.js'
import type {
  BiopsyResult,
  CareItem,
  CourseStatement,
  CultureResult,
  Facts,
  ImagingResult,
  Measure,
  Provenance,
  Sign,
  Unreadable,
} from '../../facts/facts.js'
import type { Parameters } from '../parameters.js'
import { scoreAsSign, type SignRecord } from './pain-score.js'

/** A fact at the newest moment it can mean (clinical 3.3: signs, starts). */
export interface Dated<F> {
  fact: F
  at: Instant
}

/** The facts every breast is judged from, dated and oldest first, sorted once per call. */
export interface Timeline {
  now: Instant
  parameters: Parameters
  facts: Facts
  temperatures: readonly Dated<Measure>[]
  pains: readonly Dated<Measure>[]
  signs: ReadonlyMap<SignName, readonly Dated<SignRecord>[]>
  /** Signs that carry no time at all. */
  undatedSigns: readonly SignRecord[]
  course: readonly Dated<CourseStatement>[]
  imaging: readonly Dated<ImagingResult>[]
  biopsies: readonly Dated<BiopsyResult>[]
  cultures: readonly Dated<CultureResult>[]
  care: readonly Dated<CareItem>[]
  /** The newest value of each subject that could not be read; one without a time counts as of now. */
  unreadable: ReadonlyMap<Unreadable['subject'], { at: Instant; why: string }>
}

/** Order of two facts of the same instant, so that the order of the chart decides nothing. */
export const bySource = (one: Provenance, other: Provenance): number =>
  one.source < other.source ? -1 : one.source > other.source ? 1 : 0

/** Facts that carry a time, oldest first; at the same instant by `tie`, then by source. */
export function dated<F extends Provenance>(
  facts: readonly F[],
  now: Instant,
  tie: (one: F, other: F) => number = bySource,
): Dated<F>[] {
  const list: Dated<F>[] = []
  for (const fact of facts) if (fact.when) list.push({ fact, at: latestBy(fact.when, now) })
  return list.sort(
    (one, other) => one.at - other.at || tie(one.fact, other.fact) || bySource(one.fact, other.fact),
  )
}

/** The newest entry of a list that is sorted oldest first, if it is not older than `since`. */
export function newestSince<F>(list: readonly Dated<F>[], since: Instant): Dated<F> | undefined {
  const newest = list.at(-1)
  return newest && newest.at >= since ? newest : undefined
}

/**
 * Dates and sorts the facts of one call.
 *
 * Shape:   one pass per list; a pain score also stands among the breast pain signs.
 * Edge:    at the same instant a sign recorded present is taken as newer than one recorded absent, the higher
 *          temperature as newer than the lower, worse as newer than improved.
 * Missing: facts without a time are left out, but for signs, which are kept apart.
 */
export function timeline({ facts, parameters, now }: Moment): Timeline {
  const { results } = facts
  const temperatures = facts.measures.filter(({ kind }) => kind === 'temperature')
  const pains = facts.measures.filter(({ kind }) => kind === 'pain')
  const images = results.filter((result) => result.result === 'imaging')
  const biopsies = results.filter((result) => result.result === 'biopsy')
  const cultures = results.filter((result) => result.result === 'culture')
  return {
    now,
    parameters,
    facts,
    temperatures: dated(temperatures, now, byValue),
    pains: dated(pains, now, byValue),
    signs: signsByName([...signsBesideScores(facts.signs, pains), ...pains.map(scoreAsSign)], now),
    undatedSigns: facts.signs.filter((sign) => !sign.when),
    course: dated(facts.course, now, byCourse),
    imaging: dated(images, now),
    biopsies: dated(biopsies, now),
    cultures: dated(cultures, now),
    care: dated(facts.care, now),
    unreadable: newestUnreadable(facts.unreadable, now),
  }
}

const byValue = (one: Measure, other: Measure): number => one.value - other.value

const courseOrder = { improved: 0, 'not-improved': 1, worse: 2 }
const byCourse = (one: CourseStatement, other: CourseStatement): number =>
  courseOrder[one.says] - courseOrder[other.says]

/** A pain score may also have been read as the sign breast pain; the score, which knows what it is about, replaces it. */
function signsBesideScores(signs: readonly Sign[], pains: readonly Measure[]): readonly Sign[] {
  if (pains.length === 0) return signs
  const scored = new Set(pains.map(({ source }) => source))
  return signs.filter((sign) => sign.sign !== 'breast-pain' || sign.focal || !scored.has(sign.source))
}

const stateOrder = { unknown: 0, absent: 1, present: 2 }

const byState = (one: SignRecord, other: SignRecord): number =>
  stateOrder[one.state] - stateOrder[other.state]

function signsByName(signs: readonly SignRecord[], now: Instant): Map<SignName, Dated<SignRecord>[]> {
  const byName = new Map<SignName, SignRecord[]>()
  for (const fact of signs) {
    const list = byName.get(fact.sign)
    if (list) list.push(fact)
    else byName.set(fact.sign, [fact])
  }
  return new Map([...byName].map(([name, facts]) => [name, dated(facts, now, byState)]))
}

function newestUnreadable(list: readonly Unreadable[], now: Instant): Timeline['unreadable'] {
  const newest = new Map<Unreadable['subject'], { at: Instant; why: string }>()
  for (const { subject, why, when } of list) {
    const at = when ? latestBy(when, now) : now
    if (at >= (newest.get(subject)?.at ?? -Infinity)) newest.set(subject, { at, why })
  }
  return newest
}
