import { inputs, unreadInputs, type FindingDefinition, type Inputs } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { LactationStatus, PatientView } from '../views.js'
import { lactatingInputs, lactationStatusInputs, weanedInputs } from './lactation-status.js'
import { lossInputs } from './loss.js'

/** The part of the context that these findings read. */
interface OfPatient {
  patient: PatientView
}

/**
 * Is this the lactation status?
 *
 * Missing: when an unread fact could change the status, every other status is `cannot-tell`, and so is `unknown`.
 */
function isStatus({ lactation }: PatientView, status: LactationStatus): Finding {
  const { because, evidence, unsettled } = lactation
  if (lactation.status === status && (unsettled === undefined || status !== 'unknown')) {
    return present(because, ...evidence)
  }
  return unsettled === undefined ? absent(because, ...evidence) : cannotTell(unsettled, ...evidence)
}

/** Makes the finding of one of the five statuses, under the name that cards use. */
const statusFinding = <Name extends string>(
  name: Name,
  status: LactationStatus,
  means: string,
  read: Inputs = lactationStatusInputs,
) =>
  ({
    name,
    scope: 'patient',
    means,
    ...inputs(read, unreadInputs),
    edge: 'The last day of every window counts. A statement beats a condition, a condition a diagnosis, a diagnosis the delivery; of two statements the newer decides, at the same instant "yes".',
    missing:
      'Statements not read: at most probably lactating. Conditions not read: a recorded "no" is not believed. Then every status but the one reached cannot be told.',
    find: ({ patient }) => isStatus(patient, status),
  }) as const satisfies FindingDefinition<OfPatient>

/** The finding of the status lactating (clinical 1.2). */
export const lactating = statusFinding('lactating', 'lactating', 'Is she lactating?', lactatingInputs)

/** The finding of the status probably lactating (clinical 1.2). */
export const probablyLactating = statusFinding(
  'probably-lactating',
  'probable',
  'Is she probably lactating, going by a recent delivery?',
)

/** The finding of the status recently weaned (clinical 1.2). */
export const recentlyWeaned = statusFinding(
  'recently-weaned',
  'recently-weaned',
  'Did she stop lactating recently?',
  weanedInputs,
)

/** The finding of the status unknown (clinical 1.2). */
export const lactationUnknown = statusFinding(
  'lactation-unknown',
  'unknown',
  'Is nothing known of her lactation?',
)

/** The finding of the status not lactating (clinical 1.2). */
export const notLactating = statusFinding(
  'not-lactating',
  'not-lactating',
  'Is she recorded as not lactating?',
)

/** The finding that the patient may be lactating (clinical 1.2). */
export const mayBeLactating = {
  name: 'may-be-lactating',
  scope: 'patient',
  means: 'Is she lactating, or probably lactating?',
  ...inputs(lactationStatusInputs, unreadInputs),
  edge: 'As lactating and probably-lactating; unknown is never read as yes.',
  missing: 'Cannot be told when the status is neither and what was not read could make it so.',
  find: ({ patient: { lactation } }) => {
    const { status, because, evidence, unsettled } = lactation
    if (status === 'lactating' || status === 'probable') return present(because, ...evidence)
    return unsettled === undefined ? absent(because, ...evidence) : cannotTell(unsettled, ...evidence)
  },
} as const satisfies FindingDefinition<OfPatient>

const lossBasis = {
  ...inputs(lossInputs, unreadInputs),
  edge: 'An entry exactly `loss.days` old counts. A living infant born after the entry ends it; one of the same date does not. A birth with some infants living is no loss.',
  missing: 'Cannot be told when conditions could not be read or the entry has no date.',
} as const satisfies Partial<FindingDefinition>

const lossOfKind = ({ loss, lossKind }: PatientView, kind: PatientView['lossKind']): Finding =>
  loss.verdict !== 'present' || lossKind === kind ? loss : absent(loss.because, ...loss.evidence)

/** The finding that a loss of an infant is on record (clinical 1.2, LOSS). */
export const infantLoss = {
  name: 'infant-loss',
  scope: 'patient',
  means: 'Has she lost the infant?',
  ...lossBasis,
  find: ({ patient }) => lossOfKind(patient, 'infant-loss'),
} as const satisfies FindingDefinition<OfPatient>

/** The finding that the infant lives elsewhere (clinical 1.2, LOSS). */
export const infantElsewhere = {
  name: 'infant-elsewhere',
  scope: 'patient',
  means: 'Is the infant not with her (surrogacy, adoption), and none lost?',
  ...lossBasis,
  find: ({ patient }) => lossOfKind(patient, 'infant-elsewhere'),
} as const satisfies FindingDefinition<OfPatient>

/** The finding of a loss, or of an infant who lives elsewhere (clinical 1.2, LOSS). */
export const afterLoss = {
  name: 'after-loss',
  scope: 'patient',
  means: 'Has she lost the infant, or is it not with her?',
  ...lossBasis,
  find: ({ patient }) => patient.loss,
} as const satisfies FindingDefinition<OfPatient>
