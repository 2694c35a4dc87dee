import { noteBirths } from './births.js'
import { periodOf, spanIn } from './instants.js'
import { codingOf, conceptsOf, isGiven } from './narrow.js'
import type { Fields } from './narrow.js'
import { provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'

const tookPlace: ReadonlySet<unknown> = new Set(['arrived', 'triaged', 'in-progress', 'onleave', 'finished'])
const ongoing: ReadonlySet<unknown> = new Set(['in-progress', 'onleave'])
/** HL7 v3 ActCode: inpatient, inpatient acute, inpatient non-acute. */
const inpatientCodes: ReadonlySet<string | undefined> = new Set(['IMP', 'ACUTE', 'NONAC'])

const isInpatient = (fields: Fields): boolean =>
  isGiven(fields['class']) && inpatientCodes.has(codingOf(fields['class'])?.code)

/**
 * Reads an Encounter: whether she is an inpatient now, and the births it tells of.
 *
 * Edge:   planned, cancelled and entered-in-error encounters say nothing; only ongoing ones are encounter facts.
 * Source: clinical 2.1 (VS-DELIVERY, period.start), 5.4
 */
export function readEncounter({ fields, source }: Entry, reading: Reading): void {
  if (!tookPlace.has(fields['status'])) return
  const { codes, clock, sheet } = reading
  const when = spanIn(periodOf(fields['period'], clock).start)
  for (const concept of [...conceptsOf(fields['type']), ...conceptsOf(fields['reasonCode'])]) {
    noteBirths(codes.setsOf(concept), source, when, reading)
  }
  if (ongoing.has(fields['status'])) {
    sheet.encounters.push({
      inpatient: isInpatient(fields),
      inProgress: true,
      ...provenance(source, when, false),
    })
  }
}
