import { daysInMs } from '../../units/units.js'
import type { FindingDefinition, Subject } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { isIn, nonLactationalSets } from '../side/diagnosis-sets.js'
import type { PatientView, SideView } from '../views.js'
import { conditionWords } from '../words.js'
import { evidenceOf } from '../evidence.js'

/** Lactation is asked about in these years of life, and so long after a delivery. Fixed in clinical 1.3. */
const askedAge = { from: 12, to: 50 }
const askedDaysAfterDelivery = 365

/** Does a mastitis or abscess that can be lactational drive this breast? */
const infected = ({ evidence }: SideView): boolean =>
  evidence.drivingMastitis.length > 0 || evidence.drivingAbscess.length > 0

/** Only a patient recorded as not lactating, and not after a loss, is held back. */
const heldBack = ({ lactation, loss }: PatientView): boolean =>
  lactation.status === 'not-lactating' && loss.verdict !== 'present'

function careAllowed({ patient, side, moment }: Subject): Finding {
  if (!heldBack(patient)) return present(patient.lactation.because, ...patient.lactation.evidence)
  if (infected(side)) return present('not lactating, with a current mastitis or abscess')
  if (moment.facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return absent('not lactating, without a current mastitis or abscess', ...patient.lactation.evidence)
}

/** The flags that open the ultrasound card also outside lactation. */
function ultrasoundAllowed(subject: Subject): Finding {
  const care = careAllowed(subject)
  if (care.verdict === 'present') return care
  const { evidence, findings } = subject.side
  const flags = [evidence.fluctuance, findings.get('ibc-r1-to-r5')]
  const held = flags.find((flag) => flag?.verdict === 'present')
  if (held) return present(`not lactating, but ${held.because}`, ...held.evidence)
  const unclear = flags.find((flag) => flag?.verdict === 'cannot-tell')
  return unclear ? cannotTell(unclear.because) : care
}

function lactationToDocument({ moment, patient, sides }: Subject): Finding {
  const { lactation, loss, ageYears, deliveredAt } = patient
  if (loss.verdict === 'present') return absent(loss.because, ...loss.evidence)
  if (lactation.status !== 'unknown') return absent(lactation.because, ...lactation.evidence)
  if (!ageYears) return absent('age is not recorded')
  if (ageYears.max < askedAge.from || ageYears.min > askedAge.to) {
    return absent(`age is not ${askedAge.from} to ${askedAge.to} years`)
  }
  const delivered = deliveredAt !== undefined && moment.now - deliveredAt <= daysInMs(askedDaysAfterDelivery)
  if (!delivered && !sides.some(infected))
    return absent('no delivery within 12 months and no current mastitis or abscess')
  if (lactation.unsettled !== undefined) return cannotTell(lactation.unsettled)
  return present(lactation.because, ...lactation.evidence)
}

function nonLactationalInfection({ moment, patient, sides }: Subject): Finding {
  const { lactation, loss } = patient
  if (loss.verdict === 'present') return absent(loss.because, ...loss.evidence)
  if (lactation.status !== 'not-lactating') {
    return lactation.unsettled === undefined
      ? absent(lactation.because, ...lactation.evidence)
      : cannotTell(lactation.unsettled, ...lactation.evidence)
  }
  const infections = new Set(
    sides.flatMap(({ evidence: { drivingMastitis, drivingAbscess, drivingOther } }) => [
      ...drivingMastitis,
      ...drivingAbscess,
      ...drivingOther.filter((problem) => isIn(problem, nonLactationalSets)),
    ]),
  )
  if (infections.size > 0) {
    const evidence = [...infections].map((problem) => evidenceOf(problem, infectionWords(problem.sets)))
    return present('recorded as not lactating, with a current breast infection', ...evidence)
  }
  if (moment.facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return absent('no current breast infection')
}

const infectionWords = ([first]: readonly (keyof typeof conditionWords)[]): string =>
  first ? conditionWords[first] : 'breast infection'

const infectionSets = [
  'mastitis-lactational',
  'mastitis-pregnancy',
  'mastitis-nos',
  'abscess-lactational',
  'abscess-pregnancy',
  'abscess-nos',
] as const

/** What the lactation status allows, and the two cards about the status itself (clinical 1.3, 6.1 row 18). */
export const allowedFindings: readonly FindingDefinition[] = [
  {
    name: 'care-allowed',
    means: 'Does her lactation status allow reassessment, culture and drainage cards for this breast?',
    facts: ['lactation', 'births', 'problems', 'signs', 'reads'],
    sets: ['bf-status', 'delivery', ...infectionSets],
    parameters: ['dx.currentDays'],
    edge: 'Every status does, but for not lactating: then only a driving mastitis or abscess of this breast.',
    missing:
      'An unknown status is never read as not lactating. Cannot be told when not lactating and conditions were not read.',
    find: careAllowed,
  },
  {
    name: 'ultrasound-allowed',
    means: 'Does her lactation status allow an ultrasound card for this breast?',
    facts: ['lactation', 'births', 'problems', 'signs', 'results', 'medicines', 'reads'],
    sets: ['bf-status', 'delivery', 'fluctuance', ...infectionSets],
    parameters: ['dx.currentDays'],
    edge: 'As care-allowed; for a woman who is not lactating also fluctuance or any of R1 to R5.',
    missing: 'As care-allowed; also cannot be told when a flag could not be told.',
    find: ultrasoundAllowed,
  },
  {
    name: 'lactation-to-document',
    means: 'Would charting her lactation status allow advice that cannot be given now?',
    facts: ['lactation', 'births', 'problems', 'patient', 'reads'],
    sets: ['bf-status', 'delivery', ...infectionSets],
    parameters: [],
    edge: 'Status unknown, age 12 to 50 (both included, by any age that the birth date allows), and a delivery within 12 months (365 days) or a driving mastitis or abscess. Never after a loss.',
    missing:
      'Without a birth date absent. Cannot be told when the status is charted somewhere that could not be read.',
    find: lactationToDocument,
  },
  {
    name: 'non-lactational-infection',
    means: 'Is there a current breast infection in a woman recorded as not lactating?',
    facts: ['lactation', 'births', 'problems', 'signs', 'reads'],
    sets: [...infectionSets, 'mastitis-nonlactational', 'abscess-nonlactational', 'bf-status'],
    parameters: ['dx.currentDays'],
    edge: 'Any driving mastitis or abscess counts. Never after a loss.',
    missing: 'Cannot be told when status or conditions could not be read.',
    find: nonLactationalInfection,
  },
]
