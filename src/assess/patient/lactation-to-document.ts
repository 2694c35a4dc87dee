import { daysInMs } from '../../units/units.js'
import type { PatientContext } from '../context.js'
import { inputs, unreadInputs, type FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { drivingInputs } from '../breast/current-diagnoses.js'
import { infectionSets } from '../breast/diagnosis-sets.js'
import { infected } from '../breast/infected.js'
import { lactationStatusInputs } from './lactation-status.js'
import { lossInputs } from './loss.js'

/** The years of life, and the days after a delivery, in which a card asks about lactation; fixed in clinical 1.3. */
const askedAge = { from: 12, to: 50 }
const askedDaysAfterDelivery = 365

function toDocument({ timeline, patient, sides }: PatientContext): Finding {
  const { lactation, loss, ageYears, deliveredAt } = patient
  if (loss.verdict === 'present') return absent(loss.because, ...loss.evidence)
  if (lactation.status !== 'unknown') return absent(lactation.because, ...lactation.evidence)
  if (!ageYears) return absent('age is not recorded')
  if (ageYears.max < askedAge.from || ageYears.min > askedAge.to) {
    return absent(`age is not ${askedAge.from} to ${askedAge.to} years`)
  }
  const delivered =
    deliveredAt !== undefined && timeline.now - deliveredAt <= daysInMs(askedDaysAfterDelivery)
  if (!delivered && !sides.some(infected))
    return absent('no delivery within 12 months and no current mastitis or abscess')
  if (lactation.unsettled !== undefined) return cannotTell(lactation.unsettled)
  return present(lactation.because, ...lactation.evidence)
}

/** The finding that the lactation status should be documented (clinical 1.3). */
export const lactationToDocument = {
  name: 'lactation-to-document',
  scope: 'patient',
  means: 'Would charting her lactation status allow advice that cannot be given now?',
  ...inputs(lactationStatusInputs, unreadInputs, lossInputs, drivingInputs(infectionSets)),
  edge: 'Status unknown, age 12 to 50 (both included, by any age that the birth date allows), and a delivery within 12 months (365 days) or a driving mastitis or abscess. Never after a loss.',
  missing:
    'Without a birth date absent. Cannot be told when the status is charted somewhere that could not be read.',
  find: toDocument,
} as const satisfies FindingDefinition<PatientContext>
