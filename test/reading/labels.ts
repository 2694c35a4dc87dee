import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AskedText } from '../../src/terminology/text/reading.js'

/** What a line should be read as; members as in `test/reading/corpus/README.md`. */
export interface Label {
  term: string
  state: string
  side?: 'left' | 'right' | 'both'
  value?: string | number
  or?: readonly string[]
  accept?: readonly string[]
}

export interface LabelledLine extends AskedText {
  id: string
  family: string
  expect: readonly Label[]
  free?: readonly string[]
  note?: string
}

/** How a line was read. "false alarm" and "missed" are the dangerous ones. */
export const verdicts = ['right', 'false alarm', 'missed', 'side', 'other'] as const
export type Verdict = (typeof verdicts)[number]

export interface Fault {
  verdict: Exclude<Verdict, 'right'>
  what: string
}

export const fault = (verdict: Fault['verdict'], what: string): Fault => ({ verdict, what })

export const accepts = ({ accept = [] }: Label, state: string): boolean => accept.includes(state)

/** The labelled lines of all files of a folder. */
export function linesIn(dir: string): readonly LabelledLine[] {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(dir, name))
  if (files.length === 0) throw new Error(`${dir} holds no .jsonl file of labelled lines`)
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((row) => row.trim() !== '')
      .map((row) => JSON.parse(row) as LabelledLine),
  )
}

const isSide = (side: string): side is 'left' | 'right' | 'unspecified' => side !== 'both'

/** Both is left and right. */
export const spread = (sides: Iterable<string>): ReadonlySet<string> =>
  new Set([...sides].flatMap((side) => (isSide(side) ? [side] : ['left', 'right'])))

export const sameSides = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  some.size === others.size && [...some].every((side) => others.has(side))
