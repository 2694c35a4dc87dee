import { isCourse } from './course.js'
import type { Document, Mention } from './document.js'
import { hitsOf } from './listed-phrases.js'
import { entryOf, hasRole, type Hit } from './phrases.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'
import { tokensOf } from './tokens.js'
import type { Words } from './words.js'

/** Sets that are named further by what else the text says ("puerperal", "granulomatous"). */
const qualified: ReadonlySet<string> = new Set(['mastitis', 'abscess'])
const qualifiers = ['nonlactational', 'pregnancy', 'lactational'] as const

/** A loss in pregnancy counts from this week (clinical changes C13, `loss.minWeeks`). */
const lossFromWeek = 14

/** A birth in these weeks is a preterm one (clinical changes C12). */
const pretermWeeks = { from: 20, to: 36 }

/**
 * Reads the sets that the words of a diagnosis name.
 *
 * Shape:   `about` is the place that the body site names; `named` holds every set that the words name, also what they do not assert.
 * Edge:    what is denied, doubted, past, feared, screened for or somebody else's names no set; a loss in pregnancy counts only from
 *          `lossFromWeek`, or when the words tell of the second half of pregnancy.
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
    if (state === 'present' && !possible)
      readings.push(readingOf(set, mention, partOf(mention, document, words)))
  }
  return { readings: withoutGeneral(readings), named, document }
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
  if (target === 'loss-in-pregnancy') return isLateLoss(document) ? 'loss' : undefined
  if (target === 'birth-at-weeks') return isPreterm(document) ? 'preterm-infant' : undefined
  if (target === 'hsv' && (place === 'breast' || place === 'nipple')) return 'hsv-breast'
  return targets.get(target)?.class ?? target
}

/** The part of its set that a mention names: a target of its own within the set, or a loss of one infant among several. */
function partOf({ target }: Mention, document: Document, { targets }: Words): string | undefined {
  if (targets.get(target)?.class !== undefined) return target
  return target === 'loss' && document.hits.some((hit) => saysTerm(hit, someInfants))
    ? someInfants
    : undefined
}

const someInfants = 'some-infants'

const saysTerm = (hit: Hit, id: string): boolean =>
  hasRole(hit, 'term') && hit.phrase.entries.some((entry) => entry.role === 'term' && entry.id === id)

const qualifierOf = ({ hits }: Document): string =>
  qualifiers.find((id) => hits.some((hit) => saysTerm(hit, id))) ?? 'nos'

function isLateLoss(document: Document): boolean {
  return (
    document.hits.some((hit) => saysTerm(hit, 'loss-late')) ||
    weeksIn(document).some((weeks) => weeks >= lossFromWeek)
  )
}

const isPreterm = (document: Document): boolean =>
  weeksIn(document).some((weeks) => weeks >= pretermWeeks.from && weeks <= pretermWeeks.to)

/** The numbers of weeks that the text tells, whole weeks of "22+3 weeks". */
const weeksIn = ({ hits, tokens }: Document): readonly number[] =>
  hits.flatMap((hit) => {
    if (!saysTerm(hit, 'weeks')) return []
    const days = tokens[hit.first - 2]?.text === '+'
    const number = tokens[hit.first - (days ? 3 : 1)]
    return number?.kind === 'number' ? [Math.floor(Number(number.text))] : []
  })

const readingOf = (
  set: string,
  { side, start, end, rule, why }: Mention,
  part: string | undefined,
): Reading => ({
  term: 'set',
  state: 'present',
  value: set,
  ...(part !== undefined && { part }),
  ...(side && { side }),
  start,
  end,
  rule,
  why,
})

/** Breast cancer says nothing more beside the inflammatory one. */
const saysLess: ReadonlyMap<string, string> = new Map([['breast-cancer', 'ibc']])

function withoutGeneral(readings: readonly Reading[]): readonly Reading[] {
  const sets = new Set(readings.map(({ value }) => value))
  return readings.filter(
    ({ value, side }, at) =>
      !sets.has(saysLess.get(String(value)) ?? '') &&
      readings.findIndex((other) => other.value === value && other.side === side) === at,
  )
}
