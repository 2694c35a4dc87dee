import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FhirResource } from 'fhir/r4.js'
import { readFacts } from '../facts/read-facts.js'
import type { ReadingRules } from '../facts/reading.js'
import { readKeys } from '../gather/chart.js'
import { patientOwnership } from '../gather/patient-ownership.js'

/** One labelled resource: its label, the reading of the service, and whether the two agree. */
export interface LabelledReading {
  id: string
  label: string
  reading: string
  agrees: boolean
}

/** A labelled Observation, Condition or Patient, with its subject if there is one. */
type LabelledResource = FhirResource & { subject?: { reference?: string } }

interface Labelled {
  id: string
  resource: LabelledResource
  label: { breastfeeding: string }
}

/** The readings that each label allows; a resource about anything but the mother's feeding gives no reading. */
const allowed: ReadonlyMap<string, readonly string[]> = new Map([
  ['yes', ['yes']],
  ['no', ['no']],
  ['no or unknown, never yes', ['no', 'unknown', 'nothing']],
  ['unknown', ['unknown', 'nothing']],
  ['unknown (ignore)', ['unknown', 'nothing']],
  ['n/a', ['nothing']],
])

const mother = 'labelled-mother'

/** The patient that a statement is about; a resource of another patient keeps its subject. */
function subjectOf({ resource, label }: Labelled): string {
  const own = label.breastfeeding === 'n/a' ? undefined : resource.subject?.reference?.split('/').at(-1)
  return own ?? mother
}

function readingOf(labelled: Labelled, rules: ReadingRules): string {
  const patientId = subjectOf(labelled)
  const patient: FhirResource = { resourceType: 'Patient', id: patientId }
  const resource = { subject: { reference: `Patient/${patientId}` }, ...labelled.resource } as FhirResource
  if (patientOwnership(patientId, () => [{ resource: patient }]).resource(resource) !== 'hers')
    return 'nothing'
  const { lactation } = readFacts(
    {
      hook: 'patient-view',
      patientId,
      userId: 'Practitioner/quiet',
      resources: [patient, resource],
      named: new Map(),
      medications: new Map(),
      sources: readKeys.map((key) => ({ key, origin: 'prefetch', state: 'ok', count: 1, ms: 0 })),
      unreadChecks: [],
      droppedForeign: 0,
      draftOrders: [],
      selections: [],
    },
    rules,
  )
  return lactation[0]?.says ?? 'nothing'
}

/**
 * Reads the labelled breastfeeding observations of a folder, and compares each reading with its label.
 *
 * Missing: empty for a folder without `breastfeeding-labelled.json`.
 */
export function labelledReadings(folder: string, rules: ReadingRules): readonly LabelledReading[] {
  const file = join(folder, 'breastfeeding-labelled.json')
  if (!existsSync(file)) return []
  const list = JSON.parse(readFileSync(file, 'utf8')) as readonly Labelled[]
  return list.map((labelled) => {
    const label = labelled.label.breastfeeding
    const reading = readingOf(labelled, rules)
    return { id: labelled.id, label, reading, agrees: allowed.get(label)?.includes(reading) ?? false }
  })
}
