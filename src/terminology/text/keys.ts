import type { Token } from './tokens.js'
import type { Words } from './words.js'

const endsAnswer = new Set([',', ';', '.', '(', ')', '|', '/'])

/**
 * Puts the words of a key in the place of its letters or numbers: "A = absent, P = present. Dimpling A, lump P".
 *
 * Shape: a letter or number counts where it stands right behind a word and ends its part.
 * Edge:  only in a text that has such a key; a letter counts as it is written there, capital or small.
 */
export function withKeyAnswers(tokens: readonly Token[], { answers }: Words): readonly Token[] {
  const key = keyOf(tokens, answers)
  if (key.size === 0) return tokens
  return tokens.map((token, at) => {
    const meaning = key.get(signOf(token))
    if (meaning === undefined || tokens[at - 1]?.kind !== 'word' || !endsPart(tokens[at + 1])) return token
    return { ...token, kind: 'word', text: meaning }
  })
}

/** The answers by the letters and numbers that stand for them. */
function keyOf(tokens: readonly Token[], answers: ReadonlySet<string>): ReadonlyMap<string, string> {
  const key = new Map<string, string>()
  for (const [at, { text }] of tokens.entries()) {
    const before = tokens[at - 1]
    const meaning = tokens[at + 1]?.text ?? ''
    if (text !== '=' || !before || !isShort(before) || meaning.length < 2 || !answers.has(meaning)) continue
    key.set(signOf(before), meaning)
  }
  return key
}

const isShort = ({ kind, text }: Token): boolean =>
  (kind === 'word' || kind === 'number') && text.length === 1

const signOf = ({ text, capitals }: Token): string => (capitals ? text.toUpperCase() : text)

const endsPart = (next: Token | undefined): boolean =>
  next === undefined || next.kind === 'break' || endsAnswer.has(next.text)
