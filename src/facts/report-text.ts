import type { CodeableConcept } from 'fhir/r4.js'
import type { TextReading } from './code-book.js'
import type { Side } from './facts.js'
import { conceptOf, conceptsOf, objectsOf, referenceOf, stringOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { Entry, Reading } from './sheet.js'
import { nameIn } from './validity.js'

/** The parts of a report that say something: its prose, its coded conclusions and the Observations of its result. */
export interface Report {
  prose: readonly string[]
  conclusions: readonly CodeableConcept[]
  results: readonly Fields[]
}

const mostResults = 200

/** Observations named under `result` or `hasMember`, each once, contained or in the chart. */
export function resultsOf({ fields }: Entry, { find }: Reading): readonly Fields[] {
  const references = [...objectsOf(fields['result']), ...objectsOf(fields['hasMember'])].slice(0, mostResults)
  if (references.length === 0) return []
  const contained = new Map(
    objectsOf(fields['contained']).flatMap((part): readonly (readonly [string, Fields])[] => {
      const id = stringOf(part['id'])
      return id === undefined ? [] : [[`#${id}`, part]]
    }),
  )
  const found = new Set<Fields>()
  for (const reference of references) {
    const name = referenceOf(reference)
    const result = name === undefined ? undefined : (contained.get(name) ?? find(nameIn(name)))
    if (result && result['status'] !== 'entered-in-error') found.add(result)
  }
  return [...found]
}

const valueProse = (fields: Fields, reading: Reading): readonly string[] => {
  const text = stringOf(fields['valueString'])
  if (text !== undefined) return [text]
  const concept = conceptOf(fields['valueCodeableConcept'])
  if (!concept || reading.codes.hasRecognisedSystem(concept)) return []
  const words = stringOf(concept.text) ?? stringOf(wordsOf(concept))
  return words === undefined ? [] : [words]
}

/** What a DiagnosticReport, or an Observation that is a report by itself, says. */
export function reportOf(entry: Entry, reading: Reading): Report {
  const { fields } = entry
  const results = resultsOf(entry, reading)
  const conclusion = stringOf(fields['conclusion'])
  const coded = [fields, ...results].flatMap((part) => conceptOf(part['valueCodeableConcept']) ?? [])
  const conclusions = [...conceptsOf(fields['conclusionCode']), ...coded]
  const worded = conceptsOf(fields['conclusionCode']).filter(
    (concept) => !reading.codes.hasRecognisedSystem(concept),
  )
  return {
    prose: [
      ...(conclusion === undefined ? [] : [conclusion]),
      ...worded.map((concept) => concept.text ?? wordsOf(concept)),
      ...[fields, ...results].flatMap((part) => valueProse(part, reading)),
    ],
    conclusions,
    results,
  }
}

/** The side of a report that is about one place: its own, else the one its prose names. */
export const sideOfReport = (own: Side, { prose }: Report, { codes }: Reading): Side =>
  own === 'unspecified' && prose.length > 0 ? codes.sideOf(undefined, prose.join('; ')) : own

/** One thing a report says of one side. */
export type Saying = TextReading['concepts'][number] & { fromText: boolean }

/** Everything a report says, coded or in words, with its side; imaging words are read as imaging words. */
export function sayingsOf(
  report: Report,
  side: Side,
  imaging: boolean,
  { codes }: Reading,
): readonly Saying[] {
  const coded = report.conclusions.flatMap((concept) => {
    const own = codes.sideOf(undefined, wordsOf(concept))
    return codes.setsOf(concept, { breast: true }).map(({ set, fromText }): Saying => ({
      set,
      state: 'present',
      possible: false,
      side: own === 'unspecified' ? side : own,
      fromText,
    }))
  })
  const worded = report.prose.flatMap((text) =>
    codes
      .readText(text, { aboutBreast: true, side, imaging })
      .concepts.map((saying): Saying => ({ ...saying, fromText: true })),
  )
  return [...coded.filter(({ fromText }) => !fromText), ...worded]
}
