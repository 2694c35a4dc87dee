import type { CodeBook } from './code-book.js'

/** What reading a chart needs beside the chart: the reviewed code sets and the zone of times without offset. */
export interface ReadingRules {
  codes: CodeBook
  /** IANA zone, parameter `time.defaultZone`. */
  zone: string
}
