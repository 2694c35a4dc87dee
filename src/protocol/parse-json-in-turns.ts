import { Buffer } from 'node:buffer'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ProtocolError } from '../errors.js'
import { checkedBody, hostileKeys, notJson, parseChecked, parseText, roles } from './parse-json.js'
import type { CheckedBody, JsonLimits } from './parse-json.js'

/**
 * What is read in one go: a body of so few bytes and so few values, and of any other a container, or a group of members
 * of a longer one, of about `piece` bytes. Each takes some ten or twenty milliseconds at worst; a chart of 350 kB, with
 * its 18,000 values, three.
 */
const longest = { bytes: 1_048_576, values: 20_000, piece: 32_768 }

/** From so many bytes on a group is decoded and parsed in turns of their own: each of the two takes as long as the other. */
const longGroup = 524_288

/** No object of FHIR or CDS Hooks has nearly as many members; listing more would take long wherever it is done. */
const maxMembers = 10_000

/**
 * Reads JSON bytes from outside as `parseJsonBytes` does, but a long body piece by piece, letting other calls have a turn
 * after each: 4 MiB of nothing but different short names would hold up the whole process for half a second.
 *
 * Shape:  the same value, and the same refusals, as `parseJsonBytes`.
 * Edge:   in a long body an object of over 10,000 members is refused too (413).
 * Throws: `ProtocolError`.
 * Source: SEC-042
 */
export function parseJsonInTurns(bytes: Buffer, limits: JsonLimits, sizes = longest): unknown {
  const checked = checkedBody(bytes, limits)
  const isShort = checked.body.length <= sizes.bytes && checked.values <= sizes.values
  return isShort ? parseChecked(checked) : inTurns(checked, sizes.piece)
}

/** A body whose depth, number of values and encoding are known to be good. */
interface Text {
  body: Buffer
  suspicious: boolean
  pieceBytes: number
  /** Where each long container ends, by where it begins. */
  ends: ReadonlyMap<number, number>
}

async function inTurns(checked: CheckedBody, pieceBytes: number): Promise<unknown> {
  const { body, suspicious } = checked
  await nextTurn()
  const text: Text = { body, suspicious, pieceBytes, ends: longContainers(body, pieceBytes) }
  await nextTurn()
  const start = afterBlanks(body, 0)
  const end = text.ends.get(start)
  if (end === undefined) return parseChecked(checked)
  if (afterBlanks(body, end + 1) < body.length) throw notJson()
  return container(text, start, end)
}

/** Finds the containers too long to be read at once; refuses a text in which some are never closed. */
function longContainers(body: Buffer, pieceBytes: number): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < body.length; at++) {
    const role = roles[body[at] as number]
    if (role === 3) at = endOfString(body, at)
    else if (role === 1) open.push(at)
    else if (role === 2) {
      const start = open.pop()
      if (start === undefined) throw notJson()
      if (at - start > pieceBytes) ends.set(start, at)
    }
  }
  if (open.length > 0) throw notJson()
  return ends
}

/** Reads one long container: its long members each on their own, those between them in groups. */
async function container(text: Text, start: number, end: number): Promise<unknown> {
  const { body, suspicious, ends, pieceBytes } = text
  const isList = body[start] === 0x5b
  if (body[end] !== (isList ? 0x5d : 0x7d)) throw notJson()
  const into = isList ? listOf() : objectOf()
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const group = async (from: number, to: number): Promise<void> => {
    const isEmpty = afterBlanks(body, from) === to
    if (isEmpty && (from !== start + 1 || to !== end)) throw notJson() // ",," or a comma before the end
    const isLong = to - from > longGroup
    if (isLong) await nextTurn()
    const decoded = textBetween(body, open, from, to, close)
    if (isLong) await nextTurn()
    into.addAll(parseText(decoded, suspicious))
    await nextTurn()
  }

  let from = start + 1
  let comma = start
  let level = 0
  for (let at = from; at < end; at++) {
    const role = roles[body[at] as number]
    if (role === 3) at = endOfString(body, at)
    else if (role === 2) level--
    else if (role === 4 && level === 0) {
      comma = at
      if (at - from < pieceBytes) continue
      await group(from, at)
      from = at + 1
    } else if (role === 1) {
      const memberEnd = level === 0 ? ends.get(at) : undefined
      if (memberEnd === undefined) {
        level++
        continue
      }
      if (comma >= from) await group(from, comma)
      const name = into.nameFrom(text, Math.max(from, comma + 1), at)
      into.add(name, await container(text, at, memberEnd))
      at = afterBlanks(body, memberEnd + 1)
      if (at === end) return into.value
      if (roles[body[at] as number] !== 4) throw notJson()
      comma = at
      from = at + 1
    }
  }
  await group(from, end)
  return into.value
}

/** What a long container is put together in. */
interface Into {
  value: unknown
  addAll: (part: unknown) => void
  /** The name that the text before a long member gives it; a list gives none. */
  nameFrom: (text: Text, from: number, to: number) => string
  add: (name: string, member: unknown) => void
}

function listOf(): Into {
  const value: unknown[] = []
  return {
    value,
    addAll(part) {
      for (const member of part as unknown[]) value.push(member)
    },
    nameFrom({ body }, from, to) {
      if (afterBlanks(body, from) !== to) throw notJson()
      return ''
    },
    add: (_, member) => value.push(member),
  }
}

function objectOf(): Into {
  const value: Record<string, unknown> = {}
  let members = 0
  const add = (name: string, member: unknown): void => {
    if (++members > maxMembers) throw tooManyMembers()
    if (!hostileKeys.has(name)) value[name] = member
  }
  return {
    value,
    addAll(part) {
      for (const [name, member] of Object.entries(part as object)) add(name, member)
    },
    nameFrom(text, from, to) {
      const names = Object.keys(parseText(textBetween(text.body, '{', from, to, '[]}'), false) as object)
      const [name] = names
      if (names.length !== 1 || name === undefined) throw notJson()
      return name
    },
    add,
  }
}

/** The text between two places, between two brackets of ours; put together as bytes, which is cheaper for a long one. */
function textBetween(body: Buffer, open: string, from: number, to: number, close: string): string {
  const bytes = Buffer.allocUnsafe(open.length + to - from + close.length)
  bytes.write(open, 'latin1')
  body.copy(bytes, open.length, from, to)
  bytes.write(close, open.length + to - from, 'latin1')
  return bytes.toString('utf8')
}

/** The closing quote of the text that opens at `at`; the end of the body when it is never closed. */
function endOfString(body: Buffer, at: number): number {
  let byte: number | undefined
  while ((byte = body[++at]) !== 0x22 && byte !== undefined) if (byte === 0x5c) at++
  return at
}

/** The first place from `at` on that holds no JSON blank. */
function afterBlanks(body: Buffer, at: number): number {
  while (body[at] === 0x20 || body[at] === 0x0a || body[at] === 0x0d || body[at] === 0x09) at++
  return at
}

const tooManyMembers = (): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_LARGE', `An object of the body has more than ${maxMembers} members.`)
