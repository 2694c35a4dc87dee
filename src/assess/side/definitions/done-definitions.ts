import type { FindingDefinition } from '../../definition.js'
import {
  aboutBreast,
  fromCover,
  fromImaging,
  fromOrders,
  fromResponse,
  fromSigns,
  type Inputs,
} from './inputs.js'

const optional =
  'Orders, procedures and reports that could not be read, or carry no time, leave it absent; what could not be read is ' +
  'named on the card.'

const drainage: Inputs = {
  facts: ['care'],
  sets: ['drainage', 'incision'],
  parameters: ['episode.maxDays'],
}

const orderEdge =
  'An order exactly the limit old counts, one of the other breast does not. What was done up to 72 h before the episode ' +
  'belongs to it; cancelled and revoked orders never count.'

/** Pages of results on record (clinical 3.7). */
const results: readonly FindingDefinition[] = [
  aboutBreast(
    'ultrasound-collection',
    'Does a current ultrasound of this breast show an abscess or a collection?',
    'A report exactly the limit old is current.',
    optional,
    fromImaging,
  ),
  aboutBreast(
    'ultrasound-without-abscess',
    'Has an ultrasound since the first antibiotic shown anything but an abscess or a collection?',
    'Also one that decides nothing: no abscess was seen.',
    optional,
    fromImaging,
    fromCover,
  ),
  aboutBreast(
    'current-imaging',
    'Is there a current ultrasound of this breast, whatever it shows?',
    'A report exactly the limit old is current; a mammogram is not an ultrasound.',
    optional,
    fromImaging,
  ),
]

/** Pages of drainage (clinical 6.1, rows 5 and 6). */
const drained: readonly FindingDefinition[] = [
  aboutBreast(
    'drained-since-ultrasound',
    'Was this breast drained since the newest current ultrasound that shows an abscess or a collection?',
    'A drainage at the same instant counts as since.',
    optional,
    fromImaging,
    drainage,
  ),
  aboutBreast(
    'after-drainage-not-better',
    'Was this breast drained lately, and does a value some time after it read worse or not improved?',
    'A value exactly the recheck hours after the drainage counts; an ultrasound since then ends it.',
    'Nothing charted since the drainage is absent.',
    drainage,
    fromResponse,
    { facts: [], sets: [], parameters: ['drainage.recheckHours', 'ibc.persistDays'] },
  ),
  aboutBreast(
    'drainage-ordered',
    'Is a drainage under way, or done since the newest ultrasound that shows a collection?',
    'An open order counts whatever came first; a drainage before that ultrasound does not, the collection is back.',
    optional,
    fromOrders('drainage', 'incision'),
    fromImaging,
  ),
]

/** Pages of what is ordered or done, and so needs no card (clinical 8). */
export const doneDefinitions: readonly FindingDefinition[] = [
  ...results,
  ...drained,
  aboutBreast(
    'ultrasound-ordered',
    'Is an ultrasound of this breast ordered, or done in this episode?',
    `${orderEdge} A mammogram is not an ultrasound.`,
    optional,
    fromOrders('ultrasound'),
  ),
  aboutBreast(
    'ultrasound-since-failure',
    'Is an ultrasound of this breast ordered or done since antibiotics can have failed?',
    'Failure can begin at the first antibiotic plus the due hours, that moment included.',
    optional,
    fromOrders('ultrasound'),
    fromCover,
  ),
  aboutBreast(
    'ultrasound-since-drainage',
    'Is an ultrasound of this breast ordered or done since the last drainage?',
    'Without a drainage it is absent.',
    optional,
    fromOrders('ultrasound'),
    drainage,
  ),
  aboutBreast(
    'biopsy-ordered',
    'Is a biopsy of skin or breast ordered, or done in this episode, and not answered by a benign result?',
    `${orderEdge} A result other than benign counts as done.`,
    optional,
    fromOrders('skin-biopsy', 'breast-biopsy'),
  ),
  aboutBreast(
    'biopsy-benign',
    "Was a biopsy of this episode benign, with neither peau d'orange, skin thickening nor worsening since?",
    'Any later record of such a sign ends it, also of one that was there before.',
    optional,
    fromOrders('skin-biopsy', 'breast-biopsy'),
    fromSigns,
    fromResponse,
  ),
  aboutBreast(
    'culture-ordered',
    'Is a culture ordered, or done in this episode?',
    orderEdge,
    optional,
    fromOrders('culture'),
  ),
  aboutBreast(
    'culture-pending',
    'Is a culture ordered whose result is still to come?',
    'A result at the same instant or later ends it.',
    optional,
    fromOrders('culture'),
  ),
]
