import { randomUUID } from 'node:crypto'
import type { FhirResource } from 'fhir/r4.js'
import { MemoryAudit } from '../audit/memory-audit.js'
import type { Audit } from '../audit/trace.js'
import { answerFor } from '../cards/choose/answer-for.js'
import { decideOnce } from '../service/decide-once.js'
import { ProtocolError } from '../errors.js'
import type { Library } from '../service/library.js'
import { templatesWith, type PrefetchTemplate } from '../protocol/prefetch-templates.js'
import { operationOutcome } from '../protocol/outcome.js'
import type { DemoPatients } from '../sandbox/demo-patients.js'
import { patientBundle } from '../sandbox/patient-bundle.js'
import type { NoPatient, PatientBundle } from '../sandbox/patient-bundle.js'
import { prefetchOf } from '../sandbox/prefetch-of.js'
import type { ClientSettings } from '../config/settings.js'
import type { Instant } from '../units/units.js'
import type { WorkLine } from '../service/work-line.js'
import { explanationView } from './explanation-view.js'
import type { DraftOrders } from './stories.js'
import type { AskAnswer, AskBody, ExplanationView, ShortCard } from './views.js'
import type { WhatIf } from './what-if.js'

/** The parts that answer a question of the workbench. */
export interface AskParts {
  client: ClientSettings
  library: () => Library
  /** The audit of the service: a question about now is a real call. */
  audit: Audit
  line: WorkLine
  clock: () => Instant
  patients: DemoPatients
  orders: DraftOrders
  whatIf: WhatIf
}

/** Answers one question of the workbench by the way of a live call. */
export type Ask = (body: AskBody) => Promise<AskAnswer>

/** One evaluation: the answer on the wire, and the explanation. */
export interface Evaluated {
  response: AskAnswer['response']
  explanation: ExplanationView
  cards: readonly ShortCard[]
}

/**
 * Decides one request body by the way of a live call, from its parsing to the record, and keeps the trace.
 *
 * Throws: `ProtocolError` for a body that the service would refuse, `RecordUnavailable` when no record could be kept.
 */
export async function evaluated(
  body: Record<string, unknown>,
  by: { client: ClientSettings; library: Library; audit: Audit; line: WorkLine; now: Instant },
): Promise<Evaluated> {
  const { client, library } = by
  const { cards, trace, unavailable } = await decideOnce(body, by)
  return {
    response: unavailable
      ? {
          status: 412,
          body: operationOutcome(unavailable.code, unavailable.message, { keys: unavailable.keys }),
        }
      : { status: 200, body: answerFor(client, cards) },
    explanation: explanationView(trace, library),
    cards: trace.shown.flatMap(({ kind, wire }) =>
      wire ? [{ kind, indicator: wire.indicator, summary: wire.summary }] : [],
    ),
  }
}

/**
 * Makes the function that answers the questions of the workbench.
 *
 * Edge: a question about now with the parameters in force is recorded like any call, so that feedback on its cards is
 *       real. A question about another moment, or with changed parameters, is answered in memory alone.
 */
export function makeAsk({ client, library, audit, line, clock, patients, orders, whatIf }: AskParts): Ask {
  return async (body) => {
    const templates = templatesWith(library().localSearches)
    const request = requestBody(body, whoIsAsked(body, patients), orders, templates)
    const now = body.at ?? clock()
    const changed = Object.keys(body.parameters ?? {}).length > 0
    const recorded = body.at === undefined && !changed
    const used = changed ? whatIf.libraryWith(body.parameters ?? {}) : library()
    const asked = { client, line, now }
    const inMemory = (): Audit => new MemoryAudit()
    const { response, explanation } = await evaluated(request, {
      ...asked,
      library: used,
      audit: recorded ? audit : inMemory(),
    })
    const before = changed
      ? await evaluated(request, { ...asked, library: library(), audit: inMemory() })
      : undefined
    return {
      request,
      response,
      recorded,
      explanation,
      ...(before && { asItIs: before.cards }),
    }
  }
}

type Asked = Pick<PatientBundle, 'patientId' | 'resources'> & Partial<PatientBundle>

function whoIsAsked({ patient, bundle }: AskBody, patients: DemoPatients): Asked {
  if (bundle === undefined) {
    const resources = patient === undefined ? [] : patients.of(patient)
    if (patient === undefined || resources.length === 0)
      throw new ProtocolError('PROTOCOL_FIELD_INVALID', 'There is no such demo patient.', 'patient')
    return { patientId: patient, resources }
  }
  const found = patientBundle(bundle, patient)
  if ('problem' in found)
    throw new ProtocolError('PROTOCOL_FIELD_INVALID', noPatientWords[found.problem], 'bundle')
  return found
}

const noPatientWords: Readonly<Record<NoPatient['problem'], string>> = {
  'no-bundle': 'This is not a FHIR Bundle.',
  none: 'The Bundle holds no Patient with an id.',
  several:
    'The Bundle holds several Patients. Name one: `patient` in the request, or --patient on the command line.',
  'not-there': 'The Bundle does not hold the Patient that `patient` names.',
}

const refOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id ?? ''}`

function requestBody(
  { hook, orders }: AskBody,
  { patientId, resources, addresses }: Asked,
  known: DraftOrders,
  templates: readonly PrefetchTemplate[],
): Record<string, unknown> {
  const drafts = orders.flatMap((name) => {
    const order = known.get(name)
    if (!order) throw new ProtocolError('PROTOCOL_FIELD_INVALID', 'There is no such draft order.', 'orders')
    return order(patientId)
  })
  const draftOrders = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: drafts.map((resource) => ({ resource })),
  }
  return {
    hook,
    hookInstance: randomUUID(),
    context: {
      userId: 'Practitioner/workbench',
      patientId,
      ...(hook !== 'patient-view' && { draftOrders }),
      ...(hook === 'order-select' && { selections: drafts.map(refOf) }),
    },
    prefetch: prefetchOf(resources, patientId, templates, addresses),
  }
}
