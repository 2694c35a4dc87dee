import type { CodeableConcept } from 'fhir/r4.js'
import type { Facts } from '../facts/facts.js'
import { readFacts } from '../facts/read-facts.js'
import type { ReadingRules } from '../facts/reading.js'
import { readKeys } from '../gather/chart.js'
import { searchedSets } from '../terminology/searched-sets.js'
import { textNamesBreast } from '../terminology/words-in-names.js'
import type { CodeFrequency } from './code-frequencies.js'

/** What a code is about, as far as the service asks. */
export const subjects = [
  'breast',
  'lactation',
  'antibiotic',
  'vital sign',
  'laboratory',
  'nobody can tell',
] as const
export type CodeSubject = (typeof subjects)[number]

/**
 * How the service knows a code: by the code; by its display alone; not at all.
 *
 * `not searched`: a measure that only its words name, for which no search of the service asks.
 */
export type Knowledge = 'code' | 'words' | 'not searched' | 'unknown'

/** One code of a site, what it is about, and how the service knows it. */
export interface CoveredCode extends CodeFrequency {
  subject: CodeSubject
  knowledge: Knowledge
  /** The set or medicine that its words name, where a line of `site.yaml` would make the code known. */
  set?: string
}

const patient = { reference: 'Patient/p' }
const day = '2026-01-05T08:00:00Z'
const present = { coding: [{ system: 'http://snomed.info/sct', code: '52101004' }] }

/** The smallest resource of each type that carries a code. */
const resourceOf: Readonly<Record<string, (code: CodeableConcept) => object>> = {
  Condition: (code) => ({ code, onsetDateTime: day }),
  Observation: (code) => ({ code, status: 'final', effectiveDateTime: day, valueCodeableConcept: present }),
  Procedure: (code) => ({ code, status: 'completed', performedDateTime: day }),
  ServiceRequest: (code) => ({ code, status: 'active', intent: 'order', authoredOn: day }),
  DiagnosticReport: (code) => ({ code, status: 'final', effectiveDateTime: day }),
  MedicationRequest: (code) => ({
    ...{ status: 'active', intent: 'order', authoredOn: day },
    medicationCodeableConcept: code,
  }),
  MedicationAdministration: (code) => ({
    ...{ status: 'completed', effectiveDateTime: day },
    medicationCodeableConcept: code,
  }),
  MedicationStatement: (code) => ({
    ...{ status: 'active', effectiveDateTime: day },
    medicationCodeableConcept: code,
  }),
  AllergyIntolerance: (code) => ({ code }),
}

/** The type that a code of a Medication stands in for. */
const typeOf = (resource: string): string => (resource === 'Medication' ? 'MedicationRequest' : resource)

function factsOf(type: string, code: CodeableConcept, reading: ReadingRules): Facts {
  const rest = resourceOf[type]?.(code) ?? {}
  const resource = { resourceType: type, id: 'r', subject: patient, patient, ...rest }
  return readFacts(
    {
      ...{ hook: 'patient-view', patientId: 'p', userId: 'Practitioner/p' },
      resources: [resource as never],
      medications: new Map(),
      named: new Map(),
      sources: readKeys.map((key) => ({ key, origin: 'prefetch', state: 'ok', count: 1, ms: 0 })),
      ...{ unreadChecks: [], droppedForeign: 0, draftOrders: [], selections: [] },
    },
    reading,
  )
}

const laboratory: ReadonlySet<string> = new Set(searchedSets.laboratory)
const lactation: ReadonlySet<string> = new Set([
  ...searchedSets.lactationStatus,
  ...['lactation-condition', 'weaned', 'delivery', 'living-infant'],
  ...['infant-loss', 'loss-in-pregnancy', 'infant-elsewhere'],
])
const measures: ReadonlySet<string> = new Set([
  ...searchedSets.temperatures,
  ...searchedSets.vitalSigns,
  ...searchedSets.laboratory,
])

const subjectOfSet = (set: string): CodeSubject =>
  laboratory.has(set)
    ? 'laboratory'
    : measures.has(set)
      ? 'vital sign'
      : lactation.has(set)
        ? 'lactation'
        : 'breast'

const lactationWords = /lact|breast ?f|nursing|postpart|puerper|amament|allait|still(?:en|end|t)\b/i

/** The set or medicine that a resource with this code was read as. */
function setIn({ problems, signs, medicines, care, results }: Facts): string | undefined {
  return (
    problems[0]?.sets[0] ??
    signs[0]?.sign ??
    medicines[0]?.ingredients[0] ??
    care[0]?.need ??
    (results[0]?.result === 'imaging' ? results[0].modality : undefined)
  )
}

/**
 * How the service knows one code of a site.
 *
 * Missing: undefined for a code that is none of its business.
 */
export function coverageOf(row: CodeFrequency, reading: ReadingRules): CoveredCode | undefined {
  const type = typeOf(row.resource)
  if (!resourceOf[type]) return undefined
  const { codes } = reading
  const coding = { system: row.system, code: row.code }
  const bare: CodeableConcept = { coding: [coding] }
  const worded: CodeableConcept = {
    coding: [row.display === '' ? coding : { ...coding, display: row.display }],
  }
  const [coded] = codes.codedSets(bare, { breast: true })
  const medicine = codes.medicine(bare)
  if (coded) return { ...row, subject: subjectOfSet(coded.set), knowledge: 'code' }
  if (medicine.ingredients.length > 0)
    return medicine.cover === 'none' ? undefined : { ...row, subject: 'antibiotic', knowledge: 'code' }
  const measure = type === 'Observation' ? codes.measureNamed(worded) : undefined
  if (measure !== undefined && measure !== 'another')
    return { ...row, subject: subjectOfSet(measure), knowledge: 'not searched', set: measure }
  return byWords(row, factsOf(type, worded, reading), worded, reading)
}

function byWords(
  row: CodeFrequency,
  facts: Facts,
  concept: CodeableConcept,
  { codes }: ReadingRules,
): CoveredCode | undefined {
  const set = setIn(facts)
  const [medicine] = facts.medicines
  if (medicine) {
    if (medicine.cover === 'none') return undefined
    const known = medicine.cover === 'unknown' ? 'unknown' : 'words'
    return { ...row, subject: 'antibiotic', knowledge: known, ...(set !== undefined && { set }) }
  }
  if (set !== undefined) return { ...row, subject: subjectOfSet(set), knowledge: 'words', set }
  if (facts.births.length + facts.lactation.length > 0)
    return { ...row, subject: 'lactation', knowledge: 'words' }
  const chapter = codes.chapterOf(concept)
  if (chapter === 'known') return undefined
  if (chapter === 'birth') return { ...row, subject: 'lactation', knowledge: 'unknown' }
  if (chapter === 'open' || textNamesBreast(row.display))
    return { ...row, subject: 'breast', knowledge: 'unknown' }
  if (lactationWords.test(row.display)) return { ...row, subject: 'lactation', knowledge: 'unknown' }
  return facts.unreadable.length > 0
    ? { ...row, subject: 'nobody can tell', knowledge: 'unknown' }
    : undefined
}
