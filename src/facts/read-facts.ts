import type { Chart } from '../gather/chart.js'
import { readAllergy } from './allergies.js'
import { readProcedure, readServiceRequest } from './care.js'
import { readDrafts } from './drafts.js'
import { readEncounter } from './encounters.js'
import type { Facts } from './facts.js'
import { readMedicine } from './medicines.js'
import { fieldsOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { readObservation } from './observations.js'
import { readPatient } from './patient.js'
import { readCondition } from './problems.js'
import type { ReadingRules } from './reading.js'
import { readReport } from './reports.js'
import { readsOf } from './reads.js'
import { emptySheet } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import { placedPain } from './unplaced-pain.js'
import { belongsTo, resourceRef } from './validity.js'
import { zoneClock } from './zone-clock.js'

type ReadResource = (entry: Entry, reading: Reading) => void

/** Who reads which resource type; others say nothing of mastitis. */
const readers = new Map<string | undefined, ReadResource>([
  ['Observation', readObservation],
  ['Condition', readCondition],
  ['MedicationRequest', (entry, reading) => readMedicine('request', entry, reading)],
  ['MedicationAdministration', (entry, reading) => readMedicine('administration', entry, reading)],
  ['MedicationStatement', (entry, reading) => readMedicine('statement', entry, reading)],
  ['AllergyIntolerance', readAllergy],
  ['ServiceRequest', readServiceRequest],
  ['Procedure', readProcedure],
  ['DiagnosticReport', readReport],
  ['Encounter', readEncounter],
])

/** Finds resources of the chart by name; the index is built when the first one is asked for. */
function finder(chart: Chart): Reading['find'] {
  let index: Map<string, Fields> | undefined
  const build = (): Map<string, Fields> => {
    const built = new Map<string, Fields>()
    for (const resource of chart.resources) {
      const fields = fieldsOf(resource)
      const type = stringOf(fields?.['resourceType'])
      const id = stringOf(fields?.['id'])
      if (fields && type !== undefined && id !== undefined && belongsTo(fields, chart.patientId))
        built.set(`${type}/${id}`, fields)
    }
    return built
  }
  return (reference) => {
    index ??= build()
    return index.get(reference)
  }
}

function readResource(resource: unknown, reading: Reading): void {
  const fields = fieldsOf(resource)
  if (!fields) return
  const resourceType = stringOf(fields['resourceType'])
  if (resourceType === 'Patient') {
    readPatient({ fields, source: resourceRef('Patient', fields) }, reading)
    return
  }
  const read = readers.get(resourceType)
  if (!read || resourceType === undefined) return
  if (belongsTo(fields, reading.chart.patientId)) {
    read({ fields, source: resourceRef(resourceType, fields) }, reading)
  } else {
    reading.sheet.droppedForeign += 1
  }
}

/**
 * Reads a chart into facts: each resource once, by its type.
 *
 * Shape:   plain JSON; `earlier` is empty, since it comes from the record and not from the chart.
 * Missing: what could not be read is in `reads` (whole categories) or `unreadable` (single values), never guessed.
 * Privacy: no chart text but `drafts[].name`.
 * Source:  clinical 2 and 3
 */
export function readFacts(chart: Chart, { codes, zone }: ReadingRules): Facts {
  const sheet = emptySheet(chart.droppedForeign)
  const reading: Reading = { chart, codes, clock: zoneClock(zone), sheet, find: finder(chart) }
  for (const resource of chart.resources) readResource(resource, reading)
  readDrafts(chart.draftOrders, reading)
  const { unplacedPain, signs, ...rest } = sheet
  const placed = unplacedPain.length === 0 ? signs : [...signs, ...placedPain(sheet)]
  return { signs: placed, reads: readsOf(chart.sources), earlier: [], ...rest }
}
