/** The hooks that this service serves; each hook has one service id. */
export const hookNames = ['patient-view', 'order-select', 'order-sign'] as const
export type HookName = (typeof hookNames)[number]
export type ServiceId = `mastitis-${HookName}`

/** The access token that a client gives the service for one call. */
export interface FhirAuthorization {
  accessToken: string
  expiresInSeconds?: number
  scope?: string
  patient?: string
}

/**
 * One CDS Hooks request after its shape was checked.
 *
 * Shape:   `prefetch` values are unchecked; the gather room reads them.
 * Privacy: holds identifiers and a token, and lives as long as the call.
 * Source:  https://cds-hooks.hl7.org/2.0/#http-request_1
 */
export interface HookRequest {
  serviceId: ServiceId
  hook: HookName
  hookInstance: string
  patientId: string
  userId: string
  encounterId?: string
  /** The entries of `context.draftOrders` that hold a resource, in their order; empty for patient-view. */
  draftOrders: readonly unknown[]
  /** The ids of `context.selections`; empty except for order-select. */
  selections: readonly string[]
  fhirServer?: string
  fhirAuthorization?: FhirAuthorization
  prefetch: ReadonlyMap<string, unknown>
}

/**
 * The members of a request that its record is made from: the hook, the user and the patient, without clinical data or
 * token.
 */
export type RequestIdentity = Pick<
  HookRequest,
  'serviceId' | 'hook' | 'hookInstance' | 'patientId' | 'userId' | 'encounterId'
>

/**
 * Takes the members of a request that are still needed after the decision.
 *
 * Privacy: holds identifiers, but neither the prefetch nor the token.
 */
export function identityOf(request: HookRequest): RequestIdentity {
  const { serviceId, hook, hookInstance, patientId, userId, encounterId } = request
  const identity = { serviceId, hook, hookInstance, patientId, userId }
  return encounterId === undefined ? identity : { encounterId, ...identity }
}
