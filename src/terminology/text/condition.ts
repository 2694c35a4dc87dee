import { isCourse } from './course.js'
import type { Document, Mention } from './document.js'
import { hitsOf } from './listed-phrases.js'
import { gestationIn, isLoss, lossInPregnancy, lossOf, weeksIn } from './losses.js'
import { entryOf, saysTerm } from './phrases.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'
import { tokensOf } from './tokens.js'
import type { Words } from './words.js'

/** Sets that are named further by what else the text says ("puerperal", "granulomatous"). */
const qualified: ReadonlySet<string> = new Set(['mastitis', 'abscess'])
const qualifiers = ['nonlactational', 'pregnancy', 'lactational'] as const

/** A birth in these weeks is a preterm one (clinical changes C12). */
const pretermWeeks = { from: 20, to: 36 }

/**
 * Reads the sets that the words of a diagnosis name.
 *
 * Shape:   `about` is the place that the body site names; `named` holds every set that the words name, also what they do not assert.
 * Edge:    what is denied, doubted, past, feared, screened for or somebody else's names no set. A loss in pregnancy, one told as
 *          history and one with a year are read as such: what else is on record decides whether they count (`saysLoss`).
 * Source:  clinical 2.1 and 2.4, clinical changes C1 and C10 to C13
 */
export const readCondition: KindReader = ({ text, about = '' }, words) => {
  const place = placeNamed(text, words) ?? (about === '' ? undefined : about)
  const document = readDocument(text, words, { name: true, ...(place !== undefined && { place }) })
  const readings: Reading[] = []
  const named: string[] = []
  for (const mention of document.mentions) {
    const set = setOf(mention, document, words)
    if (set === undefined) continue
    named.push(set)
    const { state, possible } = mention.assertion
    const told =
      isLoss(mention.target) && !says(document, someInfants) ? lossOf(mention, document) : undefined
    if ((state === 'present' && !possible) || told)
      readings.push({ ...readingOf(set, mention, { document, words }), ...told })
  }
  const gestation = named.includes('loss') ? gestationIn(document) : undefined
  return { readings: withoutGeneral(readings), named, document, ...(gestation && { gestation }) }
}

/** A place of the breast that any word of the text names, also within a longer phrase ("breast pain"). */
function placeNamed(text: string, words: Words): string | undefined {
  for (const token of tokensOf(text, words.shortForms)) {
    const place = hitsOf([token], words.phrases).flatMap((hit) => entryOf(hit, 'place')?.as ?? [])[0]
    if (place !== undefined && place !== 'elsewhere') return place
  }
  return undefined
}

function setOf({ target, place }: Mention, document: Document, { targets }: Words): string | undefined {
  if (qualified.has(target)) return `${target}-${qualifierOf(document)}`
  if (isCourse(target)) return undefined
  if (isLoss(target)) return 'loss'
  if (target === 'birth-at-weeks') return isPreterm(document) ? 'preterm-infant' : undefined
  if (target === 'shingles') return place === 'breast' || place === 'nipple' ? 'shingles' : undefined
  if (target === 'hsv' && (place === 'breast' || place === 'nipple')) return 'hsv-breast'
  return targets.get(target)?.class ?? target
}

/** The part of its set that a mention names: a target of its own within the set, or a loss of one infant among several. */
function partOf({ target }: Mention, document: Document, { targets }: Words): string | undefined {
  if (isLoss(target) && says(document, someInfants)) return someInfants
  if (target === lossInPregnancy || targets.get(target)?.class !== undefined) return target
  return undefined
}

const someInfants = 'some-infants'

const qualifierOf = (document: Document): string =>
  qualifiers.find((id) => says(document, id)) ?? (says(document, lactation) ? 'lactational' : 'nos')

const says = ({ hits }: Document, id: string): boolean => hits.some((hit) => saysTerm(hit, id))

/** The words that say lactation itself, and not only the time after childbirth. */
const lactation = 'lactation'

const isPreterm = (document: Document): boolean =>
  weeksIn(document).some((weeks) => weeks >= pretermWeeks.from && weeks <= pretermWeeks.to)

function readingOf(
  set: string,
  mention: Mention,
  { document, words }: { document: Document; words: Words },
): Reading {
  const { side, start, end, rule, why } = mention
  const part = partOf(mention, document, words)
  return {
    term: 'set',
    state: 'present',
    value: set,
    ...(part !== undefined && { part }),
    ...(side && { side }),
    ...(set.endsWith('-lactational') && says(document, lactation) && { lactating: true }),
    start,
    end,
    rule,
    why,
  }
}

/** Breast cancer says nothing more beside the inflammatory one. */
const saysLess: ReadonlyMap<string, string> = new Map([['breast-cancer', 'ibc']])

function withoutGeneral(readings: readonly Reading[]): readonly Reading[] {
  const sets = new Set(readings.map(({ value }) => value))
  return readings.filter(
    (reading, at) =>
      !sets.has(saysLess.get(String(reading.value)) ?? '') &&
      readings.findIndex((other) => saysTheSame(other, reading)) === at,
  )
}

const saysTheSame = (one: Reading, other: Reading): boolean =>
  one.value === other.value &&
  one.side === other.side &&
  (one.value !== 'loss' ||
    (one.part === other.part && one.history === other.history && one.year === other.year))
