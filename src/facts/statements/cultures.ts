import type { CultureResult } from '../facts.js'
import { antibioticClasses } from '../../terminology/concepts.js'
import { conceptOf, conceptsOf, objectsOf, stringOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { codedConclusions, proseOfReport, reportOf, resultsOf, sideOfReport } from './report-text.js'
import type { ReportParts } from './report-text.js'
import { ingredientsNamed } from '../medicines/medicine-names.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { organismNamed } from './organisms.js'
import { interpretationOf } from './sign-values.js'
import { susceptibilitiesIn } from './susceptibility-words.js'
import type { Statement } from './statement.js'
import { containedIn, reportStatuses, statusIn } from '../fhir/validity.js'

type Susceptibility = CultureResult['susceptibilities'][number]

const verdictCodes = new Map<string, Susceptibility['verdict']>([
  ['S', 'S'],
  ['I', 'I'],
  ['R', 'R'],
])
const verdictWords: readonly (readonly [RegExp, Susceptibility['verdict']])[] = [
  [/^\s*(?:resistant|r)\s*\.?$/i, 'R'],
  [/^\s*(?:intermediate|i)\s*\.?$/i, 'I'],
  [/^\s*(?:susceptible|sensitive|s)\s*\.?$/i, 'S'],
]
const noGrowth =
  /\bno\s+(?:\w+\s+){0,2}(?:growth|organisms?|pathogens?|bacteria|isolates?|mrsa|staph\w*|strep\w*)\b|\b(?:negative|sterile|not\s+(?:isolated|detected|grown))\b/i
const organism =
  /\b(?:staph\w*|aureus|mrsa|mssa|strep\w*|escherichia|e\. ?coli|klebsiella|pseudomonas|enterococc\w*|enterobacter\w*|corynebacter\w*|proteus|serratia|bacteroides|candida|acinetobacter)\b/i

const codeVerdict = (concepts: Fields['interpretation']): Susceptibility['verdict'] | undefined => {
  for (const concept of conceptsOf(concepts)) {
    for (const { code } of concept.coding ?? []) {
      const verdict = code === undefined ? undefined : verdictCodes.get(code)
      if (verdict) return verdict
    }
    const worded = wordVerdict(concept.text)
    if (worded) return worded
  }
  return undefined
}

const wordVerdict = (text: string | undefined): Susceptibility['verdict'] | undefined =>
  text === undefined || text.length > 30 ? undefined : verdictWords.find(([words]) => words.test(text))?.[1]

/** The verdict S, I or R of one susceptibility test, by its interpretation, coded value or word. */
const verdictOf = (test: Fields): Susceptibility['verdict'] | undefined =>
  codeVerdict(test['interpretation']) ??
  codeVerdict(test['valueCodeableConcept']) ??
  wordVerdict(conceptOf(test['valueCodeableConcept'])?.coding?.[0]?.display) ??
  wordVerdict(stringOf(test['valueString']))

/** The verdict for each agent, once; a test with an unreadable agent or verdict is left out. */
function susceptibilitiesOf(tests: readonly Fields[], context: ReaderContext): readonly Susceptibility[] {
  const found = new Map<string, Susceptibility>()
  for (const test of tests) {
    const code = conceptOf(test['code'])
    const verdict = code && verdictOf(test)
    if (!verdict) continue
    for (const ingredient of ingredientsNamed(code, context))
      found.set(`${ingredient} ${verdict}`, { ingredient, verdict })
  }
  return [...found.values()]
}

/** A germ that resists one of these is resistant to methicillin, if it is S. aureus (clinical 4.2). */
const markersOfMrsa: ReadonlySet<string> = new Set(['oxacillin', 'cefoxitin', 'flucloxacillin'])

const isResistantAureus = (organism: string | undefined, tests: readonly Susceptibility[]): boolean =>
  organism === 'S. aureus' &&
  tests.some(({ ingredient, verdict }) => verdict === 'R' && markersOfMrsa.has(ingredient))

/** An organism named and no "no growth", or an interpretation that says positive (clinical 2.5). */
function isPositive(parts: readonly Fields[], prose: readonly string[], { texts }: ReaderContext): boolean {
  const interpreted = parts.map(interpretationOf)
  if (interpreted.includes('present')) return true
  const said = [...prose, ...parts.map((part) => conceptWords(conceptOf(part['valueCodeableConcept'])))]
  const grown = said.map((text) =>
    texts.once('growth', text, () => {
      const words = texts.whole(text)
      return { organism: organism.test(words), none: noGrowth.test(words) }
    }),
  )
  return grown.some((text) => text.organism) && !grown.some((text) => text.none)
}

/**
 * Reads a milk or aspirate culture: positive or not, and what the germ is susceptible to.
 *
 * Shape:   a DiagnosticReport with its result Observations, in the chart or contained, or an Observation with
 *          components or members.
 * Edge:    a culture that names MRSA is also an MRSA entry among the problems.
 * Source:  clinical 2.5, 4.2
 */
export function readCulture(entry: PatientResource, statement: Statement, context: ReaderContext): void {
  const { collector } = context
  const { source, when, place } = statement
  const status = statusIn(reportStatuses, entry.fields['status'])
  if (status === 'unreadable')
    noteUnreadable(collector, 'result', 'culture status could not be read', { source, when })
  if (status !== 'counts' || place.elsewhere) return
  const contained = containedIn(entry.fields)
  const report = reportOf(entry, context, contained)
  const prose = proseOfReport(report)
  const members = report.results.flatMap((result) => [
    result,
    ...context.budget.take(objectsOf(result['component'])),
    ...resultsOf(result, contained, context),
  ])
  const tests = [...context.budget.take(objectsOf(entry.fields['component'])), ...members]
  const susceptibilities = context.budget.take([
    ...susceptibilitiesOf(tests, context),
    ...prose.flatMap((text) => susceptibilitiesIn(context.texts.whole(text), context)),
  ])
  const organisms = members.filter((member) => verdictOf(member) === undefined)
  const positive = isPositive([entry.fields, ...organisms], prose, context) || susceptibilities.length > 0
  const coded = codedConclusions(report, place.side, context).some(({ set }) => set === 'mrsa')
  const named = organismNamed([...prose, ...wordsOf([entry.fields, ...organisms])])
  const isMrsa = coded || saysMrsa(report, context) || isResistantAureus(named, susceptibilities)
  const organism = isMrsa ? 'MRSA' : named
  collector.results.push({
    result: 'culture',
    positive,
    side: sideOfReport(place.side, report, context),
    ...(positive && organism !== undefined && { organism }),
    susceptibilities: susceptibilities.map((each) => withClasses(each, context)),
    ...provenance(source, when, prose.length > 0),
  })
  if (isMrsa) noteMrsa(statement, !coded, context)
}

function withClasses(tested: Susceptibility, { codes }: ReaderContext): Susceptibility {
  const { sets } = codes.medicine(undefined, [tested.ingredient])
  const classes = antibioticClasses.filter((name) => sets.includes(name))
  return classes.length > 0 ? { ...tested, classes } : tested
}

/** What the values and conclusions of these parts say, in words. */
const wordsOf = (parts: readonly Fields[]): readonly string[] =>
  parts.flatMap((part) => [
    conceptWords(conceptOf(part['valueCodeableConcept'])),
    ...conceptsOf(part['conclusionCode']).map(conceptWords),
  ])

function saysMrsa(report: ReportParts, context: ReaderContext): boolean {
  const inWords = (text: string): boolean =>
    context
      .readText({ kind: 'condition', text })
      .readings.some(({ value, state }) => state === 'present' && value === 'mrsa')
  return proseOfReport(report).some(inWords)
}

function noteMrsa({ source, when, place }: Statement, fromText: boolean, context: ReaderContext): void {
  context.collector.problems.push({
    sets: ['mrsa'],
    active: true,
    side: place.side,
    remission: false,
    ...(when && { recorded: when }),
    ...provenance(source, when, fromText),
  })
}
