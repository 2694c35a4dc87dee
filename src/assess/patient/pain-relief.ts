import type { CardValues, PatientView } from '../views.js'

/** No NSAID from so many weeks of pregnancy on: a fixed number (clinical 1.3). */
const weeksWithoutNsaid = 20

/**
 * The line on pain relief, which names no medicine to take, and the line that tells the maternity team of a pregnancy.
 *
 * Missing: a pregnancy that cannot be told is none; no medicine is named then either.
 * Source:  clinical 1.3
 */
export function painReliefValues({
  pregnant,
}: PatientView): Pick<CardValues, 'painRelief' | 'maternityTeam'> {
  if (pregnant.verdict !== 'present')
    return { painRelief: 'Simple pain relief, unless contraindicated.', maternityTeam: '' }
  return {
    painRelief: `Pain relief by obstetric advice; no NSAID from ${weeksWithoutNsaid} weeks.`,
    maternityTeam: 'Tell the maternity team today; ask about contractions.',
  }
}
