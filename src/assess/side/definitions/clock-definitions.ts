import type { FindingDefinition } from '../../definition.js'
import { aboutBreast, fromCover, fromEpisode, fromResponse, fromTemperature, type Inputs } from './inputs.js'

const coverUnread =
  'Medicines that could not be read, or an active antibiotic without a start, can only add hours: the window read and ' +
  'every later one cannot be told, but the last one, once reached, stands.'

const courseUnread =
  'A course that is not charted is unknown, and unknown is never failure. Values that could not be read cannot be told ' +
  'unless what was read already decides.'

const resistance: Inputs = {
  facts: ['problems', 'results', 'medicines', 'reads', 'unreadable'],
  sets: ['mrsa', 'culture'],
  parameters: ['mrsa.days', 'currency.resultDays'],
}

/** Pages of the antibiotic clock (clinical 4.2). */
const windows: readonly FindingDefinition[] = [
  aboutBreast(
    'window-none',
    'Is there no antibiotic cover in this episode?',
    'Orders that were cancelled, planned, preventive, topical, for another reason or for a single dose are no cover.',
    coverUnread,
    fromCover,
  ),
  aboutBreast(
    'window-early',
    'Is there antibiotic cover for less time than a response takes?',
    'Counted by any antibiotic; overlaps count once, short gaps count as covered, a switch restarts nothing.',
    coverUnread,
    fromCover,
  ),
  aboutBreast(
    'window-due',
    'Is a response to antibiotics due?',
    'Exactly the due hours is due; exactly the late hours is late. A start known only as a date counts from its end.',
    coverUnread,
    fromCover,
  ),
  aboutBreast(
    'window-late',
    'Is a response to antibiotics late?',
    'Exactly the late hours is late.',
    coverUnread,
    fromCover,
  ),
  aboutBreast(
    'cover-48h',
    'Is a response to antibiotics due or late?',
    'Exactly the due hours counts: 48 h 0 min is long enough.',
    coverUnread,
    fromCover,
  ),
]

/** Pages of the response (clinical 4.3). */
const responses: readonly FindingDefinition[] = [
  aboutBreast(
    'response-improved',
    'Has this breast improved on antibiotics?',
    'Temperature from fever to below it, pain at most 3 or down by 2, signs gone, smaller by a quarter or of lower grade, or ' +
      "the clinician's word. Before the due hours it is too early to say.",
    courseUnread,
    fromResponse,
  ),
  aboutBreast(
    'response-worse',
    'Has this breast become worse on antibiotics?',
    'Temperature up by 0.5 °C to fever, pain up by 2, signs larger by a quarter, of higher grade, new or spreading. ' +
      'Counts before the due hours too.',
    courseUnread,
    fromResponse,
  ),
  aboutBreast(
    'response-unknown',
    'Is a response due, and nothing recorded says what it is?',
    'A sign recorded only as present, without size or grade, says nothing.',
    courseUnread,
    fromResponse,
  ),
  aboutBreast(
    'failed',
    'Has this breast failed to improve, or become worse, although a response is due?',
    'Exactly the due hours is long enough. The newest temperature must be at most 24 h old.',
    courseUnread,
    fromResponse,
  ),
  aboutBreast(
    'no-antibiotic-24h',
    'Is there no antibiotic although she has been ill for 24 hours, or has fever values 24 hours apart?',
    'Exactly 24 hours counts.',
    coverUnread,
    fromCover,
    fromEpisode,
    fromTemperature,
  ),
]

const mrsaUnread =
  'An MRSA entry without a date does not count. Cannot be told when conditions, or the medicines that cover now, could ' +
  'not be read.'

/** Pages of the clock, the response and the cover of MRSA. */
export const clockDefinitions: readonly FindingDefinition[] = [
  ...windows,
  ...responses,
  aboutBreast(
    'cover-may-miss-mrsa',
    'With MRSA on record, or a culture resistant to all that was given: does an antibiotic cover now that is neither active ' +
      'against MRSA nor reported susceptible?',
    'An MRSA entry exactly the limit old counts. Clindamycin alone without a result is a finding of its own.',
    mrsaUnread,
    resistance,
    fromCover,
  ),
  aboutBreast(
    'clindamycin-untested',
    'With MRSA on record: is the only cover that may miss it an antibiotic that depends on a susceptibility result, and is ' +
      'there none?',
    'A result of any kind for that antibiotic ends it; resistant makes it cover-may-miss-mrsa.',
    mrsaUnread,
    resistance,
    fromCover,
  ),
]
