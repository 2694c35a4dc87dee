import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readContent } from '../cards/content/load-content.js'
import type { WireCard } from '../cards/chosen-card.js'
import { DataUnavailable, problemLine, type FileProblem } from '../errors.js'
import { checkLibrary } from '../service/load-library.js'
import type { Library } from '../service/library.js'
import { hookNames } from '../protocol/hook-request.js'
import type { HookName } from '../protocol/hook-request.js'
import { evaluate } from './evaluate.js'
import { explainText } from './explain-text.js'
import { fixtureNames, readFixture, readOrderBundles, readRecordsBeside } from './fixture.js'
import { UsageError } from './usage-error.js'

const help = `npm run try -- <fixture or bundle.json> [options]

Evaluates one patient without a server and prints the cards.

  --hook <name>            patient-view (default), order-select or order-sign
  --order <name or file>   a draft order of fhir-fixtures/orders, or a Bundle file; may be repeated
  --with <name or file>    a record of fhir-fixtures/records beside her chart, or a file like one; may be repeated
  --patient <id>           the patient of a Bundle file that holds several
  --at <instant>           the moment to judge at; default: the story's, for a Bundle file now
  --explain                every fact, finding (with reason and resource) and card (with what showed or hid it)
  --all                    with --explain: absent findings too
  --what-if <name=value>   another value of a parameter, and what it changes; may be repeated
  --json                   the answer as it goes on the wire
  --list                   the names of all fixture patients

Examples: npm run try -- antibiotic-48h-not-improving --explain
          npm run try -- antibiotic-47h-not-improving --what-if response.dueHours=47
          npm run try -- healthy-lactating --with breast-pain-left
          npm run try -- stillbirth-mastitis-blood-pressure-150 --hook order-select --order cabergoline
Exit code 0 with an answer, 1 when the service would answer 412, 2 when patient, order, record or option is not known.`

const root = fileURLToPath(new URL('../..', import.meta.url))
const cardsDir = `${root}cards`
const fixturesDir = `${root}fhir-fixtures`

const options = {
  hook: { type: 'string' },
  order: { type: 'string', multiple: true },
  with: { type: 'string', multiple: true },
  patient: { type: 'string' },
  at: { type: 'string' },
  explain: { type: 'boolean' },
  all: { type: 'boolean' },
  'what-if': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See npm run try -- --help.`)
  }
}

const siteFile = '--what-if'

/**
 * Writes a problem in words, without its line when no file was written by hand: for the settings made from `--what-if`.
 */
const problemText = ({ file, line, says, fix }: FileProblem): string =>
  problemLine({ file, says, fix, ...(file !== siteFile && line !== undefined && { line }) })

/** The library with other values for some parameters, checked like a site's own settings. */
function libraryWith(changes: readonly string[]): Library {
  const content = readContent(cardsDir)
  const lines = changes.map((change) => {
    const [name, value] = change.split('=')
    if (!name || value === undefined)
      throw new UsageError(`--what-if ${change}: write name=value, as in response.dueHours=47.`)
    return `  ${name}: { value: ${value}, reason: what if it were so }\n`
  })
  const site = { file: siteFile, content: `parameters:\n${lines.join('')}` }
  const { library, problems } = checkLibrary(changes.length > 0 ? { ...content, site } : content, {
    mode: 'development',
    canonicalBase: 'http://localhost:3000',
  })
  if (!library) throw new UsageError(problems.map(problemText).join('\n'))
  return library
}

function hookOf(name: string | undefined, orders: number): HookName {
  const hook = hookNames.find((known) => known === (name ?? (orders > 0 ? 'order-sign' : 'patient-view')))
  if (!hook) throw new UsageError(`--hook ${name ?? ''} is not served; use one of ${hookNames.join(', ')}.`)
  return hook
}

const cardText = ({ indicator, summary, detail }: WireCard): string =>
  `[${indicator}] ${summary}\n\n${detail}\n`

const cardNames = (cards: readonly WireCard[]): string =>
  cards.map(({ indicator, source }) => `${source.topic.code} (${indicator})`).join(', ') || 'no card'

/**
 * The command `mastitis-cds try`: one patient through the way of a live call, from the command line.
 *
 * Shape:  exit code 0 with an answer, 1 where the service would answer 412.
 * Throws: `UsageError` with a sentence that says how to call the command.
 */
export async function tryCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args)
  if (values.help) {
    console.log(help)
    return 0
  }
  if (values.list) {
    console.log(fixtureNames(fixturesDir).join('\n'))
    return 0
  }
  const [name] = positionals
  if (name === undefined) throw new UsageError(`Name a patient. ${help}`)
  const story = readFixture(fixturesDir, name, Date.now(), values.patient)
  const at = values.at === undefined ? story.at : Date.parse(values.at)
  if (Number.isNaN(at)) throw new UsageError('--at is not an instant; write it as 2026-03-03T09:00:00Z.')
  const orders = readOrderBundles(fixturesDir, values.order ?? [], story.patientId)
  const resources = [
    ...story.resources,
    ...readRecordsBeside(fixturesDir, values.with ?? [], story.patientId),
  ]
  const question = {
    fixture: {
      ...story,
      at,
      resources,
      addresses: new Map([...(story.addresses ?? []), ...orders.addresses]),
    },
    hook: hookOf(values.hook, orders.resources.length),
    orders: orders.resources,
  }
  const changes = values['what-if'] ?? []
  try {
    const { cards, trace } = await evaluate(question, libraryWith(changes))
    if (values.json) console.log(JSON.stringify({ cards }, null, 2))
    else if (values.explain) console.log(explainText(trace, values.all ?? false))
    else console.log(cards.map(cardText).join('\n') || 'No card.')
    if (changes.length > 0) {
      const before = await evaluate(question, libraryWith([]))
      console.log(`As it is:  ${cardNames(before.cards)}\nWhat if:   ${cardNames(cards)}`)
    }
    return 0
  } catch (error) {
    if (!(error instanceof DataUnavailable)) throw error
    console.log([`412: ${error.message}`, ...error.keys.map((key) => `  ${key}`)].join('\n'))
    return 1
  }
}
