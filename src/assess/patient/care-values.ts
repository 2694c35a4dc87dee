import type { CardValues, PatientView } from '../views.js'

/** No NSAID from so many weeks of pregnancy on: a fixed number (clinical 1.3). */
const weeksWithoutNsaid = 20

/**
 * The lines on comfort, which name no medicine to take, on the maternity team, and on whom the milk is safe for.
 *
 * Missing: a pregnancy that cannot be told is none; no medicine is named then either.
 * Source:  clinical 1.3, 1.4
 */
export function careValues({
  pregnant,
}: Pick<PatientView, 'pregnant'>): Pick<CardValues, 'comfort' | 'maternityTeam' | 'milkIsSafe'> {
  if (pregnant.verdict !== 'present') {
    return {
      comfort: 'Cold, pain relief, help with latch; no deep massage.',
      maternityTeam: '',
      milkIsSafe:
        "The milk is safe for a healthy full-term infant; if preterm or ill, ask the infant's team.",
    }
  }
  return {
    comfort: `Cold; no deep massage. Pain relief by obstetric advice; no NSAID from ${weeksWithoutNsaid} weeks.`,
    maternityTeam: 'Tell the maternity team today; ask about contractions.',
    milkIsSafe: 'The milk is safe for a healthy child born at term.',
  }
}
