import type { Timings } from '../trace.js'
import type { CallRow, GivenCard } from './call-rows.js'
import { KeyCounts, keyOf } from './key-counts.js'
import { Spread } from './spread.js'

/** The timed steps of a call. */
export const timedSteps = ['gather', 'facts', 'assess', 'cards'] as const satisfies readonly (keyof Timings)[]

/** The counts of one group of calls that do not depend on a kind of card. */
export interface CallCounts {
  calls: number
  /** Calls answered with 412. */
  notAnswered: number
  /** Calls that took more than 500 ms. */
  slow: number
  encounters: KeyCounts
  userDays: KeyCounts
  totalMs: Spread
  stepMs: Readonly<Record<(typeof timedSteps)[number], Spread>>
}

/** The counts of one group of calls for one kind of card, or for all kinds together. */
export interface CardCounts {
  /** Calls in which the card was evaluated, could be decided, and could not. */
  asked: number
  decidable: number
  undecided: number
  /** For each fact, the calls that evaluated the card without that fact. */
  missing: Map<string, number>
  callsWithCard: number
  cards: number
  /** Cards with the indicator warning or critical. */
  loud: number
  /** Cards of calls that named an encounter, and those encounters. */
  inEncounter: number
  encounters: KeyCounts
  /** The user and day of each card. */
  userDays: KeyCounts
  answered: number
  accepted: number
  overridden: number
  reasons: Map<string, number>
  categories: Map<string, number>
  secondsToFeedback: Spread
  /** Feedback with a time before its card, from a client with another clock. */
  skewed: number
}

export const noCalls = (): CallCounts => ({
  calls: 0,
  notAnswered: 0,
  slow: 0,
  encounters: new KeyCounts(),
  userDays: new KeyCounts(),
  totalMs: new Spread(),
  stepMs: { gather: new Spread(), facts: new Spread(), assess: new Spread(), cards: new Spread() },
})

export const noCards = (): CardCounts => ({
  ...{ asked: 0, decidable: 0, undecided: 0, missing: new Map() },
  ...{ callsWithCard: 0, cards: 0, loud: 0, inEncounter: 0 },
  ...{ encounters: new KeyCounts(), userDays: new KeyCounts() },
  ...{ answered: 0, accepted: 0, overridden: 0, reasons: new Map(), categories: new Map() },
  ...{ secondsToFeedback: new Spread(), skewed: 0 },
})

/** A call with the keys for counting its encounter and the day of its user, computed once for all groups. */
export interface KeyedCall {
  call: CallRow
  encounter?: number
  userDay: number
}

const dayMs = 86_400_000

export function keyedCall(call: CallRow): KeyedCall {
  const { client, encounter, user, at } = call
  return {
    call,
    ...(encounter !== undefined && { encounter: keyOf(`${client} ${encounter}`) }),
    userDay: keyOf(`${client} ${user} ${Math.floor(at / dayMs)}`),
  }
}

const slowMs = 500

/** Counts one call of a group. */
export function countCall(counts: CallCounts, { call, encounter, userDay }: KeyedCall): void {
  const sum = timedSteps.reduce((ms, step) => ms + call.durationMs[step], 0)
  const total = Math.round(sum * 100) / 100 // rounded like the recorded steps, so that equal sums are equal values
  counts.calls += 1
  if (call.status === 412) counts.notAnswered += 1
  if (total > slowMs) counts.slow += 1
  if (encounter !== undefined) counts.encounters.add(encounter)
  counts.userDays.add(userDay)
  counts.totalMs.add(total)
  for (const step of timedSteps) counts.stepMs[step].add(call.durationMs[step])
}

/** Counts one call of a group for a kind of card; without `kind`, for all kinds together. */
export function countCards(counts: CardCounts, keyed: KeyedCall, kind?: string): void {
  const { call } = keyed
  const verdict = kind === undefined ? undefined : call.rules.get(kind)
  if (kind === undefined || verdict !== undefined) {
    counts.asked += 1
    const unread = verdict === undefined ? [...call.rules.values()] : [verdict]
    if (unread.includes('insufficient-data')) counts.undecided += 1
    if (verdict !== 'insufficient-data') counts.decidable += 1
    for (const fact of new Set(call.missing)) countOne(counts.missing, fact)
  }
  const cards = kind === undefined ? call.cards : call.cards.filter((card) => card.kind === kind)
  if (cards.length === 0) return
  counts.callsWithCard += 1
  counts.cards += cards.length
  if (keyed.encounter !== undefined) {
    counts.encounters.add(keyed.encounter)
    counts.inEncounter += cards.length
  }
  for (const card of cards) {
    if (card.indicator !== 'info') counts.loud += 1
    counts.userDays.add(keyed.userDay)
    countFeedback(counts, card, call.at)
  }
}

function countFeedback(counts: CardCounts, { feedback }: GivenCard, shownAt: number): void {
  if (!feedback) return
  counts.answered += 1
  if (feedback.outcome === 'accepted') counts.accepted += 1
  else {
    counts.overridden += 1
    countOne(counts.reasons, feedback.reason)
    countOne(counts.categories, feedback.category)
  }
  if (feedback.at === undefined) return
  if (feedback.at < shownAt) counts.skewed += 1
  else counts.secondsToFeedback.add((feedback.at - shownAt) / 1_000)
}

const countOne = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
