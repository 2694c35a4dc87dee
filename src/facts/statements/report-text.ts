import type { CodeableConcept } from 'fhir/r4.js'
import type { Side } from '../../terminology/concepts.js'
import { conceptOf, conceptsOf, objectsOf, referenceOf, stringOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { joinedSides } from '../../terminology/side.js'
import { containedIn } from '../fhir/validity.js'

/** The parts of a report that are read: its texts, its coded conclusions and the Observations of its result. */
export interface ReportParts {
  /** The conclusion, and the words of conclusions without a code of ours. */
  concluding: readonly string[]
  /** The other texts: values of the report itself and of its results. */
  describing: readonly string[]
  conclusions: readonly CodeableConcept[]
  results: readonly Fields[]
}

/** Observations named under `result` or `hasMember`, each once, contained or in the chart. */
export function resultsOf(
  fields: Fields,
  contained: ReadonlyMap<string, Fields>,
  { budget, find }: ReaderContext,
): readonly Fields[] {
  const references = budget.take([...objectsOf(fields['result']), ...objectsOf(fields['hasMember'])])
  const found = new Set<Fields>()
  for (const reference of references) {
    const name = referenceOf(reference)
    const result = name === undefined ? undefined : (contained.get(name) ?? find(name))
    if (!result || result['status'] === 'entered-in-error' || found.has(result)) continue
    if (budget.allowsAgain(result)) found.add(result)
  }
  return [...found]
}

/** The words of a concept, unless one of its codes says the same. */
function uncodedWords(concept: CodeableConcept, { codes }: ReaderContext): readonly string[] {
  if (codes.codedSets(concept, { breast: true }).length > 0) return []
  const words = stringOf(concept.text) ?? stringOf(conceptWords(concept))
  return words === undefined ? [] : [words]
}

function valueWords(fields: Fields, context: ReaderContext): readonly string[] {
  const text = stringOf(fields['valueString'])
  if (text !== undefined) return [text]
  const concept = conceptOf(fields['valueCodeableConcept'])
  return concept ? uncodedWords(concept, context) : []
}

/**
 * The parts of a DiagnosticReport, or of an Observation that is a report by itself.
 *
 * Edge: an Observation of the result that is coded as an impression concludes.
 */
export function reportOf(
  { fields }: PatientResource,
  context: ReaderContext,
  contained = containedIn(fields),
): ReportParts {
  const { budget, codes } = context
  const results = resultsOf(fields, contained, context)
  const conclusion = stringOf(fields['conclusion'])
  const concluded = budget.take(conceptsOf(fields['conclusionCode']))
  const holders = [fields, ...results]
  const isImpression = (part: Fields): boolean =>
    codes.codedSets(conceptOf(part['code'])).some(({ set }) => set === 'imaging-impression')
  const textsOf = (parts: readonly Fields[]): readonly string[] =>
    parts.flatMap((part) => valueWords(part, context))
  return {
    concluding: [
      ...(conclusion === undefined ? [] : [conclusion]),
      ...concluded.flatMap((concept) => uncodedWords(concept, context)),
      ...textsOf(holders.filter(isImpression)),
    ],
    describing: textsOf(holders.filter((part) => !isImpression(part))),
    conclusions: [...concluded, ...holders.flatMap((part) => conceptOf(part['valueCodeableConcept']) ?? [])],
    results,
  }
}

/** Every text of a report. */
export const proseOfReport = ({ concluding, describing }: ReportParts): readonly string[] => [
  ...concluding,
  ...describing,
]

/** The side of a report that is about one place: its own, else the one its prose names. */
export const sideOfReport = (own: Side, report: ReportParts, { codes, texts }: ReaderContext): Side =>
  own === 'unspecified'
    ? joinedSides(
        proseOfReport(report).map((text) => texts.once('side', text, () => codes.sideOf(undefined, text))),
      )
    : own

/** A coded conclusion of a report: a set of our codes, and the side that it is about. */
export interface CodedConclusion {
  set: string
  side: Side
}

/** The sets of the coded conclusions of a report; words of a conclusion name its side. */
export const codedConclusions = (
  { conclusions }: ReportParts,
  side: Side,
  { codes }: ReaderContext,
): readonly CodedConclusion[] =>
  conclusions.flatMap((concept) => {
    const own = codes.sideOf(undefined, conceptWords(concept))
    return codes
      .codedSets(concept, { breast: true })
      .map(({ set }) => ({ set, side: own === 'unspecified' ? side : own }))
  })
