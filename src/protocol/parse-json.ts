import { Buffer, isUtf8 } from 'node:buffer'
import { ProtocolError } from '../errors.js'

/** How large a JSON text may be in structure, whatever its size in bytes. */
export interface JsonLimits {
  depth: number
  nodes: number
}

const quote = 0x22
const backslash = 0x5c

/** What a byte outside strings does: 1 opens, 2 closes, 3 starts a string, 4 separates values. */
export const roles = new Uint8Array(256)
for (const [byte, role] of [
  ['{', 1],
  ['[', 1],
  ['}', 2],
  [']', 2],
  ['"', 3],
  [',', 4],
] as const)
  roles[byte.charCodeAt(0)] = role

/** Names that could reach a prototype; they are dropped wherever they stand. */
export const hostileKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const hostileBytes = [...hostileKeys].map((key) => Buffer.from(key))

/**
 * Reads JSON bytes from outside into a value, refusing what could hurt: depth and number of values are counted before
 * anything is built, and keys that could reach a prototype are dropped at any depth.
 *
 * Shape:  UTF-8, with or without a byte order mark.
 * Edge:   exactly `depth` levels and exactly `nodes` values are accepted; an empty container counts as two values.
 * Throws: `ProtocolError`: not JSON (400), too deep (400), too many values (413). Never holds what was sent.
 */
export function parseJsonBytes(bytes: Buffer, limits: JsonLimits): unknown {
  return parseChecked(checkedBody(bytes, limits))
}

/**
 * Reads a checked body in one go.
 *
 * Throws: `ProtocolError`: not JSON (400).
 */
export const parseChecked = ({ body, suspicious }: CheckedBody): unknown =>
  parseText(body.toString('utf8'), suspicious)

/**
 * Reads a JSON text, or a part of one, and drops hostile keys if there may be any.
 *
 * Throws: `ProtocolError`: not JSON (400).
 */
export function parseText(text: string, suspicious: boolean): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw notJson() // the engine's message quotes the body, so it is not kept as the cause
  }
  if (suspicious) dropHostileKeys(value)
  return value
}

/** The bytes of a body without its mark, once depth, number of values and encoding are known to be good. */
export interface CheckedBody {
  body: Buffer
  values: number
  /** A hostile key may be in it. */
  suspicious: boolean
}

/**
 * Checks a body before anything is built from it.
 *
 * Throws: `ProtocolError`.
 */
export function checkedBody(bytes: Buffer, limits: JsonLimits): CheckedBody {
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
  const { values, suspicious } = scan(body, limits)
  if (!isUtf8(body)) throw notJson('The body is not UTF-8.')
  return { body, values, suspicious }
}

/**
 * One pass over the raw bytes: counts levels and values (every value but the first of a container follows a comma), and
 * tells whether a hostile key may be there, plainly or with its ASCII letters escaped. This loop is the cost of intake:
 * it is written plainly enough for the engine to keep it in registers.
 */
function scan(body: Buffer, { depth, nodes }: JsonLimits): Omit<CheckedBody, 'body'> {
  const end = body.length
  let level = 0
  let values = 1
  let suspicious = false
  for (let at = 0; at < end; at++) {
    const role = roles[body[at] as number]
    if (role === 0) continue
    if (role === 3) {
      const start = at + 1
      let byte: number | undefined
      while ((byte = body[++at]) !== quote && byte !== undefined)
        if (byte === backslash) {
          at++
          if (body[at] === 0x75 && body[at + 1] === 0x30 && body[at + 2] === 0x30) suspicious = true // \u00
        }
      const length = at - start
      if ((length === 9 || length === 11) && isHostileAt(body, start, length)) suspicious = true
    } else if (role === 4) values++
    else if (role === 1) {
      values++
      if (++level > depth) throw tooDeep(depth)
    } else level--
  }
  if (values > nodes) throw tooMany(nodes)
  return { values, suspicious }
}

function isHostileAt(body: Buffer, start: number, length: number): boolean {
  for (const key of hostileBytes) {
    if (key.length !== length || key[0] !== body[start] || key[3] !== body[start + 3]) continue
    if (key.equals(body.subarray(start, start + length))) return true
  }
  return false
}

/** Removes own keys that could reach a prototype. Recursion is bounded by the depth limit checked before. */
function dropHostileKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const key of hostileKeys) if (Object.hasOwn(value, key)) Reflect.deleteProperty(value, key)
  for (const inner of Object.values(value)) dropHostileKeys(inner)
}

/** The refusal of what is no JSON. */
export const notJson = (says = 'The body is not JSON.'): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_NOT_JSON', says)

const tooDeep = (depth: number): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_DEEP', `The body is nested deeper than ${depth} levels.`)

const tooMany = (nodes: number): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_LARGE', `The body holds more than ${nodes} values.`)
