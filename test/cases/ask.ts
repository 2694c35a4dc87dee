import { MemoryAudit } from '../../src/audit/memory-audit.js'
import type { ChosenCard } from '../../src/cards/chosen-card.js'
import { readContent } from '../../src/cards/load-content.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import { developmentClient } from '../../src/config/development-client.js'
import { makeDecide } from '../../src/decide.js'
import { DataUnavailable, problemLine } from '../../src/errors.js'
import { makeGather } from '../../src/gather/gather.js'
import type { Library } from '../../src/library.js'
import { checkLibrary } from '../../src/load-library.js'
import { parseHookRequest } from '../../src/protocol/parse-hook-request.js'
import type { Case } from './case-file.js'

/** The library of the cards folder, with a site's parameters when a case has them. */
export function libraryWith(parameters: Readonly<Record<string, unknown>> = {}): Library {
  const content = readContent('cards')
  const site = { file: 'case', content: JSON.stringify({ parameters }) }
  const { library, problems } = checkLibrary(
    Object.keys(parameters).length > 0 ? { ...content, site } : content,
    {
      mode: 'development',
      canonicalBase: 'https://cds.example.org',
    },
  )
  if (!library) throw new Error(problems.map(problemLine).join('\n'))
  return library
}

const plain = libraryWith()
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }

/** Every card considered for a case, through the real path: parsed body, gather, facts, assess, cards. */
export async function consider(promise: Case, library = libraryFor(promise)): Promise<readonly ChosenCard[]> {
  const fixture = { ...readFixture('fhir-fixtures', promise.patient, 0), at: Date.parse(promise.at) }
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
  const audit = new MemoryAudit()
  const decide = makeDecide({
    gather: makeGather({ settings: { mode: 'development' }, clock: () => fixture.at }),
    library: () => library,
    audit,
    clock: () => 0,
  })
  try {
    return (await decide(parseHookRequest(`mastitis-${hook}`, body), developmentClient, fixture.at)).trace
      .considered
  } catch (error) {
    if (error instanceof DataUnavailable) return []
    throw error
  }
}

const libraryFor = ({ parameters }: Case): Library => (parameters ? libraryWith(parameters) : plain)
