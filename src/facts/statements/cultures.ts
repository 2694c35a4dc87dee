import type { CultureResult } from '../facts.js'
import { conceptOf, conceptsOf, objectsOf, stringOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { codedConclusions, proseOfReport, reportOf, resultsOf, sideOfReport } from './report-text.js'
import type { ReportParts } from './report-text.js'
import { ingredientsNamed } from '../medicines/medicine-names.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { interpretationOf } from './sign-values.js'
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
  return context.budget.take([...found.values()])
}

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
  const susceptibilities = susceptibilitiesOf(tests, context)
  const organisms = members.filter((member) => verdictOf(member) === undefined)
  collector.results.push({
    result: 'culture',
    positive: isPositive([entry.fields, ...organisms], prose, context) || susceptibilities.length > 0,
    side: sideOfReport(place.side, report, context),
    susceptibilities,
    ...provenance(source, when, prose.length > 0),
  })
  noteMrsa(report, statement, context)
}

function noteMrsa(report: ReportParts, { source, when, place }: Statement, context: ReaderContext): void {
  const coded = codedConclusions(report, place.side, context).some(({ set }) => set === 'mrsa')
  const inWords = (text: string): boolean =>
    context
      .readText({ kind: 'condition', text })
      .readings.some(({ value, state }) => state === 'present' && value === 'mrsa')
  if (!coded && !proseOfReport(report).some(inWords)) return
  context.collector.problems.push({
    sets: ['mrsa'],
    active: true,
    side: place.side,
    remission: false,
    ...(when && { recorded: when }),
    ...provenance(source, when, !coded),
  })
}
