import { ProtocolError } from '../errors.js'
import { isJsonObject } from './json-object.js'
import { invalid, overrideOf } from './override-reason.js'
import type { Override } from './override-reason.js'

/**
 * One feedback item after its shape was checked.
 *
 * Shape:   `shape` says whether the item was written as the standard says or as a vendor writes items.
 * Privacy: `comment` is a clinician's free text and may name the patient; only the audit room receives the comment.
 */
export interface ParsedFeedback extends Override {
  card: string
  outcome: 'accepted' | 'overridden'
  acceptedSuggestions: readonly string[]
  outcomeTimestamp: string
}

/** An item that was refused: its place in the post, the member that breaks a rule, and the rule. */
export interface RefusedItem {
  item: number
  expression: string
  says: string
}

/** The items of one post: those that are kept, with their places in the post, and those that are refused. */
export interface ParsedPost {
  items: readonly ParsedFeedback[]
  kept: readonly number[]
  refused: readonly RefusedItem[]
}

/** The largest number of items in one feedback request, and the largest length of an id. */
export const feedbackLimits = { items: 1000, idLength: 256 } as const

const spec = 'https://cds-hooks.hl7.org/2.0/#feedback'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const instant =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i

/**
 * Reads the body of a feedback request. A bad item is refused by itself, so that no item costs another.
 *
 * Shape:  reasons in the shapes of `overrideOf`; unknown fields are ignored.
 * Edge:   a reason needs neither `display` nor `system`, and an override needs no reason. A leap second (`:60`) becomes
 *         the end of the second before.
 * Throws: `ProtocolError` for a body that is no list of items, for too many items, and with the first refused item when
 *         no item could be kept.
 * Source: https://cds-hooks.hl7.org/2.0/#feedback, requirement AUD-020
 */
export function parseFeedback(body: unknown): ParsedPost {
  if (!isJsonObject(body))
    throw new ProtocolError('PROTOCOL_BODY_NOT_OBJECT', 'The body must be a JSON object.', '', spec)
  const sent = body['feedback']
  if (!Array.isArray(sent) || sent.length === 0)
    throw invalid('/feedback', 'must be an array of at least one item')
  if (sent.length > feedbackLimits.items)
    throw new ProtocolError(
      'PROTOCOL_BODY_TOO_LARGE',
      `A post holds at most ${feedbackLimits.items} feedback items.`,
      '/feedback',
    )
  const items: ParsedFeedback[] = []
  const kept: number[] = []
  const errors: { item: number; error: ProtocolError }[] = []
  sent.forEach((each: unknown, item) => {
    const parsed = parsedOrRefused(each, `/feedback/${item}`)
    if (parsed instanceof ProtocolError) errors.push({ item, error: parsed })
    else {
      items.push(parsed)
      kept.push(item)
    }
  })
  const [first] = errors
  if (first && items.length === 0) throw first.error
  const refused = errors.map(({ item, error: { message, path } }) => ({
    item,
    expression: path ?? `/feedback/${item}`,
    says: message,
  }))
  return { items, kept, refused }
}

function parsedOrRefused(item: unknown, path: string): ParsedFeedback | ProtocolError {
  try {
    return parseItem(item, path)
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

function parseItem(item: unknown, path: string): ParsedFeedback {
  if (!isJsonObject(item)) throw invalid(path, 'must be an object')
  const { card, outcome, outcomeTimestamp } = item
  if (typeof card !== 'string' || !uuid.test(card))
    throw invalid(`${path}/card`, 'must be the UUID of a card')
  if (outcome !== 'accepted' && outcome !== 'overridden')
    throw invalid(`${path}/outcome`, 'must be accepted or overridden')
  if (typeof outcomeTimestamp !== 'string' || !isInstant(outcomeTimestamp))
    throw invalid(`${path}/outcomeTimestamp`, 'must be an RFC 3339 date and time with offset')
  const accepted = outcome === 'accepted' ? acceptedIds(item['acceptedSuggestions'], path) : []
  const byId = { card: card.toLowerCase(), acceptedSuggestions: accepted } // UUIDs are case-insensitive (RFC 9562, section 4)
  const at = withoutLeapSecond(outcomeTimestamp)
  return { ...byId, outcome, outcomeTimestamp: at, ...overrideOf(item, path) }
}

/** Writes second 60 as the end of second 59, because JavaScript dates have no leap seconds. */
const withoutLeapSecond = (moment: string): string => moment.replace(/:60(\.\d+)?(?=[Z+-])/i, ':59.999')

function acceptedIds(sent: unknown, path: string): readonly string[] {
  const where = `${path}/acceptedSuggestions`
  if (!Array.isArray(sent) || sent.length === 0)
    throw invalid(where, 'must list at least one suggestion when the outcome is accepted')
  if (sent.length > feedbackLimits.items) throw invalid(where, 'lists too many suggestions')
  return sent.map((suggestion: unknown, at) => {
    const id = isJsonObject(suggestion) ? suggestion['id'] : undefined
    if (typeof id !== 'string' || id === '' || id.length > feedbackLimits.idLength)
      throw invalid(`${where}/${at}/id`, 'must be the uuid of a suggestion')
    return uuid.test(id) ? id.toLowerCase() : id
  })
}

/** Is the text a date and time of RFC 3339 section 5.6, on a day that exists? */
function isInstant(text: string): boolean {
  const parts = text.length <= 40 ? instant.exec(text) : null
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
