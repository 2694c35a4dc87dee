import type { Side } from '../../../terminology/concepts.js'
import { hoursInMs, type Instant } from '../../../units/units.js'
import { instantOf } from '../../dating.js'
import { inputOf, inputs } from '../../definition.js'
import {
  hadInfectionAround,
  otherInfectionInputs,
  type OtherInfection,
} from '../../patient/other-infection.js'
import type { Timeline } from '../../timeline.js'
import type { Breast } from '../breasts.js'
import { breastSets, isBreastDiagnosis } from '../diagnosis-sets.js'
import { currentSignInputs } from '../signs/signs.js'
import { breastSigns, unspecificSigns } from '../signs/signs-of-breast.js'
import type { Exposure } from './exposure.js'
import { coveringNow, exposureInputs, type Exposures } from './exposures.js'

/** The inputs of the antibiotics for one breast. */
export const breastAntibioticInputs = inputs(
  exposureInputs,
  currentSignInputs,
  otherInfectionInputs,
  { facts: [], sets: breastSets, parameters: [] },
  inputOf('antibiotic.gapHours'),
)

/** An antibiotic begun so many hours from a sign or a diagnosis of a breast is one for this breast. */
const nearHours = 72

/**
 * The antibiotics for this breast, whatever is recorded of the other one.
 *
 * Shape:  an antibiotic with a breast reason and not begun near a sign of the other breast alone; one begun within 72 h of a sign or
 *         diagnosis of this breast; and one that takes over from such an antibiotic.
 * Edge:   exactly 72 h is near. Where nothing but pain, swelling or a cracked nipple is near, and for a change of antibiotic, another
 *         infection recorded from 7 days before to 2 days after the start excludes the antibiotic.
 * Source: clinical 4.2
 */
export function forThisBreast(
  timeline: Timeline,
  breast: Breast,
  { list: all, ...exposures }: Exposures,
  infections: readonly OtherInfection[],
): Exposures {
  if (all.length === 0) return { list: all, ...exposures }
  const here = recordsOf(timeline, breast.includesUnspecifiedSide)
  const elsewhere = recordsOf(timeline, (side) => !breast.includesUnspecifiedSide(side))
  const bridge = hoursInMs(timeline.parameters['antibiotic.gapHours'])
  const list: Exposure[] = []
  const takesOver = (from: Instant): boolean => list.some(({ to }) => from <= to + bridge)
  for (const exposure of all) {
    const { medicine, from } = exposure
    const near = here.filter((record) => isNear(record, from))
    const forBreast =
      medicine.reason === 'breast'
        ? near.length > 0 || !elsewhere.some((record) => isNear(record, from))
        : near.some(({ specific }) => specific) ||
          ((near.length > 0 || takesOver(from)) && !hadInfectionAround(infections, from, timeline.now))
    if (forBreast) list.push(exposure)
  }
  return { ...exposures, list, coveredNow: coveringNow(list, timeline.now, exposures.doubt) }
}

/** The time of a sign or diagnosis, and whether it shows an infection of the breast. */
interface BreastRecord {
  at: Instant
  specific: boolean
}

const isNear = ({ at }: BreastRecord, start: Instant): boolean => Math.abs(at - start) <= hoursInMs(nearHours)

/** The times of present signs and of diagnoses, resolved ones included, on the sides that `on` accepts. */
function recordsOf({ signs, facts, now }: Timeline, on: (side: Side) => boolean): readonly BreastRecord[] {
  const records: BreastRecord[] = []
  for (const name of breastSigns) {
    for (const { fact, at } of signs.get(name) ?? []) {
      if (fact.state === 'present' && fact.generic !== true && on(fact.side))
        records.push({ at, specific: !unspecificSigns.has(name) })
    }
  }
  for (const problem of facts.problems) {
    if (!isBreastDiagnosis(problem) || !on(problem.side)) continue
    for (const span of [problem.onset, problem.recorded, problem.when])
      if (span) records.push({ at: instantOf(span, now), specific: true })
  }
  return records
}
