import { hoursInMs, type Instant } from '../../units/units.js'
import { withinDays } from '../dating.js'
import { evidenceOf } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Timeline } from '../timeline.js'

/**
 * The days for which the birth of a living infant speaks for lactation, as long as a condition of lactation does, and the hours
 * before a diagnosis in which a note belongs to the same illness, as an antibiotic does (clinical 1.2, 4.1).
 */
const livingInfantDays = 180
const notesBeforeHours = 72

/**
 * What shows that a diagnosis of the puerperium is one of lactation: a living infant, or a note of this illness that says that the patient
 * feeds.
 *
 * Edge:    the newest note that says yes or no decides.
 * Missing: undefined where nothing on record shows it; the diagnosis alone proves no feeding.
 * Source:  clinical 1.2 step 3; clinical changes C14
 */
export function evidenceOfFeeding(timeline: Timeline, illSince: Instant): Evidence | undefined {
  const { facts, lactation, now } = timeline
  const living = facts.births.find(
    ({ kind, when }) =>
      (kind === 'living-infant' || kind === 'infant-well') && withinDays(when, livingInfantDays, now),
  )
  if (living) return evidenceOf(living, 'living infant')
  const from = illSince - hoursInMs(notesBeforeHours)
  const note = lactation.findLast(({ fact, at }) => fact.inNote === true && at >= from)
  return note?.fact.says === 'yes' ? evidenceOf(note.fact, 'note: breastfeeding') : undefined
}
