import { decideOnce } from '../service/decide-once.js'
import type { DecidedOnce } from '../service/decide-once.js'
import type { FhirResource } from 'fhir/r4.js'
import type { Library } from '../service/library.js'
import type { HookName } from '../protocol/hook-request.js'
import { templatesWith, type PrefetchTemplate } from '../protocol/prefetch-templates.js'
import { prefetchOf } from '../sandbox/prefetch-of.js'
import type { Fixture } from './fixture.js'

/** One call to the service about a fixture patient, without a server. */
export interface FixtureCall {
  fixture: Fixture
  hook: HookName
  orders: readonly FhirResource[]
  /** The ids of the selected orders for order-select; without ids all orders are selected. */
  selections?: readonly string[]
  /** The prefetch templates in force; those as shipped by default. */
  templates?: readonly PrefetchTemplate[]
}

const refOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id ?? ''}`

/** The body that an EHR would send for this call, with complete prefetch. */
export function requestBody({
  fixture,
  hook,
  orders,
  selections,
  templates,
}: FixtureCall): Record<string, unknown> {
  const { patientId, resources, addresses } = fixture
  const draftOrders = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: orders.map((resource) => {
      const fullUrl = addresses?.get(resource)
      return { ...(fullUrl !== undefined && { fullUrl }), resource }
    }),
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
    prefetch: prefetchOf(resources, patientId, templates, addresses),
  }
}

/**
 * Decides a call by the way of a live call, from the parsed body to the cards, without a network and with a record in
 * memory.
 *
 * Throws: `DataUnavailable` where the service would answer 412.
 */
export async function evaluate(question: FixtureCall, library: Library): Promise<DecidedOnce> {
  const templates = templatesWith(library.localSearches)
  const body = requestBody({ ...question, templates })
  const decided = await decideOnce(body, { library, now: question.fixture.at })
  if (decided.unavailable) throw decided.unavailable
  return decided
}
