import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from 'fhir/r4.js'

type ServedType = CapabilityStatementRestResource['type']

const parameters: readonly (readonly [type: ServedType, names: readonly string[]])[] = [
  ['Patient', ['_id', 'name', 'family', 'given', 'birthdate', 'gender', 'identifier']],
  ['Observation', ['patient', 'code', 'category', 'status', 'date']],
  ['Condition', ['patient', 'code', 'category', 'clinical-status', 'recorded-date', 'onset-date']],
  ['MedicationRequest', ['patient', 'code', 'intent', 'status', 'authoredon']],
  ['MedicationAdministration', ['patient', 'code', 'status', 'effective-time']],
  ['MedicationStatement', ['patient', 'code', 'status', 'effective']],
  ['Medication', ['_id', 'code']],
  ['AllergyIntolerance', ['patient', 'code', 'clinical-status', 'date']],
  ['ServiceRequest', ['patient', 'code', 'category', 'intent', 'status', 'authored']],
  ['Procedure', ['patient', 'code', 'category', 'status', 'date']],
  ['DiagnosticReport', ['patient', 'code', 'category', 'status', 'date', 'issued']],
  ['Encounter', ['patient', 'class', 'status', 'date']],
]

const kind = (name: string): CapabilityStatementRestResourceSearchParam['type'] => {
  if (name === 'patient') return 'reference'
  if (/date$|^date|^authored|^effective|^issued$/.test(name)) return 'date'
  return ['name', 'family', 'given'].includes(name) ? 'string' : 'token'
}

/** The capabilities of the demo server, in the form that clients read before they use a server. */
export const capability: CapabilityStatement = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-03-03',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  implementation: { description: 'Invented patients of mastitis-cds, for development only' },
  rest: [
    {
      mode: 'server',
      security: { cors: true, description: 'Open: every patient here is invented.' },
      interaction: [{ code: 'batch' }],
      resource: parameters.map(([type, names]) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        searchParam: names.map((name) => ({ name, type: kind(name) })),
        searchInclude: type === 'MedicationRequest' ? ['MedicationRequest:medication'] : [],
      })),
    },
  ],
}
