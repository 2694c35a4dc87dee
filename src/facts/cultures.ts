import type { CultureResult } from './facts.js'
import { conceptOf, conceptsOf, objectsOf, stringOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { reportOf, resultsOf, sayingsOf, sideOfReport } from './report-text.js'
import { noteUnreadable, provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import { interpretationOf } from './sign-values.js'
import type { Statement } from './statement.js'
import { reportStatuses, statusIn } from './validity.js'

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

/** S, I or R of one susceptibility test, by interpretation, coded value or word. */
const verdictOf = (test: Fields): Susceptibility['verdict'] | undefined =>
  codeVerdict(test['interpretation']) ??
  codeVerdict(test['valueCodeableConcept']) ??
  wordVerdict(conceptOf(test['valueCodeableConcept'])?.coding?.[0]?.display) ??
  wordVerdict(stringOf(test['valueString']))

/** Tests against one agent each; a test whose agent or verdict is not readable is no susceptibility. */
function susceptibilitiesOf(tests: readonly Fields[], { codes }: Reading): readonly Susceptibility[] {
  return tests.flatMap((test) => {
    const code = conceptOf(test['code'])
    const verdict = code && verdictOf(test)
    if (!verdict) return []
    return codes.medicine(code).ingredients.map((ingredient) => ({ ingredient, verdict }))
  })
}

/** An organism named and no "no growth", or an interpretation that says positive (clinical 2.5). */
function isPositive(parts: readonly Fields[], prose: readonly string[]): boolean {
  const interpreted = parts.map(interpretationOf)
  if (interpreted.includes('present')) return true
  const words = [...prose, ...parts.map((part) => wordsOf(conceptOf(part['valueCodeableConcept'])))].join(
    '. ',
  )
  return organism.test(words) && !noGrowth.test(words)
}

/**
 * Reads a milk or aspirate culture: positive or not, and what the germ is susceptible to.
 *
 * Shape:   a DiagnosticReport with its result Observations, in the chart or contained, or an Observation with
 *          components or members.
 * Edge:    a culture that names MRSA is also an MRSA entry among the problems.
 * Source:  clinical 2.5, 4.2
 */
export function readCulture(entry: Entry, statement: Statement, reading: Reading): void {
  const { sheet } = reading
  const { source, when, place } = statement
  const status = statusIn(reportStatuses, entry.fields['status'])
  if (status === 'unreadable')
    noteUnreadable(sheet, 'result', 'culture status could not be read', source, when)
  if (status !== 'counts' || place.elsewhere) return
  const report = reportOf(entry, reading)
  const members = report.results.flatMap((result) => [
    result,
    ...objectsOf(result['component']),
    ...resultsOf({ ...entry, fields: { ...result, contained: entry.fields['contained'] } }, reading),
  ])
  const tests = [...objectsOf(entry.fields['component']), ...members]
  const susceptibilities = susceptibilitiesOf(tests, reading)
  const organisms = members.filter((member) => verdictOf(member) === undefined)
  sheet.results.push({
    result: 'culture',
    positive: isPositive([entry.fields, ...organisms], report.prose) || susceptibilities.length > 0,
    side: sideOfReport(place.side, report, reading),
    susceptibilities,
    ...provenance(source, when, report.prose.length > 0),
  })
  noteMrsa(entry, statement, reading)
}

function noteMrsa(entry: Entry, { source, when, place }: Statement, reading: Reading): void {
  const sayings = sayingsOf(reportOf(entry, reading), place.side, false, reading)
  const mrsa = sayings.find(({ set, state, possible }) => set === 'mrsa' && state === 'present' && !possible)
  if (!mrsa) return
  reading.sheet.problems.push({
    sets: ['mrsa'],
    active: true,
    side: place.side,
    remission: false,
    ...(when && { recorded: when }),
    ...provenance(source, when, mrsa.fromText),
  })
}
