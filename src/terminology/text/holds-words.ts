import { hasRole, hitsOf } from './phrases.js'
import type { TextKind } from './reading.js'
import type { TextWords } from './text-words.js'
import { tokensOf, type Token } from './tokens.js'
import type { Words } from './words.js'

/**
 * A quick look before a text is read: does it hold a target, or a word of a language that is not read?
 *
 * Edge: finds at least what the reading finds, and sometimes a text more.
 */
export const holdsWords = (text: string, kind: TextKind, words: TextWords): boolean =>
  [...words.values()].some((kinds) => {
    const mine = kinds.get(kind)
    return mine !== undefined && holds(tokensOf(text, mine.shortForms), mine)
  })

const holds = (tokens: readonly Token[], words: Words): boolean =>
  tokens.some(({ text }) => isForeign(text, words)) ||
  hitsOf(tokens, words.tree).some((hit) => hasRole(hit, 'target'))

const isForeign = (word: string, { table, language }: Words): boolean =>
  table.get(word)?.includes(language) === false
