import { lossByWeeks, type Gestation } from '../gestation.js'
import type { Assertion, Document, Mention } from './document.js'
import type { Reading } from './reading.js'
import { saysTerm } from './phrases.js'
import type { Token } from './tokens.js'
import { yearAlone, yearIn } from './years.js'

/** The target of a loss in pregnancy, which counts or not by its weeks (clinical changes C13, loss B). */
export const lossInPregnancy = 'loss-in-pregnancy'

/** Is a target a loss of an infant or of a pregnancy? */
export const isLoss = (target: string): boolean => target === 'loss' || target === lossInPregnancy

/** The weeks and the trimester that a text tells of, if it tells of any. */
export function gestationIn(document: Document): Gestation | undefined {
  const { hits } = document
  const weeks = [...weeksIn(document), ...weeksAndDaysIn(document)]
  const late = hits.some((hit) => saysTerm(hit, 'loss-late'))
  const early = hits.some((hit) => saysTerm(hit, 'loss-early'))
  if (weeks.length === 0 && !late && !early) return undefined
  return {
    ...(weeks.length > 0 && { weeks: Math.max(...weeks) }),
    ...(late && { late: true }),
    ...(early && { early: true }),
  }
}

/** The numbers of weeks that the text tells, whole weeks of "22+3 weeks" and "22 3/7 weeks". */
export const weeksIn = ({ hits, tokens }: Document): readonly number[] =>
  hits.flatMap((hit) => {
    if (!saysTerm(hit, 'weeks')) return []
    const { first } = hit
    const days = tokens[first - 2]?.text === '+' ? 2 : tokens[first - 2]?.text === '/' ? 3 : 0
    return wholeNumber(tokens[first - 1 - days])
  })

/** Weeks and days that need no word for weeks ("22+3"). */
const weeksAndDaysIn = ({ tokens }: Document): readonly number[] =>
  tokens.flatMap((token, at) =>
    token.text === '+' && /^[0-6]$/.test(tokens[at + 1]?.text ?? '') ? wholeNumber(tokens[at - 1]) : [],
  )

const wholeNumber = (token: Token | undefined): readonly number[] =>
  token?.kind === 'number' ? [Math.floor(Number(token.text))] : []

/**
 * What a text tells of the time of a loss: that the loss is history, or its year.
 *
 * Missing: undefined when the text says no such loss: denies or doubts the loss, says it of somebody else, or calls it a previous one.
 */
export function lossOf(mention: Mention, document: Document): Pick<Reading, 'history' | 'year'> | undefined {
  const { state, possible } = mention.assertion
  const isNow = state === 'present' && !possible
  if (!isNow && !isOnlyPast(mention.assertion)) return undefined
  const years = document.tokens.flatMap((token) => yearIn(token) ?? [])
  const year = years.length > 0 ? { year: Math.max(...years) } : {}
  if (isNow || mention.rule === yearAlone) return year
  return isToldAsHistory(mention, document) ? { history: true, ...year } : undefined
}

const isToldAsHistory = ({ rule, sentence }: Mention, { sentences }: Document): boolean =>
  rule === 'told-as-history' || sentences[sentence]?.implied === 'historical'

const isOnlyPast = ({ state, denied, historical, resolved, possible, ...other }: Assertion): boolean =>
  state === 'none' &&
  historical &&
  !denied &&
  !resolved &&
  !possible &&
  Object.values(other).every((said) => !said)

/**
 * Does a reading of a diagnosis say by itself that a loss is of now?
 *
 * Edge: a loss told as history or beside a year alone does not; a loss in pregnancy does from `fromWeek`.
 */
export const saysLoss = (
  { part, history, rule }: Reading,
  gestation: Gestation | undefined,
  fromWeek: number,
): boolean =>
  history === undefined &&
  rule !== yearAlone &&
  (part !== lossInPregnancy || lossByWeeks(gestation ?? {}, fromWeek) === 'late')
