import { hitAt, type Answer, type FormLine } from './form-line.js'
import { hasRole, hitsBetween, type Hit } from './phrases.js'
import { sideOf } from './sides.js'
import { leadingValue, valueOf } from './values.js'

/**
 * Answers for each side: "R no, L yes", "L- R+", "R: 3 cm, L: nil", "left yes / right no".
 *
 * Missing: undefined unless the value begins with a side and gives an answer for it.
 */
export function sidedValues(line: FormLine, from: number, end: number): readonly Answer[] | undefined {
  const lead = hitAt(line, from)
  if (!lead || !sideOf(lead)) return undefined
  const sides = hitsBetween(line.hits, from, end).filter((hit) => sideOf(hit) && !hasRole(hit, 'target'))
  const answers = sides.flatMap((hit, index): Answer[] => {
    const side = sideOf(hit)
    const last = sides[index + 1]?.first ?? end
    const start = behindMarks(line, hit.last, last)
    const answer = signAt(line, start) ?? leadingValue(line, start, last)?.answer ?? sizeAt(line, start, last)
    return side && answer ? [{ ...answer, side }] : []
  })
  if (answers.length === sides.length) return answers
  return joinsSides(answers, sides, line) ? [{ ...joined, first: from, last: end }] : undefined
}

const joined = { state: 'present', rule: 'sign-of-side', side: 'both' } as const

/** Does the plus behind the first of two sides only join them ("redness L + R")? */
const joinsSides = (
  answers: readonly Answer[],
  [one, other]: readonly Hit[],
  { tokens }: FormLine,
): boolean =>
  answers.length === 1 && one !== undefined && other?.first === one.last + 1 && tokens[one.last]?.text === '+'

/** Behind a colon or the place that goes with the side ("left breast: ..."). */
function behindMarks(line: FormLine, from: number, end: number): number {
  let at = from
  while (at < end) {
    const hit = hitAt(line, at)
    if (hit && hasRole(hit, 'place')) at = hit.last
    else if (isMark(line, at)) at++
    else break
  }
  return at
}

/** A colon, equals sign, or a dash between spaces; a dash without a space before it is a sign ("L-"). */
function isMark({ tokens }: FormLine, at: number): boolean {
  const token = tokens[at]
  if (token?.text === ':' || token?.text === '=') return true
  return token?.text === '-' && token.spaces > 0 && (tokens[at + 1]?.spaces ?? 0) > 0
}

function signAt({ tokens }: FormLine, at: number): Answer | undefined {
  const text = tokens[at]?.text
  if (text !== '-' && text !== '+') return undefined
  return { state: text === '-' ? 'absent' : 'present', rule: 'sign-of-side', first: at, last: at + 1 }
}

/** A size or place behind the side; a side alone among others says nothing for it. */
function sizeAt(line: FormLine, from: number, end: number): Answer | undefined {
  const { answer } = valueOf(line, from, end)
  return answer.state === 'unreadable' ? undefined : answer
}
