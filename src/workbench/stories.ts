import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FhirResource } from 'fhir/r4.js'
import type { StoryView } from './views.js'

const groupLine = /^group:(.*)$/m
const otherGroup = 'Other'

const titleOf = (folder: string): string => {
  const words = folder.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Reads the demo patients with their stories, grouped as their front matter says.
 *
 * Shape:   groups in the order of their first story, stories by name; the id is that of the patient, which is the name
 *          of the folder.
 * Missing: a story without a group stands under "Other".
 */
export function readStories(fixturesDir: string): readonly StoryView[] {
  const patients = join(fixturesDir, 'patients')
  return readdirSync(patients, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const [, front = '', text = ''] =
        /^(?:---\n([\s\S]*?)\n---\n)?([\s\S]*)$/.exec(storyText(patients, name)) ?? []
      const group = groupLine.exec(front)?.[1]?.trim()
      return { id: name, group: group || otherGroup, title: titleOf(name), text: text.trim() }
    })
}

function storyText(patients: string, name: string): string {
  try {
    return readFileSync(join(patients, name, 'story.md'), 'utf8')
  } catch {
    return ''
  }
}

/** The draft orders to try, by name; each function makes them for one patient. */
export type DraftOrders = ReadonlyMap<string, (patientId: string) => readonly FhirResource[]>

/** Reads the draft orders of the fixtures; `{patient}` in a subject stands for the patient's id. */
export function readDraftOrders(fixturesDir: string): DraftOrders {
  const folder = join(fixturesDir, 'orders')
  const names = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return new Map(
    names.map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const madeOutTo = (patientId: string): readonly FhirResource[] => {
        const id = JSON.stringify(patientId).slice(1, -1)
        const { entry = [] } = JSON.parse(text.replaceAll('{patient}', () => id)) as {
          entry?: { resource: FhirResource }[]
        }
        return entry.map(({ resource }) => resource)
      }
      return [file.slice(0, -'.json'.length), madeOutTo]
    }),
  )
}
