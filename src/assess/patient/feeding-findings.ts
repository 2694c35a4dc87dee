import type { Feeding } from '../assessment.js'
import type { FindingDefinition } from '../definition.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { FindingName } from '../finding-names.js'
import type { PatientView } from '../views.js'
import type { Milk } from './milk-rows.js'

const rowBasis = {
  facts: ['problems', 'medicines', 'births', 'signs', 'reads', 'unreadable'],
  sets: [
    'htlv',
    'ebola',
    'contraindicated',
    'brucellosis',
    'mpox',
    'herpes-simplex-breast',
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
  edge: 'Active conditions only; the last day of a row counts. Of several rows the first names the summary and all are explained.',
  missing:
    'Conditions or medicines that could not be read are themselves a reason for caution, never for a plain "continue".',
} as const satisfies Partial<FindingDefinition>

const feedingBasis = {
  ...rowBasis,
  facts: [...rowBasis.facts, 'lactation', 'pregnancy'],
  sets: [...rowBasis.sets, 'infant-loss', 'infant-elsewhere', 'some-infants-lost', 'pregnant', 'bf-status'],
  parameters: [...rowBasis.parameters, 'loss.days', 'lactation.postpartumDays'],
} as const satisfies Partial<FindingDefinition>

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

const phraseFinding = (patient: PatientView, phrase: Feeding['phrase']): Finding => {
  const evidence = patient.feeding.phrase === 'caution' ? rowEvidence(patient) : patient.lactation.evidence
  return patient.feeding.phrase === phrase
    ? present(because(patient), ...evidence)
    : absent(because(patient), ...evidence)
}

const phrases: readonly (readonly [FindingName, Feeding['phrase'], string])[] = [
  ['feeding-plain', 'plain', 'May cards say plainly that breastfeeding can continue?'],
  ['feeding-conditional', 'conditional', 'May cards say "if she is breastfeeding, it can continue"?'],
  ['feeding-caution', 'caution', 'Is there a reason for care with the milk, or could it not be looked for?'],
  ['feeding-none', 'none', 'Should cards say nothing about feeding?'],
]

const kinds: readonly (readonly [FindingName, Milk, string])[] = [
  ['milk-none', 'none', 'Is the milk not given (rows F1 to F4 lead)?'],
  ['milk-wait', 'wait', 'Is the milk not given for now (rows F5 to F7 lead)?'],
  [
    'milk-expressed',
    'expressed',
    'May expressed milk be given while feeding at the breast waits (row F9 leads)?',
  ],
  ['milk-plan-drug-use', 'drug-use', 'Does drug use ask for an individual plan (row F8 leads)?'],
  ['milk-plan-hiv', 'hiv', 'Does HIV ask for an individual plan (row F10 leads)?'],
  ['milk-plan-infant', 'infant', 'Does a preterm or ill infant ask for an individual plan (row F11 leads)?'],
]

/** The leading row names the summary, only while the phrase is caution. */
function kindFinding(patient: PatientView, milk: Milk): Finding {
  const [first] = patient.milkRows
  if (patient.feeding.phrase !== 'caution') return absent('the feeding phrase is not caution')
  if (!first) return absent(because(patient))
  return first.milk === milk
    ? present(`on record: ${first.finding}`, ...first.evidence)
    : absent(`another row leads: ${first.finding}`, ...first.evidence)
}

/** The phrase on feeding and the row that names it (clinical 1.4). */
export const feedingFindings: readonly FindingDefinition[] = [
  ...phrases.map(([name, phrase, means]) => ({
    ...feedingBasis,
    name,
    means,
    find: ({ patient }: { patient: PatientView }) => phraseFinding(patient, phrase),
  })),
  ...kinds.map(([name, milk, means]) => ({
    ...feedingBasis,
    name,
    means,
    find: ({ patient }: { patient: PatientView }) => kindFinding(patient, milk),
  })),
  {
    ...feedingBasis,
    name: 'milk-cannot-tell',
    means: 'Could reasons not to give the milk not be looked for, and none be found in what was read?',
    find: ({ patient }) =>
      patient.feeding.phrase === 'caution' && patient.milkRows.length === 0
        ? present(because(patient))
        : absent('a row holds, or everything it needs was read'),
  },
  {
    ...rowBasis,
    name: 'milk-caution-row',
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
  },
]
