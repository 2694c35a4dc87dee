import type { FhirResource } from 'fhir/r4.js'
import { isObject } from '../gather/fhir-shape.js'
import type { DemoPatients } from './demo-patients.js'
import {
  dateElements,
  type SearchInterval,
  intervalOf,
  searchTimeOf,
  type Token,
  tokenElements,
  tokensOf,
} from './search-values.js'

type Test = (resource: Record<string, unknown>) => boolean

const nameText = (resource: Record<string, unknown>): string =>
  JSON.stringify(resource['name'] ?? '').toLowerCase()

/** One alternative of a token parameter: `code`, `system|code`, `|code` or `system|`. */
function tokenTest(text: string): (token: Token) => boolean {
  const bar = text.indexOf('|')
  if (bar < 0) return ({ code }) => code === text
  const system = text.slice(0, bar)
  const wanted = text.slice(bar + 1)
  return (token) => (token.system ?? '') === system && (wanted === '' || token.code === wanted)
}

/** The comparison of a resource's interval with that of the parameter, by prefix (FHIR R4, 3.1.1.4.7). */
const dateTests = new Map<string, (its: SearchInterval, given: SearchInterval) => boolean>([
  ['eq', (its, given) => its.from >= given.from && its.to <= given.to],
  ['ne', (its, given) => its.from < given.from || its.to > given.to],
  ['gt', (its, given) => its.to > given.to],
  ['lt', (its, given) => its.from < given.from],
  ['ge', (its, given) => its.to > given.to || (its.from >= given.from && its.to <= given.to)],
  ['le', (its, given) => its.from < given.from || (its.from >= given.from && its.to <= given.to)],
  ['sa', (its, given) => its.from > given.to],
  ['eb', (its, given) => its.to < given.from],
])

function dateTest(parameter: string, text: string): Test {
  const prefix = dateTests.has(text.slice(0, 2)) ? text.slice(0, 2) : 'eq'
  const given = intervalOf(text.startsWith(prefix) ? text.slice(2) : text)
  const compare = dateTests.get(prefix)
  return (resource) => {
    const its = searchTimeOf(resource, parameter)
    return its !== undefined && given !== undefined && compare !== undefined && compare(its, given)
  }
}

/** The test of one parameter; a comma means "or". An unknown parameter tests nothing. */
function parameterTest(name: string, value: string): Test | undefined {
  const elements = tokenElements.get(name)
  if (elements) {
    const wanted = value.split(',').map(tokenTest)
    return (resource) =>
      elements.some((element) => tokensOf(resource[element]).some((token) => wanted.some((is) => is(token))))
  }
  if (dateElements.has(name)) {
    const tests = value.split(',').map((each) => dateTest(name, each))
    return (resource) => tests.some((is) => is(resource))
  }
  if (name === 'name' || name === 'family' || name === 'given') {
    const words = value.toLowerCase().split(',')
    return (resource) => words.some((word) => nameText(resource).includes(word))
  }
  return undefined
}

/** Newest first for `-date`, `-_id` and the like; resources without the value come last. */
function comparison(sort: string): (a: FhirResource, b: FhirResource) => number {
  const keys = sort
    .split(',')
    .map((key) => ({ name: key.replace(/^-/, ''), sign: key.startsWith('-') ? -1 : 1 }))
  const valueOf = (resource: FhirResource, name: string, sign: number): number | undefined => {
    const interval = searchTimeOf(resource as unknown as Record<string, unknown>, name)
    return sign < 0 ? interval?.to : interval?.from
  }
  return (a, b) => {
    for (const { name, sign } of keys) {
      if (name === '_id' && a.id !== b.id) return (a.id ?? '') < (b.id ?? '') ? -sign : sign
      const [first, second] = [valueOf(a, name, sign), valueOf(b, name, sign)]
      if (first === second) continue
      if (first === undefined) return 1
      if (second === undefined) return -1
      return first < second ? -sign : sign
    }
    return 0
  }
}

/** The patients that a search names, or else all patients. */
function patientsNamed(type: string, query: URLSearchParams, patients: DemoPatients): readonly string[] {
  const named = query.get('patient') ?? query.get('subject') ?? (type === 'Patient' ? query.get('_id') : null)
  if (named === null) return patients.ids()
  return named.split(',').map((reference) => reference.replace(/^.*Patient\//, ''))
}

/**
 * Finds all resources of a type for a search, in the order that the search asks for.
 *
 * Shape: a search that names its patient reads only the resources of that patient.
 * Edge:  an unknown parameter is ignored, as lenient servers do.
 */
export function search(
  type: string,
  query: URLSearchParams,
  patients: DemoPatients,
): readonly FhirResource[] {
  const tests = [...query].flatMap(([name, value]) => parameterTest(name, value) ?? [])
  const found = patientsNamed(type, query, patients)
    .flatMap((id) => patients.of(id))
    .filter((resource) => {
      const fields = resource as unknown as Record<string, unknown>
      return resource.resourceType === type && tests.every((is) => is(fields))
    })
  const sort = query.get('_sort')
  return sort === null ? found : found.toSorted(comparison(sort))
}

/**
 * The Medications that `_include=MedicationRequest:medication` (and the same for administrations and statements) adds
 * to these orders.
 */
export function includedMedications(
  orders: readonly FhirResource[],
  query: URLSearchParams,
  patients: DemoPatients,
): readonly FhirResource[] {
  if (!query.getAll('_include').some((include) => /^[A-Za-z]+:medication$/.test(include))) return []
  const wanted = new Set<string>()
  const owners = new Set<string>()
  for (const order of orders) {
    const fields = order as unknown as Record<string, unknown>
    const [medication, subject] = [fields['medicationReference'], fields['subject']]
    if (!isObject(medication) || typeof medication['reference'] !== 'string') continue
    wanted.add(medication['reference'].replace(/^.*Medication\//, ''))
    if (isObject(subject)) owners.add(String(subject['reference']).replace(/^.*Patient\//, ''))
  }
  return [...owners].flatMap((owner) =>
    patients
      .of(owner)
      .filter(({ resourceType, id }) => resourceType === 'Medication' && wanted.has(id ?? '')),
  )
}
