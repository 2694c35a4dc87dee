import { MemoryAudit } from '../../src/audit/memory-audit.js'
import type { Trace } from '../../src/audit/trace.js'
import type { ChosenCard } from '../../src/cards/chosen-card.js'
import { readContent } from '../../src/cards/content/load-content.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture, readOrders, readRecordsBeside } from '../../src/cli/fixture.js'
import { decideOnce } from '../../src/service/decide-once.js'
import type { DecidedOnce } from '../../src/service/decide-once.js'
import { problemLine } from '../../src/errors.js'
import type { EarlierCard } from '../../src/facts/earlier-card.js'
import type { Library } from '../../src/service/library.js'
import { checkLibrary } from '../../src/service/load-library.js'
import type { Case } from './case-file.js'

const content = readContent('cards')
const loaded = new Map<string, Library>()

/** The library of the cards folder, with a site's parameters when a case has them; each is loaded once. */
export function libraryWith(parameters: Readonly<Record<string, unknown>> = {}): Library {
  const key = JSON.stringify({ parameters })
  const known = loaded.get(key) ?? load(Object.keys(parameters).length > 0 ? key : undefined)
  loaded.set(key, known)
  return known
}

function load(site: string | undefined): Library {
  const { library, problems } = checkLibrary(
    { ...content, ...(site !== undefined && { site: { file: 'case', content: site } }) },
    { mode: 'development', canonicalBase: 'https://cds.example.org' },
  )
  if (!library) throw new Error(problems.map(problemLine).join('\n'))
  return library
}

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }

/** The body that the EHR of a case would send. */
function bodyOf(promise: Case): Record<string, unknown> {
  const told = readFixture('fhir-fixtures', promise.patient, 0)
  const records = readRecordsBeside('fhir-fixtures', promise.with ?? [], told.patientId)
  const resources = [...told.resources, ...records]
  const fixture = { ...told, resources, at: Date.parse(promise.at) }
  const hook = promise.hook ?? 'patient-view'
  const orders = readOrders('fhir-fixtures', promise.drafts ?? [], fixture.patientId)
  const body = requestBody({
    fixture,
    hook,
    orders,
    ...(promise.selections && { selections: promise.selections }),
  })
  const prefetch = body['prefetch'] as Record<string, unknown>
  for (const key of promise.unreadable ?? []) prefetch[key] = outcome
  return body
}

/** The earlier override that a case tells of, as the audit would remember it. */
const earlierOf = ({ kind, overridden }: Case): readonly EarlierCard[] =>
  overridden
    ? [
        {
          kind: overridden.kind ?? kind,
          indicator: overridden.indicator,
          at: Date.parse(overridden.at),
          outcome: 'overridden',
          sameUser: overridden.by !== 'another',
          ...(overridden.reasoned && { reasoned: true as const }),
          stage: overridden.stage,
          sepsisCriteria: overridden.sepsisCriteria ?? [],
        },
      ]
    : []

/** Remembers what a case says was overridden before. */
class Remembering extends MemoryAudit {
  constructor(private readonly before: readonly EarlierCard[]) {
    super()
  }
  override earlier(): Promise<readonly EarlierCard[]> {
    return Promise.resolve(this.before)
  }
}

/** Decides a case as the service does, from the parsed body to the record. */
export const decideCase = (promise: Case, library: Library): Promise<DecidedOnce> =>
  decideOnce(bodyOf(promise), {
    library,
    now: Date.parse(promise.at),
    audit: new Remembering(earlierOf(promise)),
  })

/** What a case came to; nothing if it is answered 412. */
export async function decided(promise: Case, library = libraryFor(promise)): Promise<Trace | undefined> {
  const { trace, unavailable } = await decideCase(promise, library)
  return unavailable ? undefined : trace
}

/** Every card considered for a case. */
export const consider = async (promise: Case, library?: Library): Promise<readonly ChosenCard[]> =>
  (await decided(promise, library))?.considered ?? []

/** The library a case is judged with: the repository's, or one with the case's parameters. */
export const libraryFor = ({ parameters }: Case): Library => libraryWith(parameters)
