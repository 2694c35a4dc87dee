import { hitsOf } from './listed-phrases.js'
import { hasRole } from './phrases.js'
import type { Token } from './tokens.js'
import type { Words } from './words.js'

const endsAnswer = new Set([',', ';', '.', '(', ')', '|', '/'])

/** The words that a letter, number or short form stands for. */
type Key = ReadonlyMap<string, readonly Token[]>

/**
 * Puts the words of a key in the place of its signs: "A = absent, P = present. Dimpling A, lump P", "Nodes: n/e (n/e = not examined)".
 *
 * Shape: a sign counts where it stands right behind a word, colon or tab and ends its part; the key may stand before or behind it.
 * Edge:  only in a text that has such a key; a letter counts as it is written there, capital or small.
 */
export function withKeyAnswers(tokens: readonly Token[], words: Words): readonly Token[] {
  const key = keyOf(tokens, words)
  if (key.size === 0) return tokens
  const put: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    const end = isPair(tokens, at) ? at + 3 : at + 1
    const meaning = mayAnswer(tokens, at, end) ? key.get(signOf(tokens, at, end)) : undefined
    const last = tokens[end - 1]?.end ?? token.end
    for (const [index, word] of (meaning ?? []).entries())
      put.push({ ...word, start: token.start, end: last, spaces: index > 0 ? 1 : token.spaces })
    if (meaning) at = end - 1
    else put.push(token)
  }
  return put
}

const longestSign = 3
/** An answer has no more words than this ("could not be examined"). */
const longestAnswer = 4

/** The answers by the signs that stand for them; a number stands for the answer of one word alone, since scores have legends too. */
function keyOf(tokens: readonly Token[], words: Words): Key {
  const key = new Map<string, readonly Token[]>()
  for (const [at, { text }] of tokens.entries()) {
    if (text !== '=') continue
    const first = isPair(tokens, at - 3) ? at - 3 : at - 1
    const sign = tokens[first]
    const meaning = tokens.slice(at + 1, at + 1 + longestAnswer)
    if (!sign || sign.text.length > longestSign || (meaning[0]?.text.length ?? 0) < 2) continue
    const one = words.answers.has(meaning[0]?.text ?? '')
    const [hit] = sign.kind === 'word' && !one ? hitsOf(meaning, words.phrases) : []
    const length = one ? 1 : hit?.first === 0 && hasRole(hit, 'value') ? hit.last : 0
    if (length > 0) key.set(signOf(tokens, first, at), meaning.slice(0, length))
  }
  return key
}

/** Two letters with a slash ("n/e"). */
const isPair = (tokens: readonly Token[], at: number): boolean =>
  tokens[at + 1]?.text === '/' && isLetter(tokens[at]) && isLetter(tokens[at + 2])

const isLetter = (token: Token | undefined): boolean => token?.kind === 'word' && token.text.length === 1

const signOf = (tokens: readonly Token[], first: number, end: number): string =>
  tokens
    .slice(first, end)
    .map(({ text, capitals }) => (capitals ? text.toUpperCase() : text))
    .join('')

function mayAnswer(tokens: readonly Token[], at: number, end: number): boolean {
  const before = tokens[at - 1]
  const next = tokens[end]
  const asked = before?.kind === 'word' || before?.kind === 'tab' || before?.text === ':'
  return asked && (next === undefined || next.kind === 'break' || endsAnswer.has(next.text))
}
