import type { MedicineMatch } from './medicine-match.js'
import type { MedicineSet } from './concepts.js'
import type { CodeGrade } from './code-grades.js'
import type { SystemName } from './code-systems.js'
import type { SystemFamilies } from './system-families.js'

/** One parsed file of `cards/codes/`; `lineOf` finds the line of a key where lines are known. */
export interface CodeFile {
  file: string
  content: unknown
  lineOf?: (path: readonly (string | number)[]) => number | undefined
}

export const setKinds = [
  'sign',
  'systemic-sign',
  'diagnosis',
  'care',
  'result',
  'observation',
  'value',
  'site',
  'chapter',
] as const
export type SetKind = (typeof setKinds)[number]

export interface CodeEntry {
  system: SystemName
  /** The code as written; a trailing `*` matches every code that begins with the rest. */
  code: string
  display?: string
  grade: CodeGrade
  needsBreast: boolean
  /** The code counts only where a text of its concept holds one of these words ... */
  ifText: readonly string[]
  /** ... and no text one of these. */
  unlessText: readonly string[]
}

/**
 * The range of values, ends included, that a measure of a living adult can have.
 *
 * Units: the one unit of the measure; `unit` prints it, where there is one.
 */
export interface PlausibleRange {
  from: number
  to: number
  unit?: string
  source: string
}

/** Writes a range, such as "30-45 °C". */
export const rangeInWords = ({ from, to, unit }: PlausibleRange): string =>
  `${from}-${to}${unit === undefined ? '' : ` ${unit}`}`

export interface CodeSet {
  id: string
  file: string
  title: string
  source: string
  kind: SetKind
  codes: readonly CodeEntry[]
  /** The file of `cards/words/`, in the folder of each language, that has the words of the set. */
  wordsIn?: string
  /** Of an answer that names a share of the breast, from 0 to 100. */
  percent?: number
  /** Present for a measure only. */
  plausible?: PlausibleRange
  /** Of a measure or a chapter: the words of a code that name it, unless one of the others stands beside them. */
  named?: { words: readonly string[]; unless: readonly string[] }
}

interface MedicineKind {
  name: string
  file: string
  source: string
  cover: MedicineMatch['cover']
  mrsa: MedicineMatch['mrsa']
  sets: readonly MedicineSet[]
}

/** A medicine; its names are the words of the target of the same name in `cards/words/`. */
export interface Ingredient extends MedicineKind {
  codes: readonly CodeEntry[]
  madeOf: readonly string[]
  coverWithBreastReason?: 'other'
}

/** Medicines known only by the shape of their name (in `cards/words/`) or by ATC groups. */
export interface MedicineFamily extends MedicineKind {
  /** ATC groups, each with a trailing `*`. */
  atc: readonly string[]
}

/** All files of `cards/codes/`, read and checked. */
export interface CodeContent {
  sets: ReadonlyMap<string, CodeSet>
  ingredients: ReadonlyMap<string, Ingredient>
  families: readonly MedicineFamily[]
  systems: SystemFamilies
}
