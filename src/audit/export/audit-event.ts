import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from 'fhir/r4.js'
import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody } from '../invocation-body.js'
import { bodyOf } from '../metrics/call-rows.js'
import type { StoredRecord } from '../record.js'

const dicom = 'http://dicom.nema.org/resources/ontology/DCM'
const terminology = 'http://terminology.hl7.org/CodeSystem'
const restful: Coding = {
  system: `${terminology}/audit-event-type`,
  code: 'rest',
  display: 'RESTful Operation',
}
const operation: Coding = {
  system: 'http://hl7.org/fhir/restful-interaction',
  code: 'operation',
  display: 'operation',
}
const person: Coding = { system: `${terminology}/audit-entity-type`, code: '1', display: 'Person' }
const systemObject: Coding = {
  system: `${terminology}/audit-entity-type`,
  code: '2',
  display: 'System Object',
}
const role = (code: string, display: string): Coding => ({
  system: `${terminology}/object-role`,
  code,
  display,
})

/** The codes for the entities of an event. */
const patientKind = { type: person, role: role('1', 'Patient') }
const reportKind = { type: systemObject, role: role('3', 'Report') }
const queryKind = { type: systemObject, role: role('24', 'Query') }

const pseudonym = (base: string, value: string) => ({ identifier: { system: `${base}/pseudonym`, value } })

const application = (client: string): AuditEventAgent => ({
  type: { coding: [{ system: dicom, code: '110153', display: 'Source Role ID' }] },
  who: { display: client },
  requestor: false,
})

const human = (who: NonNullable<AuditEventAgent['who']>): AuditEventAgent => ({
  type: {
    coding: [{ system: `${terminology}/extra-security-role-type`, code: 'humanuser', display: 'human user' }],
  },
  who,
  requestor: true,
})

const entity = (
  kind: Pick<AuditEventEntity, 'type' | 'role'>,
  description: string,
  what: NonNullable<AuditEventEntity['what']>,
): AuditEventEntity => ({ what, ...kind, description })

const detail = (type: string, valueString: string) => ({ type, valueString })

/** The members that every event has. */
const eventOf = (
  record: StoredRecord,
  action: 'E' | 'C' | 'R',
): Pick<AuditEvent, 'resourceType' | 'type' | 'subtype' | 'action' | 'recorded' | 'source'> => ({
  resourceType: 'AuditEvent',
  type: restful,
  subtype: [operation],
  action,
  recorded: record.at,
  source: {
    observer: { display: 'mastitis-cds' },
    type: [{ system: `${terminology}/security-source-type`, code: '4', display: 'Application Server' }],
  },
})

function ofCall(record: StoredRecord, body: InvocationBody, base: string): AuditEvent {
  const { patientRef, encounterRef, cards, pack } = body
  const named = (value: string) => pseudonym(base, value)
  return {
    ...eventOf(record, 'E'),
    outcome: body.status === 200 ? '0' : '4',
    agent: [human(named(body.userRef)), application(record.tenant)],
    entity: [
      entity(patientKind, 'patient', named(patientRef)),
      ...(encounterRef === undefined ? [] : [entity(reportKind, 'encounter', named(encounterRef))]),
      {
        ...entity(queryKind, `CDS Hooks call of ${body.serviceId}`, named(body.invocationId)),
        detail: [
          detail('hookInstance', body.hookInstance),
          detail('rulePack', `${pack.version} ${pack.hash}`),
        ],
      },
      ...cards.map((card) => ({
        ...entity(reportKind, `card ${card.kind}`, named(card.uuid)),
        detail: [
          detail('version', card.version),
          detail('indicator', card.indicator),
          detail('contentHash', card.contentHash),
        ],
      })),
    ],
  }
}

function ofFeedback(record: StoredRecord, body: FeedbackBody, base: string): AuditEvent {
  return {
    ...eventOf(record, 'C'),
    outcome: '0',
    agent: [{ ...application(record.tenant), requestor: true }],
    entity: [
      {
        ...entity(reportKind, 'feedback on a card', pseudonym(base, body.card)),
        detail: [
          detail('outcome', body.outcome),
          ...(body.reason
            ? [detail('reason', body.reason.code), detail('category', body.reason.category)]
            : []),
        ],
      },
    ],
  }
}

const ofAccess = (record: StoredRecord, body: { what: string; why: string }): AuditEvent => ({
  ...eventOf(record, 'R'),
  outcome: '0',
  agent: [{ ...human({ display: 'operator' }) }],
  entity: [{ what: { display: body.what }, ...queryKind, detail: [detail('why', body.why)] }],
})

/**
 * Converts a record into a FHIR R4 AuditEvent; `undefined` for a purged record and for types other than call, feedback
 * and access.
 *
 * Shape:  `base` is the canonical base; identifiers are pseudonyms in its name space.
 * Source: https://hl7.org/fhir/R4/auditevent.html
 */
export function auditEvent(record: StoredRecord, base: string): AuditEvent | undefined {
  const body = bodyOf(record)
  if (body === undefined) return undefined
  if (record.type === 'invocation') return ofCall(record, body as InvocationBody, base)
  if (record.type === 'feedback') return ofFeedback(record, body as FeedbackBody, base)
  if (record.type === 'access') return ofAccess(record, body as { what: string; why: string })
  return undefined
}
