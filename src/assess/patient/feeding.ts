import type { Feeding, LactationStatus } from '../views.js'
import type { Finding } from '../finding.js'
import type { MilkRow } from './milk-rows.js'

/** The judgements that the words on feeding depend on. */
export interface FeedingQuestion {
  status: LactationStatus
  loss: Finding
  pregnant: Finding
  rows: readonly MilkRow[]
  /** The categories of clinical 1.4 that could not be read. */
  unread: readonly ('conditions' | 'medicines')[]
  /** Some infants of this birth were lost, and no later statement says that the patient breastfeeds. */
  askFirst: boolean
}

const noSuddenStop = 'Milk removal should not stop suddenly.'
const safeMilk = 'The milk is safe for a healthy full-term infant.'
const safeInPregnancy = 'The milk is safe for a healthy child born at term.'
const plain = 'Breastfeeding can continue, also on the affected side; milk removal should not stop suddenly.'
const conditional =
  'If breastfeeding, it can continue, also on the affected side; milk removal should not stop suddenly.'

const nothing: Feeding = { phrase: 'none', sentences: [] }

/**
 * Makes the words on feeding for every card; no other function makes such words.
 *
 * Edge:    the first that holds decides: a loss, pregnancy without lactation, no ground to speak of feeding, a row,
 *          the status.
 * Missing: an unreadable category of 1.4 gives caution, never a plain "continue". A loss that cannot be ruled out
 *          gives at most the conditional sentence. With an unknown status nothing is said.
 * Source:  clinical 1.3 and 1.4
 */
export function feedingWords({ status, loss, pregnant, rows, unread, askFirst }: FeedingQuestion): Feeding {
  if (loss.verdict === 'present') return nothing
  if (pregnant.verdict === 'present' && status !== 'lactating') return nothing
  if (status !== 'lactating' && status !== 'probable') return nothing
  if (rows.length > 0 || unread.length > 0) return caution(rows, unread)
  const safe = pregnant.verdict === 'present' ? safeInPregnancy : safeMilk
  if (status === 'lactating' && !askFirst && loss.verdict === 'absent') {
    return { phrase: 'plain', sentences: [plain], safeMilk: safe }
  }
  return { phrase: 'conditional', sentences: [conditional], safeMilk: safe }
}

/**
 * The sentences of every row, then of unread categories, then that milk removal goes on; the first row names the
 * summary.
 */
function caution(rows: readonly MilkRow[], unread: FeedingQuestion['unread']): Feeding {
  const [first] = rows
  const [category] = unread
  const notRead = unread.length > 0 ? [notReadSentence(unread.join(' and '))] : []
  return {
    phrase: 'caution',
    sentences: [...rows.map(({ sentence }) => sentence), ...notRead, noSuddenStop],
    ...(first && { finding: first.finding }),
    ...(category && { category }),
  }
}

const notReadSentence = (categories: string): string =>
  `${categories.charAt(0).toUpperCase()}${categories.slice(1)} could not be read; check for reasons not to give the milk.`
