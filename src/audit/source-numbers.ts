/** The resource types a record may name; any other is "Resource", because the chart's word for it is foreign text. */
const knownTypes: ReadonlySet<string> = new Set([
  ...['Patient', 'Condition', 'Observation', 'Encounter', 'Procedure', 'DiagnosticReport', 'ServiceRequest'],
  ...['MedicationRequest', 'MedicationAdministration', 'MedicationStatement', 'Medication'],
  ...['AllergyIntolerance', 'NutritionOrder', 'CommunicationRequest', 'Appointment', 'DeviceRequest'],
])

/** A resource type safe to record. */
export const typeOf = (type: string): string => (knownTypes.has(type) ? type : 'Resource')

/**
 * Names each resource of one record by its type and a number inside the record: "Observation#3".
 *
 * Privacy: resource ids stay in the chart.
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
