import type { Document, Mention } from './document.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'
import { hitsWithin } from './sentence-hits.js'
import { sidesIn } from './sides.js'

const stopsFeeding = 'stops-feeding'

/** "US" and "MG" are examinations only in capitals and not behind a number; "us" is a pronoun, "mg" a unit. */
const onlyInCapitals: ReadonlySet<string> = new Set(['us', 'mg'])

/**
 * Reads what the words of an order ask for, and whether they order to stop feeding.
 *
 * Shape:  `about` is the place that other parts of the order name.
 * Edge:   an order that is denied, advised against, or waits for something asks for nothing.
 * Source: clinical 2.5 and 7, clinical changes C5 and C28
 */
export const readOrder: KindReader = ({ text, about = '' }, words) => {
  const document = readDocument(text, words, { name: true, ...(about !== '' && { place: about }) })
  const readings = document.mentions
    .filter((mention) => isOrdered(mention) && isWritten(mention, document))
    .map((mention) =>
      readingOf(
        { ...mention, ...sideBehind(mention, document) },
        words.targets.get(mention.target)?.class ?? mention.target,
      ),
    )
  return { readings: oncePerNeed(readings), document }
}

const isOrdered = ({ assertion }: Mention): boolean => {
  const { state, denied, hypothetical, resolved } = assertion
  return (
    !denied &&
    !resolved &&
    !hypothetical &&
    (state === 'present' || state === 'unreadable' || assertion.planned)
  )
}

const isWritten = ({ first, last }: Mention, { tokens }: Document): boolean => {
  const word = last - first === 1 ? tokens[first] : undefined
  if (!word || !onlyInCapitals.has(word.text)) return true
  return word.capitals && tokens[first - 1]?.kind !== 'number'
}

/**
 * The side between a need and the next one ("mammogram bilateral with ultrasound left"): where no side stands before the
 * first need, each side belongs to the need before it.
 */
function sideBehind({ last }: Mention, document: Document): Pick<Mention, 'side'> {
  const { mentions, tokens } = document
  const [first, ...others] = mentions
  if (!first || others.length === 0 || sidesIn(hitsWithin(0, first.first, document))) return {}
  const next = others.find((other) => other.first >= last)?.first ?? tokens.length
  const side = sidesIn(hitsWithin(last, next, document))
  return side ? { side } : {}
}

const readingOf = ({ side, start, end, rule, why }: Mention, asked: string): Reading => ({
  ...(asked === stopsFeeding ? { term: stopsFeeding } : { term: 'need', value: asked }),
  state: 'present',
  ...(side && { side }),
  start,
  end,
  rule,
  why,
})

const oncePerNeed = (readings: readonly Reading[]): readonly Reading[] =>
  readings.filter(
    ({ term, value }, at) =>
      readings.findIndex((other) => other.term === term && other.value === value) === at,
  )
