import type { FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { FindingName } from '../finding-names.js'
import type { LactationStatus, PatientView } from '../views.js'

/** The five outcomes by the names cards use. */
const statusNames: ReadonlyMap<FindingName, { status: LactationStatus; means: string }> = new Map([
  ['lactating', { status: 'lactating', means: 'Is she lactating?' }],
  [
    'probably-lactating',
    { status: 'probable', means: 'Is she probably lactating, going by a recent delivery?' },
  ],
  ['recently-weaned', { status: 'recently-weaned', means: 'Did she stop lactating recently?' }],
  ['lactation-unknown', { status: 'unknown', means: 'Is nothing known of her lactation?' }],
  ['not-lactating', { status: 'not-lactating', means: 'Is she recorded as not lactating?' }],
])

const statusBasis = {
  facts: ['lactation', 'births', 'problems', 'patient', 'reads', 'unreadable'],
  sets: [
    'bf-status',
    'bf-yes',
    'bf-no',
    'delivery-date',
    'delivery',
    'some-infants-lost',
    'living-infant',
    'lactation-condition',
    'weaned',
    'mastitis-lactational',
    'abscess-lactational',
    'engorgement',
  ],
  parameters: [
    'lactation.statusMaxAgeDays',
    'lactation.dischargeStatusDays',
    'lactation.postpartumDays',
    'gate.maxInferAgeYears',
    'time.defaultZone',
  ],
} as const satisfies Partial<FindingDefinition>

/**
 * Is this the status that was reached?
 *
 * Missing: what was not read and could change the status makes the others `cannot-tell`, and `unknown` itself too.
 */
function statusFinding({ lactation }: PatientView, status: LactationStatus): Finding {
  const { because, evidence, unsettled } = lactation
  if (lactation.status === status && (unsettled === undefined || status !== 'unknown')) {
    return present(because, ...evidence)
  }
  return unsettled === undefined ? absent(because, ...evidence) : cannotTell(unsettled, ...evidence)
}

const statusFindings: readonly FindingDefinition[] = [...statusNames].map(([name, { status, means }]) => ({
  name,
  means,
  ...statusBasis,
  edge: 'The last day of every window counts. A statement beats a condition, a condition a diagnosis, a diagnosis the delivery; of two statements the newer decides, at the same instant "yes".',
  missing:
    'Statements not read: at most probably lactating. Conditions not read: a recorded "no" is not believed. Then every status but the one reached cannot be told.',
  find: ({ patient }) => statusFinding(patient, status),
}))

const mayBeLactating: FindingDefinition = {
  name: 'may-be-lactating',
  means: 'Is she lactating, or probably lactating?',
  ...statusBasis,
  edge: 'As lactating and probably-lactating; unknown is never read as yes.',
  missing: 'Cannot be told when the status is neither and what was not read could make it so.',
  find: ({ patient: { lactation } }) => {
    const { status, because, evidence, unsettled } = lactation
    if (status === 'lactating' || status === 'probable') return present(because, ...evidence)
    return unsettled === undefined ? absent(because, ...evidence) : cannotTell(unsettled, ...evidence)
  },
}

const lossBasis = {
  facts: ['births', 'reads', 'unreadable'],
  sets: ['infant-loss', 'infant-elsewhere', 'living-infant', 'some-infants-lost'],
  parameters: ['loss.days'],
  edge: 'An entry exactly `loss.days` old counts. A living infant born after the entry ends it; one of the same date does not. A birth with some infants living is no loss.',
  missing: 'Cannot be told when conditions could not be read or the entry has no date.',
} as const satisfies Partial<FindingDefinition>

const lossOfKind = ({ loss, lossKind }: PatientView, kind: PatientView['lossKind']): Finding =>
  loss.verdict !== 'present' || lossKind === kind ? loss : absent(loss.because, ...loss.evidence)

/** Lactation, loss and pregnancy: what every card about feeding depends on (clinical 1.2). */
export const lactationFindings: readonly FindingDefinition[] = [
  ...statusFindings,
  mayBeLactating,
  {
    name: 'infant-loss',
    means: 'Has she lost the infant?',
    ...lossBasis,
    find: ({ patient }) => lossOfKind(patient, 'infant-loss'),
  },
  {
    name: 'infant-elsewhere',
    means: 'Is the infant not with her (surrogacy, adoption), and none lost?',
    ...lossBasis,
    find: ({ patient }) => lossOfKind(patient, 'infant-elsewhere'),
  },
  {
    name: 'after-loss',
    means: 'Has she lost the infant, or is it not with her?',
    ...lossBasis,
    find: ({ patient }) => patient.loss,
  },
  {
    name: 'pregnant',
    means: 'Is she pregnant now?',
    facts: ['pregnancy', 'problems', 'births', 'reads', 'unreadable'],
    sets: ['pregnancy-status', 'pregnant', 'not-pregnant', 'mastitis-pregnancy', 'abscess-pregnancy'],
    parameters: [],
    edge: 'The newest status counts for 300 days, that day included, and only if it is newer than the last delivery.',
    missing:
      'Cannot be told when pregnancy status or conditions could not be read and nothing read says pregnant.',
    find: ({ patient }) => patient.pregnant,
  },
]
