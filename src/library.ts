import type { Parameters } from './assess/parameters.js'
import type { CardPack } from './cards/card-pack.js'
import type { ReadingRules } from './facts/reading.js'

/**
 * The clinical content as the service runs it: code sets, parameters and cards, loaded and checked once.
 *
 * Shape: frozen; a reload builds a new one and swaps it whole.
 */
export interface Library {
  reading: ReadingRules
  parameters: Parameters
  pack: CardPack
}
