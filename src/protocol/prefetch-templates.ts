import { searchedCodes } from './searched-codes.js'

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

const anyOf = (codes: readonly string[]): readonly ['code', string] => ['code', codes.join(',')]

const newestByDate = ['_sort', '-date'] as const

/**
 * All prefetch templates of the service as shipped, in the stable order of discovery; `templatesWith` adds a site's own codes.
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
    parameters: [anyOf(searchedCodes.lactationStatus), newestByDate, ['_count', '50']],
    lookBackDays: 366,
    neededBy: ['lactation', 'feeding', 'order-safety'],
  },
  {
    key: 'temperatures',
    type: 'Observation',
    parameters: [anyOf(searchedCodes.temperatures), newestByDate, ['_count', '50']],
    lookBackDays: 4,
    neededBy: ['stage', 'response', 'sepsis', 'inflammatory-breast-cancer'],
  },
  {
    key: 'vitalSigns',
    type: 'Observation',
    parameters: [anyOf(searchedCodes.vitalSigns), newestByDate, ['_count', '100']],
    lookBackDays: 7,
    neededBy: ['sepsis', 'response', 'order-safety'],
  },
  {
    key: 'laboratory',
    type: 'Observation',
    parameters: [anyOf(searchedCodes.laboratory), newestByDate, ['_count', '50']],
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

/**
 * The prefetch templates with the codes that a site adds to the searches by code.
 *
 * Shape: `added` holds values of the "code" parameter by key, ready for a query.
 */
export function templatesWith(
  added: Readonly<Partial<Record<string, readonly string[]>>>,
): readonly PrefetchTemplate[] {
  return prefetchTemplates.map((template: PrefetchTemplate) => {
    const codes = added[template.key] ?? []
    if (codes.length === 0) return template
    const parameters = template.parameters.map(
      ([name, value]) => [name, name === 'code' ? [value, ...codes].join(',') : value] as const,
    )
    return { ...template, parameters }
  })
}

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
