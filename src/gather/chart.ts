import type { FhirResource } from 'fhir/r4.js'
import type { HookName } from '../protocol/hook-request.js'

/** What is asked of the chart, one key per prefetch template (discovery lists the same keys). */
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

/** `read` may be empty; `unreadable` was asked for and could not be had. */
export type ReadState = 'read' | 'unreadable'

/** Why a key could not be read: a closed set, safe for logs, records and cards. */
export type UnreadableCode =
  | 'not-supplied' // neither prefetch nor a FHIR server we may call
  | 'client-failed' // OperationOutcome where data belong
  | 'wrong-patient' // only another patient's resource was supplied
  | 'malformed' // neither a resource nor a Bundle
  | 'truncated' // more pages than could be read
  | 'over-budget' // more bytes, values, resources or reads than one call may have
  | 'timeout'
  | 'refused' // 401 or 403
  | 'not-supported' // 404 on a search, or the resource type is not served
  | 'server-error'
  | 'bad-answer' // not JSON, wrong type, too large, redirect
  | 'not-allowed' // host outside the client's allow-list
  | 'unreachable'

/**
 * One line per key: where its data came from and in what state.
 *
 * Missing: `why` is there exactly when the key counts as unreadable: `absent`, `error`, `wrong-patient`, and `partial`
 *          (some of it is in the chart). `ok` and `empty` were read.
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
 * Everything read for one call, before any of it means something.
 *
 * Shape:   `resources` holds each resource once, in the order read, whatever key brought it. Only resources of
 *          the patient (or without a patient by type, such as Medication) are in it; `droppedForeign` counts the rest.
 * Missing: a key that could not be read says why in `sources`.
 * Privacy: raw resources; never leaves the call.
 */
export interface Chart {
  hook: HookName
  patientId: string
  userId: string
  encounterId?: string
  resources: readonly FhirResource[]
  /** Medication resources by reference ("Medication/x", contained as "MedicationRequest/y#z"), for code look-up. */
  medications: ReadonlyMap<string, FhirResource>
  sources: readonly DataSource[]
  droppedForeign: number
  draftOrders: readonly FhirResource[]
  selections: readonly string[]
}
