import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FhirResource } from 'fhir/r4.js'
import { isObject, isResource } from '../gather/fhir-shape.js'
import type { Instant } from '../units/units.js'
import { shiftBundle } from './shift-bundle.js'

/** The moment of a story whose front matter names none. */
const defaultAt = '2026-03-03T09:00:00Z'
const frontMatterAt = /^at:[ \t]*(\S+)[ \t]*$/m

/** The data of the demo server: the resources of each patient, with the story moved to now. */
export interface DemoPatients {
  ids(): readonly string[]
  /** All resources of this patient, with times moved to now; empty for an unknown id. */
  of(patientId: string): readonly FhirResource[]
}

/** One fixture folder: its resources as written, and the moment of the story. */
interface Story {
  at: Instant
  resources: readonly FhirResource[]
}

/**
 * Reads the moment of a fixture's story from the front matter line `at: …` of its story.md.
 *
 * Missing: without that line, or without the file, 2026-03-03T09:00:00Z.
 */
export function storyMoment(folder: string): Instant {
  let text = ''
  try {
    text = readFileSync(join(folder, 'story.md'), 'utf8')
  } catch {
    // a fixture without a story has the default moment
  }
  const front = text.startsWith('---') ? text.slice(3, Math.max(3, text.indexOf('\n---', 3))) : ''
  const at = Date.parse(frontMatterAt.exec(front)?.[1] ?? defaultAt)
  return Number.isNaN(at) ? Date.parse(defaultAt) : at
}

function readStory(folder: string): Story {
  const bundle: unknown = JSON.parse(readFileSync(join(folder, 'bundle.json'), 'utf8'))
  const entries = isObject(bundle) && Array.isArray(bundle['entry']) ? bundle['entry'] : []
  const resources = entries.map((entry: unknown) => (isObject(entry) ? entry['resource'] : undefined))
  return { at: storyMoment(folder), resources: resources.filter(isResource) }
}

/** The patient that a resource belongs to; a resource without a patient belongs to the patient of its story. */
function ownerOf(resource: FhirResource, storyPatient: string): string {
  if (resource.resourceType === 'Patient') return resource.id ?? storyPatient
  const fields = resource as unknown as Record<string, unknown>
  const subject = fields['subject'] ?? fields['patient']
  const reference = isObject(subject) ? subject['reference'] : undefined
  return typeof reference === 'string' ? reference.replace(/^.*Patient\//, '') : storyPatient
}

/** A resource as it was written, with the moment of its story. */
interface Told {
  at: Instant
  resource: FhirResource
}

function indexByPatient(fixturesDir: string): Map<string, Told[]> {
  const index = new Map<string, Told[]>()
  for (const folder of readdirSync(join(fixturesDir, 'patients'), { withFileTypes: true })) {
    if (!folder.isDirectory()) continue
    const { at, resources } = readStory(join(fixturesDir, 'patients', folder.name))
    const storyPatient = resources.find(({ resourceType }) => resourceType === 'Patient')?.id ?? folder.name
    for (const resource of resources) {
      const owner = ownerOf(resource, storyPatient)
      const theirs = index.get(owner)
      if (theirs) theirs.push({ at, resource })
      else index.set(owner, [{ at, resource }])
    }
  }
  return index
}

/**
 * Makes the demo patients: fixtures are read once, at the first question, and each patient's times are moved to now at
 * most once a minute.
 *
 * Edge: "now" is the start of the minute, so that a value exactly 48 h old in the story is never younger when the call
 *       is decided.
 */
export function makeDemoPatients(fixturesDir: string, clock: () => Instant): DemoPatients {
  let stories: Map<string, Told[]> | undefined
  let minute = 0
  const told = new Map<string, readonly FhirResource[]>()
  const index = (): Map<string, Told[]> => (stories ??= indexByPatient(fixturesDir))

  return {
    ids: () => [...index().keys()],
    of(patientId) {
      const begun = Math.floor(clock() / 60_000) * 60_000
      if (begun !== minute) told.clear()
      minute = begun
      const known = told.get(patientId)
      if (known) return known
      const resources = (index().get(patientId) ?? []).map(({ at, resource }) =>
        shiftBundle(resource, begun - at),
      )
      told.set(patientId, resources)
      return resources
    },
  }
}
