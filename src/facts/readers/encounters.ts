import { noteBirths } from '../statements/births.js'
import { periodOf, spanIn } from '../fhir/instants.js'
import { codingOf, conceptsOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { setsOfDiagnosis } from '../sets-of-concept.js'

const tookPlace: ReadonlySet<unknown> = new Set([
  ...['arrived', 'triaged', 'in-progress', 'onleave', 'finished'],
  ...['discharged', 'completed'], // FHIR R5
])
const ongoing: ReadonlySet<unknown> = new Set(['in-progress', 'onleave'])
/** HL7 v3 ActCode: inpatient, inpatient acute, inpatient non-acute. */
const inpatientCodes: ReadonlySet<string | undefined> = new Set(['IMP', 'ACUTE', 'NONAC'])

/** No place on the body is given. */
const anywhere = { breast: false }

/** Is the class, a Coding or in FHIR R5 a list of concepts, that of an inpatient? */
const isInpatient = (fields: Fields): boolean =>
  inpatientCodes.has(codingOf(fields['class'])?.code) ||
  conceptsOf(fields['class']).some(({ coding }) => coding?.some(({ code }) => inpatientCodes.has(code)))

/**
 * Reads an Encounter: whether the patient is an inpatient now, and the births that the encounter tells of.
 *
 * Edge:   planned, cancelled and entered-in-error encounters say nothing; only ongoing encounters are encounter facts.
 * Source: clinical 2.1 (VS-DELIVERY, period.start), 5.4
 */
export function readEncounter({ fields, source }: PatientResource, context: ReaderContext): void {
  if (!tookPlace.has(fields['status'])) return
  const { clock, collector } = context
  const when = spanIn(periodOf(fields['period'], clock).start)
  for (const concept of [...conceptsOf(fields['type']), ...conceptsOf(fields['reasonCode'])]) {
    noteBirths(setsOfDiagnosis(concept, anywhere, context), source, when, context)
  }
  if (ongoing.has(fields['status'])) {
    collector.encounters.push({
      inpatient: isInpatient(fields),
      inProgress: true,
      ...provenance(source, when, false),
    })
  }
}
