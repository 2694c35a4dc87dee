import { Buffer, isUtf8 } from 'node:buffer'
import { randomInt } from 'node:crypto'
import { ProtocolError } from '../errors.js'
import { budgets } from './limits.js'

/** The deepest nesting and the largest number of values of a JSON text, whatever its size in bytes. */
export interface JsonLimits {
  depth: number
  nodes: number
}

const quote = 0x22
const backslash = 0x5c

/** The role of a byte outside strings, as the scan counts. */
const opensList = 1
const opensObject = 2
const closes = 3
const startsString = 4
const separates = 5
const endsName = 6
const roles = new Uint8Array(256)
for (const [byte, role] of [
  ['[', opensList],
  ['{', opensObject],
  ['}', closes],
  [']', closes],
  ['"', startsString],
  [',', separates],
  [':', endsName],
] as const)
  roles[byte.charCodeAt(0)] = role

/** Names that could change a prototype; a member with such a name is dropped at every level. */
export const hostileKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const hostileBytes = [...hostileKeys].map((key) => Buffer.from(key))

/**
 * Parses JSON bytes from outside and protects the process: depth, values and members are counted before parsing, and
 * keys that could change a prototype are dropped at every level.
 *
 * Shape:  UTF-8, with or without a byte order mark.
 * Edge:   exactly `depth` levels, exactly `nodes` values and exactly `budgets.bodyMembers` members of an object are
 *         accepted; an empty container counts as two values.
 * Throws: `ProtocolError`: not JSON (400), too deep (400), too many values or members (413). The error holds nothing of
 *         the body.
 * Source: SEC-042
 */
export function parseJsonBytes(bytes: Buffer, limits: JsonLimits): unknown {
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
  const { suspicious } = scanJson(body, limits)
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw notJson() // the engine's message quotes the body, so the message is not kept as the cause
  }
  if (suspicious) dropHostileKeys(value)
  return value
}

/** The start of the member count of a list: so low that no list reaches the limit for the members of an object. */
const uncounted = -0x8000_0000

/**
 * Marks which sequences of member names the current body has shown, by the hash of the sequence; cleared for each body.
 */
const seen = new Uint8Array(65_536)
/** The random start of every hash, so that no sender can choose names whose hashes collide. */
const hashBegins = randomInt(2 ** 31)

/** The result of a scan of a JSON text that may be parsed. */
export interface JsonScan {
  values: number
  /** True when the text may hold a key that could change a prototype. */
  suspicious: boolean
}

/**
 * Checks JSON bytes from outside before they are parsed.
 *
 * Throws: `ProtocolError`, as `parseJsonBytes` does.
 */
export function scanJson(body: Buffer, limits: JsonLimits): JsonScan {
  const found = scan(body, limits)
  if (!isUtf8(body)) throw notJson('The body is not UTF-8.')
  return found
}

/**
 * Scans the raw bytes once, and counts levels, values, members and shapes before the engine builds a value.
 *
 * Every value or member but the first of a container follows a comma, so commas give the counts. A shape is a sequence
 * of member names: the engine makes a hidden class for each new shape, which takes as long as fifty plain values. The
 * scan also tells whether a key that could change a prototype may be present, plain or with its ASCII letters escaped.
 */
function scan(body: Buffer, { depth, nodes }: JsonLimits): JsonScan {
  const end = body.length
  const mostMembers = budgets.bodyMembers.most
  const mostShapes = budgets.bodyShapes.most
  const members = new Int32Array(depth + 1).fill(uncounted) // the member count of the open container on each level
  const shape = new Int32Array(depth + 1) // the hash of the names so far in that container
  seen.fill(0)
  let level = 0
  let values = 1
  let shapes = 0
  let start = 0 // the first byte of the newest string
  let length = 0
  let suspicious = false
  for (let at = 0; at < end; at++) {
    const role = roles[body[at] as number]
    if (role === 0) continue
    if (role === startsString) {
      start = at + 1
      let byte: number | undefined
      while ((byte = body[++at]) !== quote && byte !== undefined)
        if (byte === backslash) {
          at++
          if (body[at] === 0x75 && body[at + 1] === 0x30 && body[at + 2] === 0x30) suspicious = true // \u00XX can escape an ASCII letter
        }
      length = at - start
      if (!suspicious && (length === 9 || length === 11)) suspicious = isHostileAt(body, start, length)
    } else if (role === endsName) {
      const hash = hashOn(shape[level] as number, body, start, start + length)
      shape[level] = hash
      if (seen[hash >>> 16] === 0 && ++shapes > mostShapes) throw tooMany(mostShapes, 'shapes of objects')
      seen[hash >>> 16] = 1
    } else if (role === separates) {
      if (++values > nodes) throw tooMany(nodes, 'values')
      const count = (members[level] as number) + 1
      if (count > mostMembers) throw tooManyMembers(mostMembers)
      members[level] = count
    } else if (role === closes) {
      if (--level < 0) throw notJson()
    } else {
      if (++values > nodes) throw tooMany(nodes, 'values')
      if (++level > depth) throw tooDeep(depth)
      members[level] = role === opensObject ? 1 : uncounted
      shape[level] = hashBegins
    }
  }
  return { values, suspicious }
}

const { imul } = Math

/** Continues an FNV-1a hash over the bytes of a name and a closing quote. */
function hashOn(hash: number, body: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) hash = imul(hash ^ (body[at] as number), 0x0100_0193)
  return imul(hash ^ quote, 0x0100_0193)
}

function isHostileAt(body: Buffer, start: number, length: number): boolean {
  for (const key of hostileBytes) {
    if (key.length !== length || key[0] !== body[start] || key[3] !== body[start + 3]) continue
    if (key.equals(body.subarray(start, start + length))) return true
  }
  return false
}

/** Removes own keys that could change a prototype; the depth limit, checked before, bounds the recursion. */
function dropHostileKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    if (hostileKeys.has(key)) Reflect.deleteProperty(value, key)
    else dropHostileKeys(inner)
}

const notJson = (says = 'The body is not JSON.'): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_NOT_JSON', says)

const tooDeep = (depth: number): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_DEEP', `The body is nested deeper than ${depth} levels.`)

const tooMany = (most: number, what: string): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_LARGE', `The body holds more than ${most} ${what}.`)

const tooManyMembers = (most: number): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_LARGE', `An object of the body has more than ${most} members.`)
