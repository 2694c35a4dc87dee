import { makeDecide } from '../decide.js'
import { MemoryAudit } from '../audit/memory-audit.js'
import type { Trace } from '../audit/trace.js'
import { tracing } from '../audit/tracing.js'
import type { Decision } from '../decide.js'
import { developmentClient } from '../config/development-client.js'
import { makeGather } from '../gather/gather.js'
import type { FhirResource } from 'fhir/r4.js'
import type { Library } from '../library.js'
import { parseHookRequest } from '../protocol/parse-hook-request.js'
import type { HookName } from '../protocol/hook-request.js'
import { prefetchOf } from '../sandbox/prefetch-of.js'
import type { Fixture } from './fixture.js'

/** One question to the service about a patient, without a server. */
export interface Question {
  fixture: Fixture
  hook: HookName
  orders: readonly FhirResource[]
  /** Ids of the selected orders for order-select; absent: all. */
  selections?: readonly string[]
}

const refOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id ?? ''}`

/** The body an EHR would send for a question, with complete prefetch. */
export function requestBody({ fixture, hook, orders, selections }: Question): Record<string, unknown> {
  const { patientId, resources } = fixture
  const draftOrders = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: orders.map((resource) => ({ resource })),
  }
  return {
    hook,
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: {
      userId: 'Practitioner/zz-midwife',
      patientId,
      ...(hook !== 'patient-view' && { draftOrders }),
      ...(hook === 'order-select' && { selections: selections ?? orders.map(refOf) }),
    },
    prefetch: prefetchOf(resources, patientId),
  }
}

/** An answer, and what its record was made of. */
export interface Evaluation extends Decision {
  trace: Trace
}

/**
 * Asks the real path, from the parsed body to the cards, with no network and a record in memory.
 *
 * Throws: `DataUnavailable`, as the service would answer 412.
 */
export async function evaluate(question: Question, library: Library): Promise<Evaluation> {
  const { at } = question.fixture
  const { audit, trace } = tracing(new MemoryAudit())
  const decide = makeDecide({
    gather: makeGather({ settings: { mode: 'development' }, clock: () => at }),
    library: () => library,
    audit,
    clock: () => performance.now(),
  })
  const request = parseHookRequest(`mastitis-${question.hook}`, requestBody(question))
  const decision = await decide(request, developmentClient, at)
  return { ...decision, trace: trace() as Trace }
}
