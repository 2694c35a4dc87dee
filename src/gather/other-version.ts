import type { FhirResource } from 'fhir/r4.js'

/** The types of FHIR DSTU2 and STU3 in whose place R4 has MedicationRequest and ServiceRequest. */
const olderOrderTypes: ReadonlySet<string> = new Set([
  'MedicationOrder',
  'MedicationPrescription',
  'DiagnosticOrder',
  'ProcedureRequest',
  'ReferralRequest',
])

/** The types that name their patient under `patient` in FHIR DSTU2, and under `subject` in R4. */
const patientBefore: ReadonlySet<string> = new Set([
  'Condition',
  'MedicationStatement',
  'MedicationAdministration',
  'Encounter',
])

/**
 * Has a resource the shape of FHIR DSTU2 or STU3, which is not read?
 *
 * Source: https://hl7.org/fhir/DSTU2/condition.html, https://hl7.org/fhir/DSTU2/medicationorder.html
 */
export function isOfOtherVersion(resource: FhirResource): boolean {
  const { resourceType } = resource as { resourceType: string }
  const fields = resource as unknown as Record<string, unknown>
  if (olderOrderTypes.has(resourceType)) return true
  return patientBefore.has(resourceType) && isGiven(fields['patient']) && !isGiven(fields['subject'])
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null
