import type { Parameters } from '../assess/parameters.js'
import type { CardPack } from '../cards/card-pack.js'
import type { ReadingRules } from '../facts/reading.js'
import type { localSearches } from '../terminology/searched-sets.js'
import type { TextWords } from '../terminology/text/text-words.js'

/**
 * The clinical content in force: code sets, parameters and cards, loaded and checked once.
 *
 * Shape: frozen; a reload makes a new library and replaces the old one whole.
 */
export interface Library {
  reading: ReadingRules
  /** The words of clinical texts, by language and kind of text. */
  words: TextWords
  parameters: Parameters
  pack: CardPack
  /** The codes of the site that each search by code asks for too. */
  localSearches: ReturnType<typeof localSearches>
}
