import type { MedicineMatch } from './medicine-match.js'
import type { MedicineSet } from './concepts.js'
import type { SystemName } from './code-systems.js'

/** One file of `cards/codes/`, already parsed; `lineOf` finds the line of a key if the caller knows lines. */
export interface CodeFile {
  file: string
  content: unknown
  lineOf?: (path: readonly (string | number)[]) => number | undefined
}

/** How far a code was verified (clinical section 2): A to E, U unverified. */
export const codeGrades = ['A', 'B', 'C', 'D', 'E', 'U'] as const
export type CodeGrade = (typeof codeGrades)[number]

export const setKinds = [
  'sign',
  'systemic-sign',
  'diagnosis',
  'care',
  'result',
  'observation',
  'value',
  'site',
] as const
export type SetKind = (typeof setKinds)[number]

export interface CodeEntry {
  system: SystemName
  /** As written; a trailing `*` takes every code that begins so. */
  code: string
  display?: string
  grade: CodeGrade
  needsBreast: boolean
  /** The code counts only where a text of its concept holds one of these words. */
  ifText: readonly string[]
}

/**
 * Between which values, ends included, a measure of a living adult can lie.
 *
 * Units: the one unit of the measure; `unit` prints it, where there is one.
 */
export interface PlausibleRange {
  from: number
  to: number
  unit?: string
  source: string
}

/** "30-45 °C". */
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
  /** Of a measure only. */
  plausible?: PlausibleRange
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

/** Medicines known by the shape of their name (in `cards/words/`) or by ATC groups only. */
export interface MedicineFamily extends MedicineKind {
  /** Each with a trailing `*`. */
  atc: readonly string[]
}

/** All files of `cards/codes/`, read and checked. */
export interface CodeContent {
  sets: ReadonlyMap<string, CodeSet>
  ingredients: ReadonlyMap<string, Ingredient>
  families: readonly MedicineFamily[]
}
