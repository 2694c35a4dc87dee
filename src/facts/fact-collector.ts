import type { Questionnaire } from 'fhir/r4.js'
import type { Chart } from '../gather/chart.js'
import type { CallBudget } from './call-budget.js'
import type { CallTexts } from './call-texts.js'
import type { CodeBook, SetMatch } from '../terminology/code-book.js'
import type { Facts, PatientFacts, Provenance, ResourceRef, Result, Sign, Span, Unreadable } from './facts.js'
import type { Fields } from './fhir/narrow.js'
import type { CallReader, ResourceTexts } from './text-reader.js'
import type { ZoneClock } from './fhir/zone-clock.js'

type FactList = Exclude<keyof Facts, 'patient' | 'reads' | 'earlier' | 'droppedForeign' | 'unjudgedDrafts'>

/** The facts of one chart while readers collect them; each reader adds to the lists of its subject. */
export type FactCollector = { [List in FactList]: Facts[List][number][] } & {
  patient?: PatientFacts
  droppedForeign: number
  unjudgedDrafts?: number
  /** Pain scores without a body site; `unplaced-pain.ts` says when they count as breast pain. */
  unplacedPain: Sign[]
}

/** A collector that holds no fact yet. */
export const emptyCollector = (droppedForeign = 0): FactCollector => ({
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
  texts: [],
  unplacedPain: [],
  droppedForeign,
})

/** How many facts a collector holds. */
export function factsOn(collector: FactCollector): number {
  let facts = 0
  for (const name in collector) {
    const list = collector[name as keyof FactCollector]
    if (Array.isArray(list)) facts += list.length
  }
  return facts
}

/** What the readers of one call share: the chart, the code sets, the clock, and the collector they add facts to. */
export interface CallContext {
  chart: Chart
  codes: CodeBook
  check: Questionnaire
  texts: CallTexts
  textsOf: ResourceTexts
  budget: CallBudget
  clock: ZoneClock
  collector: FactCollector
  /** The resource of the chart that a reference names, if the chart holds it. */
  find: (reference: string) => Fields | undefined
}

/** What the reader of one resource needs: all of the call, and the reader of the texts of the resource. */
export interface ReaderContext extends CallContext {
  readText: CallReader
}

/** The context for one resource. */
export const contextOf = (source: ResourceRef, context: CallContext): ReaderContext => ({
  ...context,
  readText: context.textsOf(source),
})

/** One resource of the patient, and the reference by which facts name it. */
export interface PatientResource {
  fields: Fields
  source: ResourceRef
}

/** The source, the time if there is one, and the origin of a fact. */
export const provenance = (source: ResourceRef, when: Span | undefined, fromText: boolean): Provenance =>
  when ? { source, when, fromText } : { source, fromText }

/**
 * Notes a value that is charted but cannot be read.
 *
 * Privacy: `why` is the service's own wording; it names fields and never values.
 */
export function noteUnreadable(
  collector: FactCollector,
  subject: Unreadable['subject'],
  why: string,
  { source, when }: { source: ResourceRef; when?: Span | undefined },
): void {
  collector.unreadable.push({ subject, why, ...provenance(source, when, false) })
}

/** Does one of the matches name this set? */
export const matchesSet = (sets: readonly SetMatch[], set: string): boolean =>
  sets.some((match) => match.set === set)

const isUltrasound = (result: Result): boolean =>
  result.result === 'imaging' && result.modality === 'ultrasound'

/**
 * Notes every fact of `doubtful` as unreadable, because the time or the status of its resource cannot be used.
 *
 * Edge: statements on the course of an illness, and orders, are left out: no rule asks whether one of them was
 *       unreadable.
 */
export function noteAllUnreadable(collector: FactCollector, doubtful: FactCollector, why: string): void {
  const note = (subject: Unreadable['subject'], { source, when }: Provenance): void =>
    noteUnreadable(collector, subject, why, { source, when })
  for (const fact of doubtful.lactation) note('lactation', fact)
  for (const fact of doubtful.births) note('birth', fact)
  for (const fact of doubtful.pregnancy) note('pregnancy', fact)
  for (const fact of doubtful.measures) note(fact.kind, fact)
  for (const fact of doubtful.signs) note(fact.sign, fact)
  for (const fact of doubtful.results) note(isUltrasound(fact) ? 'ultrasound' : 'result', fact)
  for (const fact of doubtful.problems) for (const set of fact.sets) note(set, fact)
  for (const fact of doubtful.medicines) note('medicine', fact)
  for (const entry of doubtful.unreadable) collector.unreadable.push(entry)
}
