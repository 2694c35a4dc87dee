import type { Part } from './clauses.js'
import { hasRole, type Hit } from './phrases.js'
import type { Token } from './tokens.js'
import type { Words } from './words.js'

/** Shorter words are small ones, and no name of a thing. */
const shortestName = 4

/** Where a target stands. */
interface Standing {
  hit: Hit
  form: string | undefined
  part: Part
}

/**
 * Is a target said of a thing, or at a place, that no list knows: "hot drinks", "swelling of the parotid"?
 *
 * Shape: an adjective right before a word that no list knows, or any target before "of the" and such a word, in a comma part that names no
 *        place or side of its own. It may be a sign of hers or none, so it is not read as one.
 * Edge:  an adverb ("red laterally") is no thing; behind a verb or a person the adjective speaks of that ("she feels hot inside").
 */
export function isOfUnknownThing(
  { hit, form, part }: Standing,
  tokens: readonly Token[],
  words: Words,
): boolean {
  if (part.hits.some((one) => hasRole(one, 'place') || hasRole(one, 'side'))) return false
  const isName = (at: number): boolean => at < part.last && isUnknownName(tokens[at], words)
  if (form === 'adjective' && isName(hit.last))
    return !part.hits.some((one) => one.last <= hit.first && speaksOf(one))
  const of = tokens[hit.last]?.text ?? ''
  const article = tokens[hit.last + 1]?.text ?? ''
  return words.locating.has(of) && words.articles.has(article) && isName(hit.last + 2)
}

const speaksOf = (hit: Hit): boolean => hasRole(hit, 'verb') || hasRole(hit, 'subject')

function isUnknownName(token: Token | undefined, { phrases, table }: Words): boolean {
  if (token?.kind !== 'word' || token.text.length < shortestName || token.text.endsWith('ly')) return false
  return phrases.knownWords.numbersOf(token.text) === undefined && table.get(token.text) === undefined
}
