import type { Chart } from '../gather/chart.js'
import type { CodeBook, SetMatch } from './code-book.js'
import type { Facts, PatientFacts, Provenance, ResourceRef, Result, Sign, Span, Unreadable } from './facts.js'
import type { Fields } from './narrow.js'
import type { ZoneClock } from './zone-clock.js'

type FactList = Exclude<keyof Facts, 'patient' | 'reads' | 'earlier' | 'droppedForeign'>

/** The facts of one chart while they are being collected; each reader adds to the lists of its subject. */
export type Sheet = { [List in FactList]: Facts[List][number][] } & {
  patient?: PatientFacts
  droppedForeign: number
  /** Pain scores without a body site: breast pain only beside other evidence (unplaced-pain.ts). */
  unplacedPain: Sign[]
}

/** A sheet with nothing on it yet. */
export const emptySheet = (droppedForeign = 0): Sheet => ({
  lactation: [],
  births: [],
  pregnancy: [],
  measures: [],
  signs: [],
  course: [],
  problems: [],
  medicines: [],
  care: [],
  results: [],
  allergies: [],
  encounters: [],
  drafts: [],
  unreadable: [],
  unplacedPain: [],
  droppedForeign,
})

/** What every reader works with: the code sets, the clock, the chart around, and the sheet to write on. */
export interface Reading {
  chart: Chart
  codes: CodeBook
  clock: ZoneClock
  sheet: Sheet
  /** The chart's resource of that name ("Condition/x"), if it was read. */
  find: (reference: ResourceRef) => Fields | undefined
}

/** One resource of the patient, by its name in facts. */
export interface Entry {
  fields: Fields
  source: ResourceRef
}

/** Source, time if known, and origin of a fact. */
export const provenance = (source: ResourceRef, when: Span | undefined, fromText: boolean): Provenance =>
  when ? { source, when, fromText } : { source, fromText }

/** Notes a value that is there but could not be read; `why` is ours and names fields, never values. */
export function noteUnreadable(
  sheet: Sheet,
  subject: Unreadable['subject'],
  why: string,
  source: ResourceRef,
  when?: Span,
): void {
  sheet.unreadable.push({ subject, why, ...provenance(source, when, false) })
}

/** Does the concept belong to the set? */
export const isIn = (sets: readonly SetMatch[], set: string): boolean =>
  sets.some((match) => match.set === set)

const isUltrasound = (result: Result): boolean =>
  result.result === 'imaging' && result.modality === 'ultrasound'

/**
 * Notes as unreadable everything a scratch sheet says, because the resource behind it cannot stand (time, status).
 *
 * Edge: the course of an illness and orders have no subject of their own; they are left out.
 */
export function noteAllUnreadable(sheet: Sheet, scratch: Sheet, why: string): void {
  const note = (subject: Unreadable['subject'], { source, when }: Provenance): void =>
    noteUnreadable(sheet, subject, why, source, when)
  for (const fact of scratch.lactation) note('lactation', fact)
  for (const fact of scratch.births) note('birth', fact)
  for (const fact of scratch.pregnancy) note('pregnancy', fact)
  for (const fact of scratch.measures) note(fact.kind, fact)
  for (const fact of scratch.signs) note(fact.sign, fact)
  for (const fact of scratch.results) note(isUltrasound(fact) ? 'ultrasound' : 'result', fact)
  for (const fact of scratch.problems) for (const set of fact.sets) note(set, fact)
  for (const fact of scratch.medicines) note('medicine', fact)
  for (const entry of scratch.unreadable) sheet.unreadable.push(entry)
}
