/** The hooks this service serves, each by one service id. */
export const hookNames = ['patient-view', 'order-select', 'order-sign'] as const
export type HookName = (typeof hookNames)[number]
export type ServiceId = `mastitis-${HookName}`

/** The token a client lends us for one call. */
export interface FhirAuthorization {
  accessToken: string
  expiresInSeconds?: number
  scope?: string
  patient?: string
}

/**
 * One CDS Hooks call after its shape was checked.
 *
 * Shape:   `prefetch` values are still foreign: gather decides what they are.
 * Privacy: holds identifiers and a token; lives as long as the call.
 * Source:  https://cds-hooks.hl7.org/2.0/#http-request_1
 */
export interface HookRequest {
  serviceId: ServiceId
  hook: HookName
  hookInstance: string
  patientId: string
  userId: string
  encounterId?: string
  /** Resources of `context.draftOrders`, in order; empty for patient-view. */
  draftOrders: readonly unknown[]
  /** `context.selections`; empty except for order-select. */
  selections: readonly string[]
  fhirServer?: string
  fhirAuthorization?: FhirAuthorization
  prefetch: ReadonlyMap<string, unknown>
}

/** What a record is made from: who asked what about whom, and neither the data of the call nor its token. */
export type RequestIdentity = Pick<
  HookRequest,
  'serviceId' | 'hook' | 'hookInstance' | 'patientId' | 'userId' | 'encounterId'
>

/**
 * The part of a request that outlives its decision.
 *
 * Privacy: still identifiers; the prefetch and the token stay behind.
 */
export function identityOf(request: HookRequest): RequestIdentity {
  const { serviceId, hook, hookInstance, patientId, userId, encounterId } = request
  const identity = { serviceId, hook, hookInstance, patientId, userId }
  return encounterId === undefined ? identity : { encounterId, ...identity }
}
