import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { FhirResource } from 'fhir/r4.js'
import type { Instant } from '../units/units.js'

/** One line of a collected file: a patient with all collected resources. */
export interface PatientRecord {
  source: string
  resources: readonly FhirResource[]
}

/** The collected files of a folder, by name. */
export const recordFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson.gz'))
    .sort()

/**
 * Reads the patients of one collected file, one at a time, so that no file need fit into memory.
 *
 * Shape: gzipped lines of `{"source": …, "resources": {"Patient": […], "Condition": […], …}}`.
 */
export async function* patientRecords(folder: string, file: string): AsyncGenerator<PatientRecord> {
  const lines = createInterface({ input: createReadStream(join(folder, file)).pipe(createGunzip()) })
  for await (const line of lines) {
    if (line.trim() === '') continue
    const { source, resources } = JSON.parse(line) as {
      source: string
      resources: Record<string, readonly FhirResource[]>
    }
    yield { source, resources: Object.values(resources).flat() }
  }
}

const dateLike = /^\d{4}-\d\d-\d\d/

/** The dates that do not tell when a resource was written: a birth, and dates of later events or validity. */
const otherDates: ReadonlySet<string> = new Set(['birthDate', 'validityPeriod', 'occurrenceDateTime', 'meta'])

/**
 * The newest date in the resources of a patient: the moment at which the last resource was written.
 *
 * Edge:    a date without a time counts as the end of that day.
 * Missing: undefined when no resource has a date.
 */
export function newestDateIn(value: unknown): Instant | undefined {
  if (typeof value === 'string') {
    if (!dateLike.test(value)) return undefined
    const at = Date.parse(value.length === 10 ? `${value}T23:59:59Z` : value)
    return Number.isNaN(at) ? undefined : at
  }
  if (typeof value !== 'object' || value === null) return undefined
  let newest: Instant | undefined
  for (const [key, member] of Object.entries(value)) {
    const at = otherDates.has(key) ? undefined : newestDateIn(member)
    if (at !== undefined && at > (newest ?? -Infinity)) newest = at
  }
  return newest
}
