import { ProtocolError } from '../errors.js'

/**
 * One feedback item after its shape was checked.
 *
 * Shape:   `shape` says whether the item was written as the standard says or as a vendor writes items.
 * Privacy: `comment` is a clinician's free text and may name the patient; only the audit room receives the comment.
 */
export interface ParsedFeedback {
  card: string
  outcome: 'accepted' | 'overridden'
  acceptedSuggestions: readonly string[]
  reason?: { code?: string; system?: string; display?: string }
  comment?: string
  outcomeTimestamp: string
  shape: 'standard' | 'vendor'
}

/** The largest number of items in one feedback request, and the largest lengths of a comment and of an id. */
export const feedbackLimits = { items: 1000, commentLength: 4000, idLength: 256 } as const

const spec = 'https://cds-hooks.hl7.org/2.0/#feedback'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const instant =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i

/**
 * Reads the body of a feedback request; one bad item refuses the whole request, so that no request is stored in part.
 *
 * Shape:  reads the standard's `overrideReason`, and a vendor's `overrideReasons` object with the words of the reason
 *         in an extension; unknown fields are ignored.
 * Edge:   a reason needs neither `display` nor `system`, and an override needs no reason. A leap second (`:60`) becomes
 *         the end of the second before.
 * Throws: `ProtocolError` that names the item and the rule.
 * Source: https://cds-hooks.hl7.org/2.0/#feedback, requirement AUD-020
 */
export function parseFeedback(body: unknown): readonly ParsedFeedback[] {
  if (!isRecord(body))
    throw new ProtocolError('PROTOCOL_BODY_NOT_OBJECT', 'The body must be a JSON object.', '', spec)
  const items = body['feedback']
  if (!Array.isArray(items) || items.length === 0)
    throw invalid('/feedback', 'must be an array of at least one item')
  if (items.length > feedbackLimits.items)
    throw new ProtocolError(
      'PROTOCOL_BODY_TOO_LARGE',
      `A post holds at most ${feedbackLimits.items} feedback items.`,
      '/feedback',
    )
  return items.map((item: unknown, at) => parseItem(item, `/feedback/${at}`))
}

function parseItem(item: unknown, path: string): ParsedFeedback {
  if (!isRecord(item)) throw invalid(path, 'must be an object')
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
  return { ...byId, outcome, outcomeTimestamp: at, ...override(item, path) }
}

/** Writes second 60 as the end of second 59, because JavaScript dates have no leap seconds. */
const withoutLeapSecond = (moment: string): string => moment.replace(/:60(\.\d+)?(?=[Z+-])/i, ':59.999')

function acceptedIds(sent: unknown, path: string): readonly string[] {
  const where = `${path}/acceptedSuggestions`
  if (!Array.isArray(sent) || sent.length === 0)
    throw invalid(where, 'must list at least one suggestion when the outcome is accepted')
  if (sent.length > feedbackLimits.items) throw invalid(where, 'lists too many suggestions')
  return sent.map((suggestion: unknown, at) => {
    const id = isRecord(suggestion) ? suggestion['id'] : undefined
    if (typeof id !== 'string' || id === '' || id.length > feedbackLimits.idLength)
      throw invalid(`${where}/${at}/id`, 'must be the uuid of a suggestion')
    return uuid.test(id) ? id.toLowerCase() : id
  })
}

type Override = Pick<ParsedFeedback, 'reason' | 'comment' | 'shape'>

/** Reads the reason and the comment of an override, in the shape of the standard or of a vendor. */
function override(item: Record<string, unknown>, path: string): Override {
  const { overrideReason: standard, overrideReasons: vendor } = item
  if (standard === undefined || standard === null)
    return isRecord(vendor) ? vendorOverride(vendor, item, path) : { shape: 'standard' }
  const where = `${path}/overrideReason`
  if (!isRecord(standard)) throw invalid(where, 'must be an object')
  const reason = coding(standard['reason'], `${where}/reason`)
  const comment = commentOf(standard['userComment'], `${where}/userComment`)
  if (!reason && comment === undefined) throw invalid(where, 'must hold a reason or a userComment')
  return { ...(reason && { reason }), ...(comment !== undefined && { comment }), shape: 'standard' }
}

function vendorOverride(
  vendor: Record<string, unknown>,
  item: Record<string, unknown>,
  path: string,
): Override {
  const where = `${path}/overrideReasons`
  const reason = coding(vendor['reason'] ?? vendor, where)
  const words = vendor['userComment'] ?? firstText(vendor['extension']) ?? firstText(item['extension'])
  const comment = commentOf(words, where)
  return { ...(reason && { reason }), ...(comment !== undefined && { comment }), shape: 'vendor' }
}

/**
 * Finds the first text of an extension, at most one level down, because vendors put the text under a key of their own.
 */
function firstText(extension: unknown): string | undefined {
  if (!isRecord(extension)) return undefined
  for (const value of Object.values(extension)) {
    if (typeof value === 'string' && value !== '') return value
    if (!isRecord(value)) continue
    const inner = Object.values(value).find((one) => typeof one === 'string' && one !== '')
    if (typeof inner === 'string') return inner
  }
  return undefined
}

function coding(sent: unknown, path: string): ParsedFeedback['reason'] {
  if (sent === undefined || sent === null) return undefined
  if (!isRecord(sent)) throw invalid(path, 'must be a Coding')
  const reason: { code?: string; system?: string; display?: string } = {}
  for (const name of ['code', 'system', 'display'] as const) {
    const value = sent[name]
    if (typeof value !== 'string' || value === '') continue
    if (value.length > feedbackLimits.commentLength) throw invalid(`${path}/${name}`, 'is too long')
    reason[name] = value
  }
  return reason.code === undefined && reason.display === undefined ? undefined : reason
}

function commentOf(sent: unknown, path: string): string | undefined {
  if (sent === undefined || sent === null || sent === '') return undefined
  if (typeof sent !== 'string') throw invalid(path, 'must be a string')
  if (sent.length > feedbackLimits.commentLength)
    throw invalid(path, `must have at most ${feedbackLimits.commentLength} characters`)
  return sent
}

/** Is the text a date and time of RFC 3339 section 5.6, on a day that exists? */
function isInstant(text: string): boolean {
  const parts = text.length <= 40 ? instant.exec(text) : null
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (path: string, rule: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FEEDBACK_INVALID', `${path} ${rule}.`, path, spec)
