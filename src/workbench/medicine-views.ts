import { whyNoCover } from '../assess/breast/antibiotics/no-cover.js'
import type { DraftOrder, Facts } from '../facts/facts.js'
import type { BarView, DraftView, MedicineView } from './views.js'

/** The reason for an antibiotic that could count, when it counts for no breast. */
export const otherTime = 'it does not fall into an illness of a breast'

/**
 * Describes every medicine on record as it was read, and why it does not count for a breast.
 *
 * Shape:   `bars` are the antibiotics of the timeline, which say for which breast each one counts.
 * Privacy: names of the reviewed lists and resource ids, no chart text.
 */
export function medicineViews({ medicines }: Facts, bars: readonly BarView[]): readonly MedicineView[] {
  const counted = new Set(bars.filter(({ counts }) => counts).map(({ source }) => source))
  return medicines.map((medicine) => {
    const { ingredients, kind, status, cover, sets, source } = medicine
    const counts = counted.has(source)
    return {
      ...{ ingredients, kind, status, cover, sets, counts, source },
      ...(!counts && { why: whyNoCover(medicine) ?? otherTime }),
    }
  })
}

/**
 * Describes the reading of every draft order.
 *
 * Privacy: the name of the order, which is chart text, is left out.
 */
export const draftViews = ({ drafts }: Facts): readonly DraftView[] => drafts.map(draftView)

function draftView(draft: DraftOrder): DraftView {
  const { source, resourceType, evaluated, needs, stopsFeeding, breastReason, side, medicine } = draft
  const why = medicine && whyNoCover(medicine)
  return {
    ...{ source, resourceType, evaluated, needs, stopsFeeding, breastReason, side },
    ...(medicine && {
      medicine: {
        ingredients: medicine.ingredients,
        cover: medicine.cover,
        sets: medicine.sets,
        ...(medicine.durationDays !== undefined && { durationDays: medicine.durationDays }),
        ...(why !== undefined && { why }),
      },
    }),
  }
}
