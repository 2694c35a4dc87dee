/**
 * The resource types that a record may name; any other type becomes "Resource", because its name is text from outside.
 */
const knownTypes: ReadonlySet<string> = new Set([
  ...['Patient', 'Condition', 'Observation', 'Encounter', 'Procedure', 'DiagnosticReport', 'ServiceRequest'],
  ...['MedicationRequest', 'MedicationAdministration', 'MedicationStatement', 'Medication'],
  ...['AllergyIntolerance', 'NutritionOrder', 'CommunicationRequest', 'Appointment', 'DeviceRequest'],
])

/** A resource type that is safe to record. */
export const typeOf = (type: string): string => (knownTypes.has(type) ? type : 'Resource')

/**
 * Makes the function that names each resource of one record by its type and a number: "Observation#3".
 *
 * Privacy: resource ids are not in the names.
 */
export function makeSourceNumbers(): (ref: string) => string {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  return (ref) => {
    const known = names.get(ref)
    if (known !== undefined) return known
    const type = typeOf(ref.slice(0, Math.max(0, ref.indexOf('/'))))
    const count = (counts.get(type) ?? 0) + 1
    counts.set(type, count)
    const name = `${type}#${count}`
    names.set(ref, name)
    return name
  }
}
