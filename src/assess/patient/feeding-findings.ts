import type { Feeding, PatientView } from '../views.js'
import { inputs, unreadInputs, type FindingDefinition, type Inputs } from '../definition.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { lactatingInputs, lactationStatusInputs } from './lactation-status.js'
import { lossInputs } from './loss.js'
import type { Milk } from './milk-rows.js'
import { pregnancyInputs } from './pregnancy.js'

/** The part of the context that these findings read. */
interface OfPatient {
  patient: PatientView
}

/** The inputs of rows F1 to F4 of clinical 1.4. */
const notGivenInputs: Inputs = {
  facts: ['problems', 'medicines', 'births'],
  sets: ['htlv', 'ebola', 'contraindicated'],
  parameters: [],
}

/** The inputs of all rows of clinical 1.4. */
const rowInputs = inputs(notGivenInputs, {
  facts: ['signs'],
  sets: [
    'brucellosis',
    'mpox',
    'herpes-simplex-breast',
    'shingles-breast',
    'hepatitis-c',
    'nipple-fissure',
    'substance-opioid',
    'substance-other',
    'opioid-agonist-treatment',
    'tuberculosis',
    'varicella',
    'hiv',
    'preterm',
    'premature-history',
    'infant-at-risk',
  ],
  parameters: ['currency.signHours', 'hiv.text'],
})

/** The words on edges and missing facts for every finding about feeding. */
const words = {
  edge: 'Active conditions only; the last day of a row counts. Of several rows the first names the summary and all are explained.',
  missing:
    'Conditions or medicines that could not be read are themselves a reason for caution, never for a plain "continue".',
} as const satisfies Partial<FindingDefinition>

/** The inputs of the question whether cards may speak of feeding at all. */
const speakingInputs = inputs(lactationStatusInputs, lossInputs, pregnancyInputs)

const because = ({ feeding, lactation, loss, milkRows, milkUnread, pregnant }: PatientView): string => {
  if (loss.verdict === 'present') return loss.because
  if (feeding.phrase === 'none') {
    return pregnant.verdict === 'present' ? 'pregnant, and not recorded as lactating' : lactation.because
  }
  if (feeding.phrase !== 'caution') return lactation.because
  if (milkRows.length === 0) return `${milkUnread.join(' and ')} could not be read`
  return `on record: ${milkRows.map(({ finding }) => finding).join(', ')}`
}

const rowEvidence = ({ milkRows }: PatientView): readonly Evidence[] =>
  milkRows.flatMap(({ evidence }) => evidence)

const isPhrase = (patient: PatientView, phrase: Feeding['phrase']): Finding => {
  const evidence = patient.feeding.phrase === 'caution' ? rowEvidence(patient) : patient.lactation.evidence
  return patient.feeding.phrase === phrase
    ? present(because(patient), ...evidence)
    : absent(because(patient), ...evidence)
}

/** The inputs of each phrase; a pregnancy matters only where nobody says plainly that she breastfeeds. */
const phraseInputs: Readonly<Record<Feeding['phrase'], Inputs>> = {
  plain: inputs(lactatingInputs, lossInputs, rowInputs, unreadInputs),
  conditional: inputs(speakingInputs, rowInputs, unreadInputs),
  caution: inputs(speakingInputs, rowInputs, unreadInputs),
  none: speakingInputs,
}

/** Makes the finding that cards use this phrase on feeding. */
const phraseFinding = <Name extends string>(name: Name, phrase: Feeding['phrase'], means: string) =>
  ({
    ...words,
    ...phraseInputs[phrase],
    name,
    scope: 'patient',
    means,
    find: ({ patient }) => isPhrase(patient, phrase),
  }) as const satisfies FindingDefinition<OfPatient>

/** The finding that the phrase on feeding is plain (clinical 1.4). */
export const feedingPlain = phraseFinding(
  'feeding-plain',
  'plain',
  'May cards say plainly that breastfeeding can continue?',
)

/** The finding that the phrase on feeding is conditional (clinical 1.4). */
export const feedingConditional = phraseFinding(
  'feeding-conditional',
  'conditional',
  'May cards say "if she is breastfeeding, it can continue"?',
)

/** The finding that the phrase on feeding is caution (clinical 1.4). */
export const feedingCaution = phraseFinding(
  'feeding-caution',
  'caution',
  'Is there a reason for care with the milk, or could it not be looked for?',
)

/** The finding that cards say nothing about feeding (clinical 1.4). */
export const feedingNone = phraseFinding('feeding-none', 'none', 'Should cards say nothing about feeding?')

/** Does the leading row have this kind, while the phrase is caution? */
function leads(patient: PatientView, milk: Milk): Finding {
  const [first] = patient.milkRows
  if (patient.feeding.phrase !== 'caution') return absent('the feeding phrase is not caution')
  if (!first) return absent(because(patient))
  return first.milk === milk
    ? present(`on record: ${first.finding}`, ...first.evidence)
    : absent(`another row leads: ${first.finding}`, ...first.evidence)
}

/** Makes the finding that a row of this kind leads the words on feeding. */
const leadingRow = <Name extends string>(name: Name, milk: Milk, means: string) =>
  ({
    ...words,
    ...inputs(speakingInputs, milk === 'none' ? notGivenInputs : rowInputs),
    name,
    scope: 'patient',
    means,
    find: ({ patient }) => leads(patient, milk),
  }) as const satisfies FindingDefinition<OfPatient>

/** The finding that a row of no milk leads (clinical 1.4). */
export const milkNone = leadingRow('milk-none', 'none', 'Is the milk not given (rows F1 to F4 lead)?')

/** The finding that a row of no milk for now leads (clinical 1.4). */
export const milkWait = leadingRow('milk-wait', 'wait', 'Is the milk not given for now (rows F5 to F7 lead)?')

/** The finding that a row of expressed milk only leads (clinical 1.4). */
export const milkExpressed = leadingRow(
  'milk-expressed',
  'expressed',
  'May expressed milk be given while feeding at the breast waits (row F9 leads)?',
)

/** The finding that the row of shingles on the breast leads (clinical 1.4 row F6b). */
export const milkPlanShingles = leadingRow(
  'milk-plan-shingles',
  'shingles',
  'Does shingles on the breast ask to cover the sores and to express that side (row F6b leads)?',
)

/** The finding that the row of drug use leads (clinical 1.4 row F8). */
export const milkPlanDrugUse = leadingRow(
  'milk-plan-drug-use',
  'drug-use',
  'Does drug use ask for an individual plan (row F8 leads)?',
)

/** The finding that a row of a medicine leads that asks for a plan (clinical 1.4 row F8b). */
export const milkPlanMedicine = leadingRow(
  'milk-plan-medicine',
  'medicine',
  'Does a medicine ask for an individual plan (row F8b leads)?',
)

/** The finding that the row of HIV leads (clinical 1.4). */
export const milkPlanHiv = leadingRow(
  'milk-plan-hiv',
  'hiv',
  'Does HIV ask for an individual plan (row F10 leads)?',
)

/** The finding that a row of the infant leads (clinical 1.4). */
export const milkPlanInfant = leadingRow(
  'milk-plan-infant',
  'infant',
  'Does a preterm or ill infant ask for an individual plan (row F11 leads)?',
)

/** The finding that unread facts could hold a row of clinical 1.4. */
export const milkCannotTell = {
  ...words,
  ...inputs(speakingInputs, rowInputs, unreadInputs),
  name: 'milk-cannot-tell',
  scope: 'patient',
  means: 'Could reasons not to give the milk not be looked for, and none be found in what was read?',
  find: ({ patient }) =>
    patient.feeding.phrase === 'caution' && patient.milkRows.length === 0
      ? present(because(patient))
      : absent('a row holds, or everything it needs was read'),
} as const satisfies FindingDefinition<OfPatient>

/** The finding that a row of clinical 1.4 holds. */
export const milkCautionRow = {
  ...words,
  ...inputs(rowInputs, unreadInputs),
  name: 'milk-caution-row',
  scope: 'patient',
  means: 'Does any reason for care with the milk hold, whatever may be said about feeding?',
  missing: 'Cannot be told when no row holds and conditions or medicines could not be read.',
  find: ({ patient }) => {
    const { milkRows, milkUnread } = patient
    if (milkRows.length > 0) {
      const names = milkRows.map(({ finding }) => finding).join(', ')
      return present(`on record: ${names}`, ...rowEvidence(patient))
    }
    if (milkUnread.length > 0) return cannotTell(`${milkUnread.join(' and ')} could not be read`)
    return absent('no reason for care with the milk is on record')
  },
} as const satisfies FindingDefinition<OfPatient>
