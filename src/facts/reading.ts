import type { Questionnaire } from 'fhir/r4.js'
import type { CodeBook } from '../terminology/code-book.js'
import type { TextWords } from '../terminology/text/text-words.js'

/**
 * What a reader needs beside the chart: the reviewed code sets, the reviewed words of texts, the Questionnaire of the breast
 * check, and the zone of times without offset.
 */
export interface ReadingRules {
  codes: CodeBook
  words: TextWords
  check: Questionnaire
  /** The IANA name of the zone, from the parameter `time.defaultZone`. */
  zone: string
}
