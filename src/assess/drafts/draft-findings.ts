import type { MedicineSet } from '../../facts/concepts.js'
import type { DraftOrder } from '../../facts/facts.js'
import type { FindingDefinition, Subject } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import type { FindingName } from '../finding-names.js'
import { activeIn } from '../patient/problem-index.js'
import { cultureSupportsDraft } from './culture-support.js'
import { draftAntibiotic, draftDrug, draftEvidence, draftOf } from './draft-medicine.js'
import { suppressantUnsafe } from './suppressant-safety.js'
import { tmpSmxRisk } from './tmp-smx-risk.js'

/** A tetracycline is of concern beyond so long. Days, fixed in clinical 2.6. */
const longTetracyclineDays = 21

/** A draft that asks for something by its words or codes. */
const asked = (draft: DraftOrder | undefined, holds: boolean, words: string): Finding =>
  draft && holds
    ? present(`${words} is drafted`, draftEvidence(draft, words))
    : absent(`the draft is no ${words}`)

const notMissing = 'A draft is in the request itself: what it does not say counts as not said.'

const medicineFinding = (
  name: FindingName,
  means: string,
  set: MedicineSet,
  words: string,
): FindingDefinition => ({
  name,
  means,
  facts: ['drafts'],
  sets: [set],
  parameters: [],
  edge: 'The medicine by code or by word; a draft that says "do not perform" is no order.',
  missing: notMissing,
  find: ({ draft }) => draftOf(draft, set, words),
})

function suppressantDrafted({ draft, patient }: Subject): Finding {
  const drafted = draftOf(draft, 'suppressant', 'lactation suppressant')
  if (drafted.verdict !== 'present') return drafted
  const [prolactinoma] = activeIn(patient.problems, 'prolactinoma')
  return prolactinoma
    ? absent('drafted, with a prolactinoma or high prolactin on record', ...drafted.evidence)
    : drafted
}

function longTetracycline({ draft }: Subject): Finding {
  const drafted = draftOf(draft, 'tetracycline', 'tetracycline')
  if (drafted.verdict !== 'present') return drafted
  const days = draft?.medicine?.durationDays
  if (days === undefined) return absent('the draft names no length', ...drafted.evidence)
  return days > longTetracyclineDays
    ? present(`a tetracycline is drafted for more than ${longTetracyclineDays} days`, ...drafted.evidence)
    : absent(`drafted for at most ${longTetracyclineDays} days`, ...drafted.evidence)
}

/** What an evaluated draft order is (clinical 7); each is asked of one draft. */
export const draftFindings: readonly FindingDefinition[] = [
  {
    name: 'draft-suppressant',
    means: 'Is a medicine drafted to suppress milk?',
    facts: ['drafts', 'problems'],
    sets: ['suppressant', 'prolactinoma'],
    parameters: [],
    edge: 'With an active prolactinoma or hyperprolactinaemia it is treatment of that.',
    missing: 'Conditions that could not be read do not make it absent.',
    find: suppressantDrafted,
  },
  {
    name: 'draft-suppressant-unsafe',
    means: 'Is bromocriptine or cabergoline drafted just after birth, against a reason on record?',
    facts: ['drafts', 'births', 'problems', 'measures', 'lactation', 'reads', 'unreadable'],
    sets: [
      'bromocriptine',
      'cabergoline',
      'hypertension-puerperium',
      'cardiac',
      'psychosis',
      'systolic',
      'delivery',
    ],
    parameters: ['suppressant.safetyDays', 'suppressant.sbp'],
    edge: 'Up to `suppressant.safetyDays` after the delivery, that day included; a hypertensive disorder of the last 180 days, a systolic pressure of the last 7 days at or above `suppressant.sbp`, heart disease or a severe psychiatric disorder, resolved ones too.',
    missing:
      'Without a delivery date she counts as just delivered when lactating, probably lactating, recently weaned or after a loss. Cannot be told when conditions or blood pressure could not be read and nothing read speaks against it.',
    find: ({ moment, patient, draft }) => suppressantUnsafe(moment, patient, draft),
  },
  {
    name: 'draft-antibiotic',
    means: 'Is an antibiotic drafted that could treat the breast?',
    facts: ['drafts'],
    sets: [],
    parameters: [],
    edge: 'Appropriate and other antibiotics of clinical 2.6 by mouth or vein; not prophylaxis, not for a recorded reason elsewhere, not "do not perform".',
    missing: 'A draft without a reason counts.',
    find: ({ draft }) => draftAntibiotic(draft),
  },
  {
    name: 'draft-for-breast',
    means: 'Does the draft give a breast condition as its reason?',
    facts: ['drafts'],
    sets: [],
    parameters: [],
    edge: 'The reason of the draft itself, not of the chart.',
    missing: notMissing,
    find: ({ draft }) =>
      draft?.breastReason
        ? present(
            'the draft names a breast reason',
            draftEvidence(draft, draftDrug(draft) || 'for the breast'),
          )
        : absent('the draft names no breast reason'),
  },
  {
    name: 'draft-stops-feeding',
    means: 'Does the draft tell her to stop breastfeeding or to give up the milk?',
    facts: ['drafts'],
    sets: [],
    parameters: [],
    edge: 'Nutrition orders, service requests and communication requests whose text says so.',
    missing: notMissing,
    find: ({ draft }) => asked(draft, draft?.stopsFeeding === true, 'order to stop feeding'),
  },
  {
    name: 'draft-incision',
    means: 'Is an incision of the breast abscess drafted?',
    facts: ['drafts'],
    sets: ['incision'],
    parameters: [],
    edge: 'Incision and drainage, not needle aspiration.',
    missing: notMissing,
    find: ({ draft }) => asked(draft, draft?.needs.includes('incision') === true, 'incision'),
  },
  {
    name: 'draft-punch-biopsy',
    means: 'Is a skin punch biopsy drafted?',
    facts: ['drafts'],
    sets: ['skin-biopsy'],
    parameters: [],
    edge: 'A biopsy of skin, not a core biopsy of the breast.',
    missing: notMissing,
    find: ({ draft }) => asked(draft, draft?.needs.includes('skin-biopsy') === true, 'skin punch biopsy'),
  },
  medicineFinding(
    'draft-contraindicated',
    'Is a medicine drafted during which milk is usually not given?',
    'contraindicated',
    'contraindicated medicine',
  ),
  medicineFinding('draft-opioid', 'Is codeine or tramadol drafted?', 'opioid-caution', 'codeine or tramadol'),
  {
    name: 'draft-tmp-smx-risk',
    means: 'Is sulfamethoxazole-trimethoprim drafted while the infant may be too young or too frail for it?',
    facts: ['drafts', 'births'],
    sets: ['tmp-smx', 'delivery', 'delivery-date', 'preterm', 'premature-history', 'infant-at-risk'],
    parameters: ['drug.tmpSmxInfantDays'],
    edge: 'Younger than `drug.tmpSmxInfantDays`; exactly that old is old enough, unless preterm or ill.',
    missing: 'An unknown age counts as too young.',
    find: ({ moment, patient, draft }) => tmpSmxRisk(moment, patient, draft),
  },
  {
    name: 'draft-long-tetracycline',
    means: 'Is a tetracycline drafted for more than 21 days?',
    facts: ['drafts'],
    sets: ['tetracycline'],
    parameters: [],
    edge: 'Exactly 21 days is not more.',
    missing: 'A draft that names no length is not long.',
    find: longTetracycline,
  },
  {
    name: 'culture-supports-draft',
    means: 'Does a culture of this episode speak for the drafted antibiotic and against the first one?',
    facts: ['drafts', 'results', 'medicines', 'unreadable'],
    sets: ['culture'],
    parameters: ['currency.resultDays'],
    edge: 'Resistant to the first drug and susceptible to the new one, collected from 72 h before the episode began.',
    missing: 'Cannot be told when a result could not be read; reports that were not read are none.',
    find: ({ moment, side, draft }) => cultureSupportsDraft(moment, side, draft),
  },
]
