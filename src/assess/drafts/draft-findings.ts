import type { MedicineSet } from '../../terminology/concepts.js'
import type { DraftOrder } from '../../facts/facts.js'
import type { DraftContext } from '../context.js'
import type { FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import { activeIn } from '../patient/problem-index.js'
import { antibioticDrafted, draftDrug, draftEvidence, draftOf } from './draft-medicine.js'

/** The days beyond which a tetracycline is of concern, fixed in clinical 2.6. */
const longTetracyclineDays = 21

/** Makes the finding that a draft asks for something by its words or codes. */
const asked = (draft: DraftOrder, holds: boolean, words: string): Finding =>
  holds ? present(`${words} is drafted`, draftEvidence(draft, words)) : absent(`the draft is no ${words}`)

const notMissing = 'A draft is in the request itself: what it does not say counts as not said.'

/** Makes the finding that a medicine of this set is drafted. */
const medicineFinding = <Name extends string>(name: Name, means: string, set: MedicineSet, words: string) =>
  ({
    name,
    scope: 'draft',
    means,
    facts: ['drafts'],
    sets: [set],
    parameters: [],
    edge: 'The medicine by code or by word; a draft that says "do not perform" is no order.',
    missing: notMissing,
    find: ({ draft }) => draftOf(draft, set, words),
  }) as const satisfies FindingDefinition<DraftContext>

function suppressantDrafted({ draft, patient }: DraftContext): Finding {
  const drafted = draftOf(draft, 'suppressant', 'lactation suppressant')
  if (drafted.verdict !== 'present') return drafted
  const [prolactinoma] = activeIn(patient.problems, 'prolactinoma')
  return prolactinoma
    ? absent('drafted, with a prolactinoma or high prolactin on record', ...drafted.evidence)
    : drafted
}

function longTetracycline({ draft }: DraftContext): Finding {
  const drafted = draftOf(draft, 'tetracycline', 'tetracycline')
  if (drafted.verdict !== 'present') return drafted
  const days = draft.medicine?.durationDays
  if (days === undefined) return absent('the draft names no length', ...drafted.evidence)
  return days > longTetracyclineDays
    ? present(`a tetracycline is drafted for more than ${longTetracyclineDays} days`, ...drafted.evidence)
    : absent(`drafted for at most ${longTetracyclineDays} days`, ...drafted.evidence)
}

/** The finding that a lactation suppressant is drafted (clinical 7). */
export const draftSuppressant = {
  name: 'draft-suppressant',
  scope: 'draft',
  means: 'Is a medicine drafted to suppress milk?',
  facts: ['drafts', 'problems'],
  sets: ['suppressant', 'prolactinoma'],
  parameters: [],
  edge: 'With an active prolactinoma or hyperprolactinaemia it is treatment of that.',
  missing: 'Conditions that could not be read do not make it absent.',
  find: suppressantDrafted,
} as const satisfies FindingDefinition<DraftContext>

/** The finding that an antibiotic is drafted that could treat the breast (clinical 7). */
export const draftAntibiotic = {
  name: 'draft-antibiotic',
  scope: 'draft',
  means: 'Is an antibiotic drafted that could treat the breast?',
  facts: ['drafts'],
  sets: [],
  parameters: [],
  edge: 'Appropriate and other antibiotics of clinical 2.6 by mouth or vein; not prophylaxis, not for a recorded reason elsewhere, not "do not perform".',
  missing: 'A draft without a reason counts.',
  find: ({ draft }) => antibioticDrafted(draft),
} as const satisfies FindingDefinition<DraftContext>

/** The finding that the draft has a breast condition as its reason. */
export const draftForBreast = {
  name: 'draft-for-breast',
  scope: 'draft',
  means: 'Does the draft give a breast condition as its reason?',
  facts: ['drafts'],
  sets: [],
  parameters: [],
  edge: 'The reason of the draft itself, not of the chart.',
  missing: notMissing,
  find: ({ draft }) =>
    draft.breastReason
      ? present('the draft names a breast reason', draftEvidence(draft, draftDrug(draft) || 'for the breast'))
      : absent('the draft names no breast reason'),
} as const satisfies FindingDefinition<DraftContext>

/** The finding that the draft is an order to stop breastfeeding (clinical 7 rule 4). */
export const draftStopsFeeding = {
  name: 'draft-stops-feeding',
  scope: 'draft',
  means: 'Does the draft tell her to stop breastfeeding or to give up the milk?',
  facts: ['drafts'],
  sets: [],
  parameters: [],
  edge: 'Nutrition orders, service requests and communication requests whose text says so.',
  missing: notMissing,
  find: ({ draft }) => asked(draft, draft.stopsFeeding, 'order to stop feeding'),
} as const satisfies FindingDefinition<DraftContext>

/** The finding that an incision of the breast is drafted (clinical 7). */
export const draftIncision = {
  name: 'draft-incision',
  scope: 'draft',
  means: 'Is an incision of the breast abscess drafted?',
  facts: ['drafts'],
  sets: ['incision'],
  parameters: [],
  edge: 'Incision and drainage, not needle aspiration.',
  missing: notMissing,
  find: ({ draft }) => asked(draft, draft.needs.includes('incision'), 'incision'),
} as const satisfies FindingDefinition<DraftContext>

/** The finding that a skin punch biopsy is drafted (clinical 7). */
export const draftPunchBiopsy = {
  name: 'draft-punch-biopsy',
  scope: 'draft',
  means: 'Is a skin punch biopsy drafted?',
  facts: ['drafts'],
  sets: ['skin-biopsy'],
  parameters: [],
  edge: 'A biopsy of skin, not a core biopsy of the breast.',
  missing: notMissing,
  find: ({ draft }) => asked(draft, draft.needs.includes('skin-biopsy'), 'skin punch biopsy'),
} as const satisfies FindingDefinition<DraftContext>

/** The finding that a tetracycline is drafted for longer than 21 days (clinical 2.6). */
export const draftLongTetracycline = {
  name: 'draft-long-tetracycline',
  scope: 'draft',
  means: 'Is a tetracycline drafted for more than 21 days?',
  facts: ['drafts'],
  sets: ['tetracycline'],
  parameters: [],
  edge: 'Exactly 21 days is not more.',
  missing: 'A draft that names no length is not long.',
  find: longTetracycline,
} as const satisfies FindingDefinition<DraftContext>

/** The finding that a medicine is drafted during which milk is usually not given (clinical 1.4). */
export const draftContraindicated = medicineFinding(
  'draft-contraindicated',
  'Is a medicine drafted during which milk is usually not given?',
  'contraindicated',
  'contraindicated medicine',
)

/** The finding that codeine or tramadol is drafted. */
export const draftOpioid = medicineFinding(
  'draft-opioid',
  'Is codeine or tramadol drafted?',
  'opioid-caution',
  'codeine or tramadol',
)
