import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import { storyMoment } from '../sandbox/demo-patients.js'
import { UsageError } from './usage-error.js'

/** A patient to try: the resources as written, and the moment at which the patient's story takes place. */
export interface Fixture {
  patientId: string
  at: number
  resources: readonly FhirResource[]
}

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new UsageError(`${file} ${why}. Name one of fhir-fixtures, or a file.`)
  }
}

const isBundle = (value: unknown): value is Bundle =>
  typeof value === 'object' &&
  value !== null &&
  (value as { resourceType?: unknown }).resourceType === 'Bundle'

/** The resources of a Bundle file. */
export function bundleResources(file: string): readonly FhirResource[] {
  const bundle = readJson(file)
  if (!isBundle(bundle)) throw new UsageError(`${file} holds no FHIR Bundle.`)
  return (bundle.entry ?? []).flatMap(({ resource }) => (resource ? [resource as FhirResource] : []))
}

/** The names of all fixture patients. */
export const fixtureNames = (fixturesDir: string): readonly string[] =>
  readdirSync(join(fixturesDir, 'patients')).sort()

/**
 * Reads a patient by the name of a fixture, or from a Bundle file.
 *
 * Missing: a Bundle file has no moment of its own, so its moment is `now`.
 * Throws:  `UsageError` when there is neither a fixture nor a file, or the file has no Patient.
 */
export function readFixture(fixturesDir: string, name: string, now: number): Fixture {
  const folder = join(fixturesDir, 'patients', name)
  const isName = /^[a-z0-9-]+$/.test(name) && existsSync(join(folder, 'bundle.json'))
  const resources = bundleResources(isName ? join(folder, 'bundle.json') : name)
  const patientId = resources.find(({ resourceType }) => resourceType === 'Patient')?.id
  if (patientId === undefined) throw new UsageError(`${name} holds no Patient with an id.`)
  return { patientId, at: isName ? storyMoment(folder) : now, resources }
}

/** The file of a name in a folder of the fixtures; any other text is the path of a file. */
const fileOf = (fixturesDir: string, folder: string, name: string): string =>
  /^[a-z0-9-]+$/.test(name) ? join(fixturesDir, folder, `${name}.json`) : name

/** Makes resources those of one patient: `{patient}` in them stands for the patient's id. */
const ofPatient = (resources: unknown, patientId: string): readonly FhirResource[] =>
  JSON.parse(JSON.stringify(resources).replaceAll('{patient}', patientId)) as FhirResource[]

/**
 * The draft orders of `fhir-fixtures/orders`, or of Bundle files, for one patient.
 *
 * Shape: `{patient}` in a subject stands for the patient's id.
 */
export function readOrders(
  fixturesDir: string,
  names: readonly string[],
  patientId: string,
): readonly FhirResource[] {
  return names.flatMap((name) => ofPatient(bundleResources(fileOf(fixturesDir, 'orders', name)), patientId))
}

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
    return ofPatient(resources, patientId)
  })
}
