import type { Chart } from '../gather/chart.js'
import { budgets } from '../protocol/limits.js'
import { callBudget } from './call-budget.js'
import { callTexts } from './call-texts.js'
import { readAllergy } from './readers/allergies.js'
import { readProcedure, readServiceRequest } from './readers/care.js'
import { readDrafts } from './readers/drafts.js'
import { readEncounter } from './readers/encounters.js'
import type { Facts } from './facts.js'
import { readMedicine } from './readers/medicines.js'
import { stringOf } from './fhir/narrow.js'
import { plainFields } from './fhir/plain-fields.js'
import { readObservation } from './readers/observations.js'
import { readPatient } from './readers/patient.js'
import { noteUnreadChecks, readCheckResponse } from './readers/check-responses.js'
import { readCondition } from './readers/problems.js'
import type { ReadingRules } from './reading.js'
import { readReport } from './readers/reports.js'
import { readsOf } from './reads.js'
import { callReader } from './text-reader.js'
import { emptyCollector, factsOn } from './fact-collector.js'
import { contextOf, type CallContext, type PatientResource, type ReaderContext } from './fact-collector.js'
import { placedPain } from './statements/unplaced-pain.js'
import { nameIn, resourceRef } from './fhir/validity.js'
import { zoneClock } from './fhir/zone-clock.js'

type ReadResource = (entry: PatientResource, context: ReaderContext) => void

/** The reader of each resource type; resources of other types say nothing of mastitis. */
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
  ['QuestionnaireResponse', readCheckResponse],
])

/** Finds resources of the chart by reference: by the whole reference, else by the `Type/id` in it. */
const finder =
  ({ named }: Chart): ReaderContext['find'] =>
  (reference) =>
    plainFields(named.get(reference) ?? named.get(nameIn(reference)))

function readResource(resource: unknown, context: CallContext): void {
  const fields = plainFields(resource)
  if (!fields) return
  const resourceType = stringOf(fields['resourceType'])
  if (resourceType === 'Patient') {
    const source = resourceRef('Patient', fields)
    readPatient({ fields, source }, contextOf(source, context))
    return
  }
  const read = readers.get(resourceType)
  if (!read || resourceType === undefined) return
  const { budget, texts } = context
  const source = resourceRef(resourceType, fields)
  if (budget.allows(fields)) read({ fields, source }, contextOf(source, context))
  const textsUnread = texts.takeUnread()
  if (budget.takeLeftOut() || textsUnread) budget.leaveOut(resourceType)
}

/** A turn ends behind so many resources: without text those that take longest take some 0.3 ms each. */
const resourcesInATurn = 25
/** A turn ends behind the resource with which the texts were so much work: as many characters read take some 10 ms. */
const charactersInATurn = 2_000

/** Reads a chart part by part, so that a live call can let others have their turn in between. */
export interface FactsReader {
  /** Reads on from a resource of the chart until it is worth a turn, and gives the place of the next one. */
  read(from: number): number
  /** Reads the draft orders, and gives all facts; to be asked once, when all resources are read. */
  facts(): Facts
}

/**
 * Makes the reader of one chart. It reads each resource by its type.
 *
 * Shape:   plain JSON; `earlier` is empty, since earlier cards come from the record and not from the chart.
 * Missing: a whole category that could not be read is in `reads`, a single value in `unreadable`. A resource beyond
 *          the budgets of a call makes its category unreadable. Nothing is guessed.
 * Privacy: no chart text but `drafts[].name`.
 * Source:  clinical 2 and 3
 */
export function makeFactsReader(chart: Chart, { codes, words, check, zone }: ReadingRules): FactsReader {
  const collector = emptyCollector(chart.droppedForeign)
  const texts = callTexts(budgets.textCharacters.most)
  const budget = callBudget(() => factsOn(collector))
  const context: CallContext = {
    chart,
    codes,
    check,
    texts,
    textsOf: callReader(words, texts, collector.texts),
    budget,
    clock: zoneClock(zone),
    collector,
    find: finder(chart),
  }
  return {
    read(from) {
      const until = Math.min(chart.resources.length, from + resourcesInATurn)
      const workBefore = texts.work()
      let at = from
      while (at < until && texts.work() - workBefore < charactersInATurn) {
        readResource(chart.resources[at], context)
        at += 1
      }
      return at
    },
    facts() {
      readDrafts(chart.draftOrders, context)
      noteUnreadChecks(context)
      const { unplacedPain, signs, ...rest } = collector
      const placed = unplacedPain.length === 0 ? signs : [...signs, ...placedPain(collector)]
      return { signs: placed, reads: budget.readsWith(readsOf(chart.sources)), earlier: [], ...rest }
    },
  }
}

/** Reads a whole chart into facts at once, by `makeFactsReader`. */
export function readFacts(chart: Chart, rules: ReadingRules): Facts {
  const reader = makeFactsReader(chart, rules)
  for (let at = 0; at < chart.resources.length;) at = reader.read(at)
  return reader.facts()
}
