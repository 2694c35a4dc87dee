import type { Answer, FormLine } from './form-line.js'
import { hasRole, type Hit } from './phrases.js'
import { joinedSides, sideOf } from './sides.js'
import { leadingValue } from './values.js'

const parting = new Set(['/', ','])

/**
 * The answers of a label that names several targets or sides, one for each in their order: "Redness/heat/lump: +/-/-", "Redness (R/L): no/yes".
 *
 * Missing: undefined when the value is no list of answers; one `unreadable` when there are more or fewer answers than names, and they differ.
 */
export function listedValues(
  line: FormLine,
  { from, end }: { from: number; end: number },
  label: readonly Hit[],
): ReadonlyMap<Hit, Answer> | readonly Answer[] | undefined {
  const answers = answersIn(line, from, end)
  if (answers.length < 2) return undefined
  const named = [...label].sort((one, other) => one.first - other.first)
  const sides = sidesOf(line, named, from)
  if (named.length === answers.length) return new Map(named.map((hit, at) => [hit, answers[at] as Answer]))
  if (named.length === 1 && sides.length === answers.length)
    return answers.map((answer, at) => ({ ...answer, side: sides[at] as Answer['side'] & string }))
  if (answers.every(({ state }) => state === answers[0]?.state)) return undefined
  return [{ state: 'unreadable', rule: 'values-unmatched', first: from - 1, last: end }]
}

/** The answers between two tokens when there is nothing else; a sign alone is one here. */
function answersIn(line: FormLine, from: number, end: number): readonly Answer[] {
  const answers: Answer[] = []
  let start = from
  for (let at = from; at <= end; at++) {
    if (at < end && !parting.has(line.tokens[at]?.text ?? '')) continue
    const answer = signAt(line, start, at) ?? leadingValue(line, start, at)?.answer
    if (!answer || answer.last !== at) return []
    answers.push(answer)
    start = at + 1
  }
  return answers
}

function signAt({ tokens }: FormLine, at: number, end: number): Answer | undefined {
  const text = tokens[at]?.text
  if (end !== at + 1 || (text !== '+' && text !== '-')) return undefined
  return { state: text === '+' ? 'present' : 'absent', rule: 'sign-in-list', first: at, last: end }
}

/** The sides that stand one by one behind the target of the label ("Redness (R/L)"). */
function sidesOf({ hits, tokens }: FormLine, named: readonly Hit[], end: number): readonly string[] {
  const begin = named.at(-1)?.last ?? end
  const among = hits.filter((hit) => hit.first >= begin && hit.last <= end && hasRole(hit, 'side'))
  const both = among.find((hit) => sideOf(hit) === 'both')
  if (!both) return among.flatMap((hit) => sideOf(hit) ?? [])
  const letters = tokens
    .slice(both.first, both.last)
    .flatMap(({ text }) => sideOfLetter.get(text[0] ?? '') ?? [])
  return letters.length === 2 && joinedSides(letters[0], letters[1]) === 'both' ? letters : []
}

const sideOfLetter: ReadonlyMap<string, 'left' | 'right'> = new Map([
  ['l', 'left'],
  ['r', 'right'],
])
