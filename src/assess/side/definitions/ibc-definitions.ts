import type { FindingDefinition } from '../../definition.js'
import {
  aboutBreast,
  fromDiagnoses,
  fromImaging,
  fromInfections,
  fromInflammation,
  fromResponse,
  fromTemperature,
  type Inputs,
} from './inputs.js'

const strong: Inputs = {
  facts: ['signs', 'reads', 'unreadable', 'problems'],
  sets: ['peau-d-orange', 'skin-thickening', 'inflammatory-breast-cancer'],
  parameters: ['currency.skinSignDays'],
}

const weak: Inputs = {
  facts: ['signs', 'results', 'problems', 'reads', 'unreadable'],
  sets: [
    'nipple-retraction',
    'axillary-node',
    'bloody-discharge',
    'colour-change',
    'erythema',
    'swelling',
    'result-suspicious',
    'breast-cancer',
  ],
  parameters: ['currency.signHours', 'currency.skinSignDays', 'currency.resultDays', 'ibc.persistDays'],
}

const drafts: Inputs = { facts: ['drafts'], sets: [], parameters: ['response.dueHours'] }

const tissue: Inputs = {
  facts: ['results', 'care', 'lactation', 'births'],
  sets: ['mammogram', 'result-malignant', 'skin-biopsy', 'breast-biopsy', 'referral'],
  parameters: ['ibc.imagingOpenDays'],
}

const drained: Inputs = {
  facts: ['care'],
  sets: ['drainage', 'incision'],
  parameters: ['ibc.persistDays', 'episode.maxDays'],
}

const anyCover: Inputs = { facts: [], sets: [], parameters: ['ibc.anyCoverHours'] }

const unread =
  'What was read and fulfils the rule makes it present. Otherwise it cannot be told when a sign, temperature, medicine or ' +
  'condition that could fulfil it could not be read. Never with known inflammatory breast cancer.'

const textOnly = 'Evidence from free text alone is never critical.'

/** Pages of the rules of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcDefinitions: readonly FindingDefinition[] = [
  aboutBreast(
    'ibc-r1',
    "R1: is peau d'orange or skin thickening recorded, with or without antibiotics or fever?",
    'A record exactly as old as the window counts; a later "absent" ends it.',
    unread,
    strong,
  ),
  aboutBreast(
    'ibc-r1-critical',
    'R1, and antibiotics have failed; or one more is being ordered when a response is due; or without fever redness, colour ' +
      'change or the sign itself was first recorded longer ago than the limit?',
    `Exactly the limit is not yet longer. ${textOnly}`,
    unread,
    strong,
    fromResponse,
    fromTemperature,
    drafts,
    { facts: [], sets: [], parameters: ['ibc.persistDays'] },
  ),
  aboutBreast(
    'ibc-r2',
    'R2: are there two or more of the weaker signs, and either failed antibiotics, or no fever and the oldest of them ' +
      'on record longer than the limit?',
    'A third of the breast is 33 % or more. Nipple retraction counts when new and on one side.',
    unread,
    weak,
    fromTemperature,
    fromResponse,
  ),
  aboutBreast(
    'ibc-r3',
    'R3: no response to appropriate antibiotics when it is late, and no abscess that explains it?',
    'Exactly the late hours of appropriate cover is late. An abscess explains failure unless an ultrasound since the first ' +
      'antibiotic shows something else.',
    unread,
    fromResponse,
    fromImaging,
    fromInfections,
  ),
  aboutBreast(
    'ibc-r3-critical',
    'R3, together with a strong sign, a weaker sign, or an ultrasound since failure that is normal or suspicious?',
    `Failure can begin at the first antibiotic plus the due hours. ${textOnly}`,
    unread,
    fromResponse,
    fromImaging,
    strong,
    weak,
  ),
  aboutBreast(
    'ibc-r3b',
    'R3b: no response to a week of any antibiotic, whatever it covers, and no abscess that explains it?',
    'Exactly the limit is long enough.',
    unread,
    fromResponse,
    fromImaging,
    fromInfections,
    anyCover,
  ),
  aboutBreast(
    'ibc-r4',
    'R4: worse on appropriate antibiotics when a response is due but not late, with a weaker sign or a normal ultrasound ' +
      'since the first antibiotic?',
    'From exactly the due hours, below the late hours. Not in a recurrence.',
    unread,
    fromResponse,
    fromImaging,
    weak,
  ),
  aboutBreast(
    'ibc-r5',
    'R5: drained longer ago than the limit, and inflammation or a lump is still present?',
    'Exactly the limit is not yet longer; a drainage of an earlier illness does not count.',
    unread,
    drained,
    fromInflammation,
  ),
  aboutBreast(
    'ibc-r6',
    'R6: suspicious imaging without a tissue result or breast referral since, in a woman who is or was lactating or has a ' +
      'breast stage?',
    'BI-RADS 4, 5 or 6, or the words malignant or malignancy. Imaging exactly the limit old is open.',
    'Results and referrals that could not be read do not answer it.',
    tissue,
    fromImaging,
    fromDiagnoses,
  ),
  aboutBreast(
    'ibc-r1-to-r5',
    'Does any of the rules R1 to R5 hold?',
    'R3b is among them.',
    unread,
    strong,
    weak,
    fromResponse,
    fromImaging,
    fromInflammation,
    drained,
    anyCover,
  ),
  aboutBreast(
    'ibc-r1-to-r6',
    'Does any of the rules R1 to R6 hold?',
    'R3b is among them.',
    unread,
    strong,
    weak,
    fromResponse,
    fromImaging,
    fromInflammation,
    drained,
    anyCover,
    tissue,
  ),
  aboutBreast(
    'ibc-without-infection',
    'Does one of R1 to R5 hold, and no infection explains the signs?',
    'An infection is a driving mastitis or abscess, or inflammation with fever.',
    unread,
    strong,
    weak,
    fromResponse,
    fromImaging,
    fromInflammation,
    fromInfections,
    drained,
    anyCover,
  ),
]
