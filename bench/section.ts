import type { Bench } from './bench.js'

/** A target of product section 6 or issue 7, and what this run says of it. */
export interface Verdict {
  target: string
  limit: string
  measured: string
  met: boolean
}

/** What a section adds to the page. */
export interface Part {
  /** Markdown, without the heading. */
  lines: readonly string[]
  verdicts: readonly Verdict[]
  /** Pictures that belong beside the page, by name. */
  files?: ReadonlyMap<string, string>
}

/** One subject of the benchmark. */
export interface Section {
  /** What `--only` calls it. */
  name: string
  title: string
  run: (bench: Bench) => Promise<Part>
}
