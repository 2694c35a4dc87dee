import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FhirResource } from 'fhir/r4.js'
import { isObject } from '../gather/fhir-shape.js'
import { storyMoment } from '../sandbox/demo-patients.js'
import { patientBundle, resourcesIn } from '../sandbox/patient-bundle.js'
import type { Addresses, NoPatient, PatientBundle } from '../sandbox/patient-bundle.js'
import { UsageError } from './usage-error.js'

/** A patient to try: the resources as written, and the moment at which the patient's story takes place. */
export interface Fixture {
  patientId: string
  at: number
  resources: readonly FhirResource[]
  /** The addresses of the resources in their Bundle; none for resources that a Bundle did not hold. */
  addresses?: Addresses
}

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new UsageError(`${file} ${why}. Name one of fhir-fixtures, or a file.`)
  }
}

const isBundle = (value: unknown): boolean => isObject(value) && value['resourceType'] === 'Bundle'

const mostIdsNamed = 5

/** Says why no patient could be chosen from a Bundle file, and what to do. */
function noPatientWords(name: string, { problem, ids }: NoPatient): string {
  const named = ids.slice(0, mostIdsNamed).join(', ') + (ids.length > mostIdsNamed ? ' and more' : '')
  switch (problem) {
    case 'no-bundle':
      return `${name} holds no FHIR Bundle.`
    case 'none':
      return `${name} holds no Patient with an id.`
    case 'several':
      return `${name} holds ${ids.length} Patients (${named}). Name one with --patient <id>.`
    case 'not-there':
      return `${name} does not hold the Patient of --patient. It holds ${named || 'none with an id'}.`
  }
}

/** The names of all fixture patients. */
export const fixtureNames = (fixturesDir: string): readonly string[] =>
  readdirSync(join(fixturesDir, 'patients')).sort()

/**
 * Reads a patient by the name of a fixture, or from a Bundle file.
 *
 * Shape:   `patient` names one of several Patients of a Bundle file.
 * Missing: a Bundle file has no moment of its own, so its moment is `now`.
 * Throws:  `UsageError` when there is neither a fixture nor a file, or the file has no Patient, or several and none is
 *          named.
 */
export function readFixture(fixturesDir: string, name: string, now: number, patient?: string): Fixture {
  const folder = join(fixturesDir, 'patients', name)
  const isName = /^[a-z0-9-]+$/.test(name) && existsSync(join(folder, 'bundle.json'))
  const found = patientBundle(readJson(isName ? join(folder, 'bundle.json') : name), patient)
  if ('problem' in found) throw new UsageError(noPatientWords(name, found))
  return { ...found, at: isName ? storyMoment(folder) : now }
}

/** The file of a name in a folder of the fixtures; any other text is the path of a file. */
const fileOf = (fixturesDir: string, folder: string, name: string): string =>
  /^[a-z0-9-]+$/.test(name) ? join(fixturesDir, folder, `${name}.json`) : name

/** Makes resources those of one patient: `{patient}` in them stands for the patient's id. */
const ofPatient = <Resources>(resources: Resources, patientId: string): Resources =>
  JSON.parse(JSON.stringify(resources).replaceAll('{patient}', patientId)) as Resources

/**
 * The draft orders of `fhir-fixtures/orders`, or of Bundle files, for one patient, with their addresses.
 *
 * Shape:  `{patient}` in a subject stands for the patient's id.
 * Throws: `UsageError` when a file is not there or holds no Bundle.
 */
export function readOrderBundles(
  fixturesDir: string,
  names: readonly string[],
  patientId: string,
): Pick<PatientBundle, 'resources' | 'addresses'> {
  const found = names.map((name) => {
    const file = fileOf(fixturesDir, 'orders', name)
    const bundle = readJson(file)
    if (!isBundle(bundle)) throw new UsageError(`${file} holds no FHIR Bundle.`)
    return resourcesIn(ofPatient(bundle, patientId))
  })
  return {
    resources: found.flatMap(({ resources }) => resources),
    addresses: new Map(found.flatMap(({ addresses }) => [...addresses])),
  }
}

/** The draft orders of `readOrderBundles`, without their addresses. */
export const readOrders = (...given: Parameters<typeof readOrderBundles>): readonly FhirResource[] =>
  readOrderBundles(...given).resources

/**
 * The records of `fhir-fixtures/records`, or of files like them, for one patient: what she has beside her chart.
 *
 * Shape:  a file holds a list of resources; `{patient}` in a subject stands for the patient's id.
 * Throws: `UsageError` when a file is not there or holds no list.
 */
export function readRecordsBeside(
  fixturesDir: string,
  names: readonly string[],
  patientId: string,
): readonly FhirResource[] {
  return names.flatMap((name) => {
    const file = fileOf(fixturesDir, 'records', name)
    const resources = readJson(file)
    if (!Array.isArray(resources)) throw new UsageError(`${file} holds no list of FHIR resources.`)
    return ofPatient(resources as readonly FhirResource[], patientId)
  })
}
