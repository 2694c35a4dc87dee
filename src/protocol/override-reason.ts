import { ProtocolError } from '../errors.js'
import { isJsonObject } from './json-object.js'

/** The reason and the comment of an override; `vendor` when written in another shape than that of the standard. */
export interface Override {
  reason?: { code?: string; system?: string; display?: string }
  comment?: string
  shape: 'standard' | 'vendor'
}

/** The largest length of a comment, and of each text of a reason. */
export const longestComment = 4000

const spec = 'https://cds-hooks.hl7.org/2.0/#feedback'

/** The error for a member of a feedback item that breaks a rule. */
export const invalid = (path: string, rule: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FEEDBACK_INVALID', `${path} ${rule}.`, path, spec)

/**
 * Reads why a card was overridden, from a feedback item.
 *
 * Shape:   `overrideReason` as the standard has it (`reason` and `userComment`); and as clients in the field write it: a
 *          Coding or a CodeableConcept in its place, a bare text, a list of which the first usable element counts, or
 *          `overrideReasons` with the words in an extension.
 * Edge:    a bare text without blanks is a code, and any other text is a comment, because it may name the patient.
 * Missing: no reason when the item has none; an `overrideReason` that says nothing is refused.
 * Throws:  `ProtocolError` that names the member and the rule.
 * Source:  conformance B4
 */
export function overrideOf(item: Record<string, unknown>, path: string): Override {
  const { overrideReason: standard, overrideReasons: vendor } = item
  if (isSaid(standard)) {
    const found = read(standard, `${path}/overrideReason`)
    if (found.reason === undefined && found.comment === undefined)
      throw invalid(`${path}/overrideReason`, 'must hold a reason or a userComment')
    return { ...found, shape: isStandard(standard) ? 'standard' : 'vendor' }
  }
  if (!isSaid(vendor)) return { shape: 'standard' }
  const where = `${path}/overrideReasons`
  const found = read(vendor, where)
  const words =
    firstText(isJsonObject(vendor) ? vendor['extension'] : undefined) ?? firstText(item['extension'])
  const comment = found.comment ?? commentOf(words, where)
  return { ...found, ...(comment !== undefined && { comment }), shape: 'vendor' }
}

type Said = Pick<Override, 'reason' | 'comment'>

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** Is the override reason written as the standard has it: a Coding under `reason`, or a comment alone? */
const isStandard = (sent: unknown): boolean => {
  if (!isJsonObject(sent)) return false
  const { reason } = sent
  if (isSaid(reason)) return isJsonObject(reason) && reason['coding'] === undefined
  return ['code', 'coding', 'display', 'text'].every((name) => !isSaid(sent[name]))
}

/** Reads what stands in the place of an override reason. */
function read(sent: unknown, path: string): Said {
  if (!isJsonObject(sent)) return reasonIn(sent, path)
  const own = isSaid(sent['reason']) ? reasonIn(sent['reason'], `${path}/reason`) : reasonIn(sent, path)
  const comment = commentOf(sent['userComment'], `${path}/userComment`) ?? own.comment
  return { ...own, ...(comment !== undefined && { comment }) }
}

/** Reads a reason that is a Coding, a CodeableConcept, a text, or a list of them. */
function reasonIn(sent: unknown, path: string): Said {
  if (typeof sent === 'string') {
    if (/^\S{1,64}$/.test(sent)) return { reason: { code: sent } }
    const comment = commentOf(sent, path)
    return comment === undefined ? {} : { comment }
  }
  if (Array.isArray(sent)) {
    const said = sent.filter(isSaid).map((each: unknown) => reasonIn(each, path))
    return said.find(({ reason, comment }) => reason !== undefined || comment !== undefined) ?? {}
  }
  if (!isJsonObject(sent)) throw invalid(path, 'must be a reason')
  const coded = isSaid(sent['coding']) ? reasonIn(sent['coding'], `${path}/coding`) : {}
  if (coded.reason) return coded
  const reason = codingOf({ ...sent, display: sent['display'] ?? sent['text'] }, path)
  return reason ? { reason } : {}
}

function codingOf(sent: Record<string, unknown>, path: string): Override['reason'] {
  const reason: NonNullable<Override['reason']> = {}
  for (const name of ['code', 'system', 'display'] as const) {
    const value = sent[name]
    if (typeof value !== 'string' || value === '') continue
    if (value.length > longestComment) throw invalid(`${path}/${name}`, 'is too long')
    reason[name] = value
  }
  return reason.code === undefined && reason.display === undefined ? undefined : reason
}

function commentOf(sent: unknown, path: string): string | undefined {
  if (!isSaid(sent)) return undefined
  if (typeof sent !== 'string') throw invalid(path, 'must be a string')
  if (sent.length > longestComment) throw invalid(path, `must have at most ${longestComment} characters`)
  return sent
}

/**
 * Finds the first text of an extension, at most one level down, because vendors put the text under a key of their own.
 */
function firstText(extension: unknown): string | undefined {
  if (!isJsonObject(extension)) return undefined
  for (const value of Object.values(extension)) {
    if (typeof value === 'string' && value !== '') return value
    if (!isJsonObject(value)) continue
    const inner = Object.values(value).find((one) => typeof one === 'string' && one !== '')
    if (typeof inner === 'string') return inner
  }
  return undefined
}
