/**
 * The areas of clinical reasoning that need a prefetch template; the comment of each area names its clinical sections.
 */
export const ruleAreas = [
  'patient-gate', // 1.1
  'lactation', // 1.2
  'feeding', // 1.4
  'stage', // 5.1, 5.2
  'antibiotic-cover', // 4.2
  'response', // 4.3
  'recurrence', // 4.1
  'inflammatory-breast-cancer', // 5.3
  'sepsis', // 5.4
  'imaging-and-culture', // 3.7
  'already-ordered', // 8
  'order-safety', // 7
] as const
export type RuleArea = (typeof ruleAreas)[number]

/**
 * One search or read of the chart, as data for both discovery and the gather room, so that both give the same
 * resources.
 *
 * Shape:   `parameters` keep their written order; the patient parameter comes first and is not in the list. A template
 *          without parameters is a read of the resource itself.
 * Units:   `lookBackDays` is the longest look-back of any finding, at the widest value that a site may set. A
 *          newest-first response whose oldest entry is older is complete although more pages exist. A baseline may be
 *          older still; without the baseline a value cannot be judged worse (product decision 9).
 * Missing: without `lookBackDays` there is no window (an old problem can still be active), so every page is needed.
 */
export interface PrefetchTemplate {
  key: string
  type: string
  parameters: readonly (readonly [name: string, value: string])[]
  lookBackDays?: number
  neededBy: readonly RuleArea[]
}

const loinc = (...codes: readonly string[]): string =>
  codes.map((code) => `http://loinc.org|${code}`).join(',')
const snomed = (...codes: readonly string[]): string =>
  codes.map((code) => `http://snomed.info/sct|${code}`).join(',')

const newestByDate = ['_sort', '-date'] as const

/**
 * All prefetch templates of the service, in the stable order of discovery.
 *
 * Shape:  few and narrow templates: only search parameters that US Core servers must support, no parameter twice in a
 *         query, newest first, and no token but the patient id.
 * Source: product decision 9; codes of clinical 2.1 to 2.3.
 */
export const prefetchTemplates = [
  { key: 'patient', type: 'Patient', parameters: [], neededBy: ['patient-gate', 'lactation'] },
  {
    key: 'conditions',
    type: 'Condition',
    parameters: [
      ['_sort', '-recorded-date'],
      ['_count', '200'],
    ],
    neededBy: [
      'lactation',
      'feeding',
      'stage',
      'recurrence',
      'inflammatory-breast-cancer',
      'sepsis',
      'order-safety',
    ],
  },
  {
    key: 'lactationStatus',
    type: 'Observation',
    parameters: [
      [
        'code',
        `${loinc('63895-7', '73756-9', '68499-3', '57075-4', '82810-3', '11778-8', '11884-4', '18185-9')},${snomed('413712001', '866041003', '1260078007')}`,
      ],
      newestByDate,
      ['_count', '50'],
    ],
    lookBackDays: 366,
    neededBy: ['lactation', 'feeding', 'order-safety'],
  },
  {
    key: 'temperatures',
    type: 'Observation',
    parameters: [['code', loinc('8310-5')], newestByDate, ['_count', '50']],
    lookBackDays: 4,
    neededBy: ['stage', 'response', 'sepsis', 'inflammatory-breast-cancer'],
  },
  {
    key: 'vitalSigns',
    type: 'Observation',
    parameters: [
      [
        'code',
        loinc(
          '8867-4',
          '9279-1',
          '85354-9',
          '8480-6',
          '8462-4',
          '8478-0',
          '59408-5',
          '2708-6',
          '72514-3',
          '38208-5',
        ),
      ],
      newestByDate,
      ['_count', '100'],
    ],
    lookBackDays: 7,
    neededBy: ['sepsis', 'response', 'order-safety'],
  },
  {
    key: 'laboratory',
    type: 'Observation',
    parameters: [
      ['code', loinc('6690-2', '777-3', '1988-5', '2524-7', '32693-4', '2160-0')],
      newestByDate,
      ['_count', '50'],
    ],
    lookBackDays: 4,
    neededBy: ['sepsis'],
  },
  {
    key: 'breastSigns',
    type: 'Observation',
    parameters: [['category', 'exam,survey,imaging'], newestByDate, ['_count', '200']],
    lookBackDays: 366,
    neededBy: ['stage', 'response', 'inflammatory-breast-cancer', 'sepsis', 'feeding'],
  },
  {
    key: 'medicationRequests',
    type: 'MedicationRequest',
    parameters: [
      ['intent', 'order,original-order,reflex-order,filler-order,instance-order'],
      ['_include', 'MedicationRequest:medication'],
      ['_sort', '-authoredon'],
      ['_count', '200'],
    ],
    neededBy: ['antibiotic-cover', 'response', 'recurrence', 'feeding', 'sepsis'],
  },
  {
    key: 'medicationAdministrations',
    type: 'MedicationAdministration',
    parameters: [
      ['_sort', '-effective-time'],
      ['_count', '100'],
    ],
    lookBackDays: 366,
    neededBy: ['antibiotic-cover', 'recurrence'],
  },
  {
    key: 'medicationStatements',
    type: 'MedicationStatement',
    parameters: [
      ['_sort', '-effective'],
      ['_count', '100'],
    ],
    neededBy: ['antibiotic-cover', 'recurrence', 'feeding'],
  },
  {
    key: 'allergies',
    type: 'AllergyIntolerance',
    parameters: [newestByDate, ['_count', '100']],
    neededBy: ['order-safety'],
  },
  {
    key: 'serviceRequests',
    type: 'ServiceRequest',
    parameters: [
      ['_sort', '-authored'],
      ['_count', '100'],
    ],
    lookBackDays: 366,
    neededBy: ['already-ordered', 'inflammatory-breast-cancer'],
  },
  {
    key: 'procedures',
    type: 'Procedure',
    parameters: [newestByDate, ['_count', '100']],
    lookBackDays: 366,
    neededBy: ['already-ordered', 'inflammatory-breast-cancer', 'lactation'],
  },
  {
    key: 'reports',
    type: 'DiagnosticReport',
    parameters: [newestByDate, ['_count', '100']],
    lookBackDays: 366,
    neededBy: ['imaging-and-culture', 'stage', 'inflammatory-breast-cancer', 'already-ordered'],
  },
  {
    key: 'encounters',
    type: 'Encounter',
    parameters: [newestByDate, ['_count', '20']],
    lookBackDays: 30,
    neededBy: ['sepsis'],
  },
] as const satisfies readonly PrefetchTemplate[]

export type PrefetchKey = (typeof prefetchTemplates)[number]['key']

/** The template of each key. */
export const templateByKey: ReadonlyMap<string, PrefetchTemplate> = new Map(
  prefetchTemplates.map((template) => [template.key, template]),
)

/**
 * Writes the query of a template, relative to the FHIR base.
 *
 * Shape:   `patient` is written without encoding: pass the prefetch token for discovery, and a checked and encoded id
 *          for a call.
 * Privacy: with an id the query identifies the patient; only the FHIR server receives the query.
 */
export function templateQuery(template: PrefetchTemplate, patient: string): string {
  if (template.parameters.length === 0) return `${template.type}/${patient}`
  const rest = template.parameters.map(([name, value]) => `&${name}=${value}`).join('')
  return `${template.type}?patient=${patient}${rest}`
}
