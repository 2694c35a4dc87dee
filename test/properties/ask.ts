import type { FhirResource } from 'fhir/r4.js'
import type { WireCard } from '../../src/cards/chosen-card.js'
import type { Trace } from '../../src/audit/trace.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readOrders } from '../../src/cli/fixture.js'
import { decideOnce } from '../../src/service/decide-once.js'
import type { ReadKey } from '../../src/gather/chart.js'
import type { HookName } from '../../src/protocol/hook-request.js'
import { libraryWith } from '../cases/ask.js'
import { rounds } from '../depth.js'
import { storyTime } from '../patients/chart-builder.js'

/** How the same patient is asked about: the hook, the drafts, and what of the chart could not be had. */
export interface Asking {
  hook: HookName
  orders: readonly string[]
  /** Keys that the client failed to read, and keys it does not send at all. */
  failed: readonly ReadKey[]
  left: readonly ReadKey[]
}

/** The answer, with the trace behind it; 412 has neither cards nor trace. */
export interface Answered {
  status: 200 | 412
  cards: readonly WireCard[]
  trace?: Trace
}

export const patientView: Asking = { hook: 'patient-view', orders: [], failed: [], left: [] }

/** How often each property is tried: `PROPERTY_RUNS`, else by the depth. */
export const runs = Number(process.env['PROPERTY_RUNS'] ?? rounds(10_000, 200))

const library = libraryWith()
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }
const drafts = new Map<string, readonly FhirResource[]>()

function draftsOf(names: readonly string[], patientId: string): readonly FhirResource[] {
  return names.flatMap((name) => {
    const known = drafts.get(name) ?? readOrders('fhir-fixtures', [name], patientId)
    drafts.set(name, known)
    return known
  })
}

/** What an EHR would send about these resources. */
export function bodyOf(resources: readonly FhirResource[], { hook, orders, failed, left }: Asking) {
  const patientId = resources.find(({ resourceType }) => resourceType === 'Patient')?.id ?? ''
  const fixture = { patientId, at: storyTime, resources }
  const body = requestBody({ fixture, hook, orders: draftsOf(orders, patientId) })
  const prefetch = body['prefetch'] as Record<string, unknown>
  for (const key of failed) prefetch[key] = outcome
  const kept = Object.entries(prefetch).filter(([key]) => !(left as readonly string[]).includes(key))
  return { ...body, prefetch: Object.fromEntries(kept) }
}

/** Asks the service, from the parsed body to the cards, with no network and a record in memory. */
export async function answerTo(body: Record<string, unknown>): Promise<Answered> {
  const { cards, trace, unavailable } = await decideOnce(body, { library, now: storyTime })
  return unavailable ? { status: 412, cards } : { status: 200, cards, trace }
}

export const ask = (resources: readonly FhirResource[], asking: Asking): Promise<Answered> =>
  answerTo(bodyOf(resources, asking))

/** What of the answer must not change: everything but uuids. */
export const contentOf = ({ status, cards, trace }: Answered) => ({
  status,
  cards: cards.map(({ summary, indicator, source }) => [source.topic.code, indicator, summary]),
  hashes: trace?.shown.map(({ contentHash }) => contentHash) ?? [],
})
