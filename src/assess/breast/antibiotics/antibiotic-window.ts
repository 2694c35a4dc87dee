import { inputOf, inputs, unreadInputs, type FindingDefinition } from '../../definition.js'
import { absent, cannotTell, verdict, type Finding } from '../../finding.js'
import type { Cover } from '../../views.js'
import { episodeInputs } from '../episode.js'
import { hoursInputs, type AntibioticCover } from './cover.js'
import { anyOf } from '../../logic.js'

/** The part of the context that these findings read. */
interface OfClocks {
  breast: { cover: AntibioticCover }
}

const windows = ['none', 'early', 'due', 'late'] as const

/** The inputs of the question whether there is any cover. */
export const untreatedInputs = inputs(episodeInputs, unreadInputs)

/** The inputs of the window that was reached. */
const windowInputs = inputs(hoursInputs, unreadInputs, inputOf('response.dueHours', 'response.lateHours'))

/**
 * Do the hours of cover fall into this window?
 *
 * Missing: unread medicines could only add hours, so `late` stands once reached; the window that was reached and every
 *          later window cannot be told.
 */
function inWindow(
  { window, hoursAny, started, unreadable }: AntibioticCover,
  wanted: Cover['window'],
): Finding {
  const words = window === 'none' ? 'no antibiotic cover' : `${Math.floor(hoursAny)} h of antibiotics`
  const holds = window === wanted
  if (unreadable !== undefined && window !== 'late') {
    return windows.indexOf(wanted) < windows.indexOf(window) ? absent(words) : cannotTell(unreadable)
  }
  return verdict(holds, words, words, holds ? started : [])
}

/** The words on missing facts for every finding about the hours of cover. */
export const coverUnread =
  'Medicines that could not be read, or an active antibiotic without a start, can only add hours: the window read and ' +
  'every later one cannot be told, but the last one, once reached, stands.'

/** The finding that no antibiotic covers this episode (clinical 4.2). */
export const windowNone = {
  name: 'window-none',
  scope: 'side',
  means: 'Is there no antibiotic cover in this episode?',
  ...untreatedInputs,
  edge: 'Orders that were cancelled, planned, preventive, topical, for another reason or for a single dose are no cover.',
  missing: coverUnread,
  find: ({ breast }) => inWindow(breast.cover, 'none'),
} as const satisfies FindingDefinition<OfClocks>

/** The finding that cover is shorter than `response.dueHours` (clinical 4.2). */
export const windowEarly = {
  name: 'window-early',
  scope: 'side',
  means: 'Is there antibiotic cover for less time than a response takes?',
  ...inputs(hoursInputs, unreadInputs, inputOf('response.dueHours')),
  edge: 'Counted by any antibiotic; overlaps count once, short gaps count as covered, a switch restarts nothing.',
  missing: coverUnread,
  find: ({ breast }) => inWindow(breast.cover, 'early'),
} as const satisfies FindingDefinition<OfClocks>

/** The finding that cover has reached `response.dueHours` but not `response.lateHours` (clinical 4.2). */
export const windowDue = {
  name: 'window-due',
  scope: 'side',
  means: 'Is a response to antibiotics due?',
  ...windowInputs,
  edge: 'Exactly the due hours is due; exactly the late hours is late. A start known only as a date counts from its end.',
  missing: coverUnread,
  find: ({ breast }) => inWindow(breast.cover, 'due'),
} as const satisfies FindingDefinition<OfClocks>

/** The finding that cover has reached `response.lateHours` (clinical 4.2). */
export const windowLate = {
  name: 'window-late',
  scope: 'side',
  means: 'Is a response to antibiotics late?',
  ...windowInputs,
  edge: 'Exactly the late hours is late.',
  missing: coverUnread,
  find: ({ breast }) => inWindow(breast.cover, 'late'),
} as const satisfies FindingDefinition<OfClocks>

/** The finding that cover has reached `response.dueHours`: the window is due or late. */
export const cover48h = {
  name: 'cover-48h',
  scope: 'side',
  means: 'Is a response to antibiotics due or late?',
  ...windowInputs,
  edge: 'Exactly the due hours counts: 48 h 0 min is long enough.',
  missing: coverUnread,
  find: ({ breast }) =>
    anyOf(
      'antibiotics for less than the time a response takes',
      inWindow(breast.cover, 'due'),
      inWindow(breast.cover, 'late'),
    ),
} as const satisfies FindingDefinition<OfClocks>
