import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FhirResource } from 'fhir/r4.js'
import { MemoryAudit } from '../../src/audit/memory-audit.js'
import type { Trace } from '../../src/audit/trace.js'
import { tracing } from '../../src/audit/tracing.js'
import type { ChosenCard } from '../../src/cards/chosen-card.js'
import { readContent } from '../../src/cards/load-content.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import { developmentClient } from '../../src/config/development-client.js'
import { makeDecide } from '../../src/decide.js'
import { DataUnavailable, problemLine } from '../../src/errors.js'
import type { EarlierCard } from '../../src/facts/facts.js'
import { makeGather, type Gather } from '../../src/gather/gather.js'
import type { Library } from '../../src/library.js'
import { checkLibrary } from '../../src/load-library.js'
import type { HookRequest } from '../../src/protocol/hook-request.js'
import { parseHookRequest } from '../../src/protocol/parse-hook-request.js'
import type { Instant } from '../../src/units/units.js'
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

const recordsOf = ({ with: names = [] }: Case, patientId: string): readonly FhirResource[] =>
  names.flatMap((name) => {
    const text = readFileSync(join('fhir-fixtures', 'records', `${name}.json`), 'utf8')
    return JSON.parse(text.replaceAll('{patient}', patientId)) as FhirResource[]
  })

/** What the EHR of a case would ask, and when. */
export function askOf(promise: Case): { request: HookRequest; at: Instant } {
  const told = readFixture('fhir-fixtures', promise.patient, 0)
  const resources = [...told.resources, ...recordsOf(promise, told.patientId)]
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
  return { request: parseHookRequest(`mastitis-${hook}`, body), at: fixture.at }
}

/** The earlier override that a case tells of, as the audit would remember it. */
export const earlierOf = ({ kind, overridden }: Case): readonly EarlierCard[] =>
  overridden
    ? [
        {
          kind: overridden.kind ?? kind,
          indicator: overridden.indicator,
          at: Date.parse(overridden.at),
          outcome: 'overridden',
          sameUser: true,
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

/** Reads charts as the service does, at the moment of a case. */
export const gatherAt = (at: Instant): Gather =>
  makeGather({ settings: { mode: 'development' }, clock: () => at })

/** What a case came to, through the real path: parsed body, gather, facts, assess, cards; nothing if it is answered 412. */
export async function decided(promise: Case, library = libraryFor(promise)): Promise<Trace | undefined> {
  const { request, at } = askOf(promise)
  const { audit, trace } = tracing(new Remembering(earlierOf(promise)))
  const decide = makeDecide({
    gather: gatherAt(at),
    library: () => library,
    audit,
    clock: () => 0,
  })
  try {
    await decide(request, developmentClient, at)
    return trace()
  } catch (error) {
    if (error instanceof DataUnavailable) return undefined
    throw error
  }
}

/** Every card considered for a case. */
export const consider = async (promise: Case, library?: Library): Promise<readonly ChosenCard[]> =>
  (await decided(promise, library))?.considered ?? []

/** The library a case is judged with: the repository's, or one with the case's parameters. */
export const libraryFor = ({ parameters }: Case): Library => libraryWith(parameters)
