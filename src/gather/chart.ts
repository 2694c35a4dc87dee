import type { FhirResource } from 'fhir/r4.js'
import type { HookName } from '../protocol/hook-request.js'

/** The keys of the chart, one for each prefetch template; discovery lists the same keys. */
export const readKeys = [
  'patient',
  'conditions',
  'lactationStatus',
  'temperatures',
  'vitalSigns',
  'laboratory',
  'breastSigns',
  'medicationRequests',
  'medicationAdministrations',
  'medicationStatements',
  'allergies',
  'serviceRequests',
  'procedures',
  'reports',
  'encounters',
] as const
export type ReadKey = (typeof readKeys)[number]

/** `read`: the key was read, and its data may be empty. `unreadable`: the key was requested but could not be read. */
export type ReadState = 'read' | 'unreadable'

/** The reasons why a key could not be read: a closed set of codes, safe for logs, records and cards. */
export type UnreadableCode =
  | 'not-supplied' // neither prefetch nor a FHIR server that the service may call
  | 'client-failed' // an OperationOutcome in the place of data
  | 'wrong-patient' // only resources of another patient
  | 'malformed' // neither a resource nor a Bundle
  | 'other-version' // resources in the shape of another version of FHIR
  | 'truncated' // more pages than the service could read
  | 'over-budget' // more bytes, values, resources or reads than one call may have
  | 'timeout'
  | 'refused' // status 401 or 403
  | 'no-token' // the same, where the request has no access token or an empty one
  | 'not-supported' // status 400, 404, 405, 410, 414, 422 or 501, or an unsupported resource type
  | 'server-error'
  | 'bad-answer' // not JSON, wrong media type, too large, or a redirect
  | 'not-allowed' // a host outside the client's allow-list
  | 'unreachable'

/** Why a breast check could not be used; `other-form` is a response to another questionnaire. */
export type UnreadCheck =
  'malformed' | 'wrong-patient' | 'other-form' | 'other-version' | 'over-budget' | 'client-failed'

/**
 * The source and the state of the data of one key.
 *
 * Missing: `why` is present exactly when the key counts as unreadable: `absent`, `error`, `wrong-patient`, and
 *          `partial` (a part of the data is in the chart). Keys with the states `ok` and `empty` were read.
 */
export interface DataSource {
  key: ReadKey
  origin: 'prefetch' | 'callback' | 'mixed' | 'none'
  state: 'ok' | 'empty' | 'absent' | 'error' | 'partial' | 'wrong-patient'
  why?: UnreadableCode
  count: number
  ms: number
}

/**
 * All data read for one call, before the facts room interprets them.
 *
 * Shape:   `resources` holds each resource once, in the order of reading, whichever key supplied the resource. The list
 *          has only resources of the patient and resources of types that belong to no patient, such as Medication;
 *          `droppedForeign` counts the rest.
 * Missing: a key that could not be read has a `why` in `sources`.
 * Privacy: raw resources, which never leave the call.
 */
export interface Chart {
  hook: HookName
  patientId: string
  userId: string
  encounterId?: string
  resources: readonly FhirResource[]
  /**
   * The patient's resources and draft orders by every name that a reference may use for them: "Condition/x", or the
   * address of an entry.
   */
  named: ReadonlyMap<string, FhirResource>
  /** Medication resources by every name that a reference may use for them. */
  medications: ReadonlyMap<string, FhirResource>
  sources: readonly DataSource[]
  /** Why breast checks of the prefetch could not be used, once for each that could not. */
  unreadChecks: readonly UnreadCheck[]
  droppedForeign: number
  draftOrders: readonly FhirResource[]
  selections: readonly string[]
}
