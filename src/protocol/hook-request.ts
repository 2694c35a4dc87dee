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
