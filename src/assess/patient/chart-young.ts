import type { PatientView } from '../views.js'
import type { FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'

/** The ages of the young patients whose consent follows local rules, fixed in clinical 1.5. Whole years, both included. */
const young = { from: 10, to: 17 }

/** The part of the context that this finding reads. */
interface OfAge {
  patient: Pick<PatientView, 'ageYears'>
}

function isYoung({ patient: { ageYears } }: OfAge): Finding {
  if (!ageYears) return cannotTell('the birth date could not be read')
  const { min, max } = ageYears
  if (max < young.from || min > young.to) return absent(`not ${young.from} to ${young.to} years old`)
  if (min < young.from || max > young.to) return cannotTell('the birth date is not exact')
  return present(min === max ? `age ${min}` : `age ${min} or ${max}`)
}

/** The finding that the patient is 10 to 17 years old (clinical 1.5). */
export const chartYoung = {
  name: 'chart-young',
  scope: 'patient',
  means: 'Is the patient 10 to 17 years old?',
  facts: ['patient'],
  sets: [],
  parameters: [],
  edge: 'From the 10th birthday to the day before the 18th; a birth year alone counts when both possible ages are within.',
  missing: 'Cannot be told without a birth date, or when a partial one leaves it open.',
  find: isYoung,
} as const satisfies FindingDefinition<OfAge>
