import type { CodeBook } from '../terminology/code-book.js'
import type { TextWords } from '../terminology/text/text-words.js'

/**
 * The three things that a reader needs beside the chart: the reviewed code sets, the reviewed words of texts, and the
 * zone of times without offset.
 */
export interface ReadingRules {
  codes: CodeBook
  words: TextWords
  /** The IANA name of the zone, from the parameter `time.defaultZone`. */
  zone: string
}
