import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { canonicalJson } from '../../src/audit/canonical-json.js'
import { hashOf, makeChain } from '../../src/audit/chain.js'
import { merkleRoot, signCheckpoint } from '../../src/audit/checkpoint.js'
import { lineOf, recordOfLine } from '../../src/audit/export-line.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { LogVerifier } from '../../src/audit/verify-log.js'
import type { LogFault } from '../../src/audit/verify-log.js'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const key = { privateKey, keyId: 'test' }
const at = '2026-03-03T09:00:00.000Z'

/** A log of so many records in one stream, signed at its end. */
function logOf(size: number) {
  const chain = makeChain('a')
  const records: StoredRecord[] = []
  for (let seq = 1; seq <= size; seq += 1)
    records.push(chain.append({ type: 'invocation', tenant: 'h', at, body: JSON.stringify({ call: seq }) }))
  return {
    records,
    lines: records.map(lineOf),
    checkpoint: signCheckpoint([headOf(records.at(-1))], at, key),
  }
}

const headOf = (record: StoredRecord | undefined) => ({
  stream: record?.stream ?? '',
  seq: record?.seq ?? 0,
  hash: record?.hash ?? '',
})

const log = logOf(10_000)

/** The first fault of some lines, read from just before position `from`, whose head is trusted. */
function firstFault(lines: readonly string[], from = 0, checkpoint = log.checkpoint): LogFault | undefined {
  const verifier =
    from > 0 ? new LogVerifier(publicKey, headOf(log.records[from - 1])) : new LogVerifier(publicKey)
  verifier.expect(checkpoint)
  for (const line of lines) {
    const fault = verifier.line(line)
    if (fault) return fault
  }
  return verifier.end().faults[0]
}

const below = (limit: number): number => Math.floor(Math.random() * limit)

/** The line with one character of some value changed into another. */
function edited(line: string): string {
  for (;;) {
    const place = below(line.length)
    const letter = line.charAt(place)
    if (!/[0-9a-z]/.test(letter)) continue
    const other = /[0-9]/.test(letter)
      ? String((Number(letter) + 1 + below(8)) % 10)
      : letter === 'z'
        ? 'a'
        : 'z'
    return line.slice(0, place) + other + line.slice(place + 1)
  }
}

describe('SEC-120 AUD-102', () => {
  test('an untouched log of 10,000 records is whole', () => {
    expect(firstFault(log.lines)).toBeUndefined()
  })

  test('1,000 random edits, deletions, swaps and truncations are each located', () => {
    const missed: unknown[] = []
    for (let round = 0; round < 1_000; round += 1) {
      const kind = (['edit', 'delete', 'swap', 'truncate'] as const)[round % 4]
      const place = below(log.lines.length - 1)
      const tail = log.lines.slice(place)
      if (kind === 'edit') tail[0] = edited(tail[0] ?? '')
      if (kind === 'delete') tail.splice(0, 1)
      if (kind === 'swap') {
        const other = 1 + below(tail.length - 1)
        ;[tail[0], tail[other]] = [tail[other] ?? '', tail[0] ?? '']
      }
      if (kind === 'truncate') tail.length = 0
      const fault = firstFault(tail, place)
      const located = fault?.seq === place + 1 || (fault?.line === 1 && kind === 'edit')
      if (!located) missed.push({ kind, place, fault })
    }

    expect(missed).toEqual([])
  })

  test('a tail rewritten with fitting hashes is found as a fork by the signed checkpoint', () => {
    const chain = makeChain('a')
    const forged = log.records.map(({ type, tenant, body = '' }) =>
      lineOf(chain.append({ type, tenant, at, body })),
    )

    expect(firstFault(forged)).toMatchObject({ seq: 10_000, says: 'forked' })
  })

  test('a checkpoint signed by another key, or over another head, is forged', () => {
    const other = generateKeyPairSync('ed25519')
    const foreign = signCheckpoint(log.checkpoint.heads, at, { privateKey: other.privateKey, keyId: 'test' })
    const moved = { ...log.checkpoint, heads: [{ stream: 'a', seq: 1, hash: log.records[0]?.hash ?? '' }] }

    expect(firstFault([], 0, foreign)?.says).toBe('checkpoint-forged')
    expect(firstFault([], 0, moved)?.says).toBe('checkpoint-forged')
  })

  test('a whole stream that was taken away is missing from its first record', () => {
    expect(firstFault([])).toEqual({ stream: 'a', seq: 1, says: 'truncated' })
  })

  test('AUD-091 a purged record still verifies', () => {
    const [first, ...rest] = log.records.slice(0, 3)
    const { body: _body, salt: _salt, ...envelope } = first as StoredRecord
    const verifier = new LogVerifier(publicKey)
    for (const record of [envelope, ...rest]) verifier.line(lineOf(record))

    expect(verifier.end()).toMatchObject({ records: 3, purged: 1, faults: [] })
  })
})

test.each([
  ['a space', (line: string) => line.replace(':', ': ')],
  ['a member of its own', (line: string) => line.replace('{', '{"note":1,')],
  ['a member twice', (line: string) => line.replace('{', '{"seq":1,')],
  ['half of it', (line: string) => line.slice(0, line.length / 2)],
])('a line with %s is not a record', (_, change) => {
  expect(recordOfLine(change(log.lines[0] ?? ''))).toBeUndefined()
})

test('AUD-100 the hash is over the canonical JSON of the envelope', () => {
  const record = log.records[0] as StoredRecord
  const { hash: _hash, body: _body, salt: _salt, ...envelope } = record
  expect(hashOf(record)).toBe(
    createHash('sha256')
      .update(canonicalJson({ ...envelope }))
      .digest('hex'),
  )
})

test('the Merkle root depends on every head and on their order', () => {
  const heads = ['a', 'b', 'c'].map((stream) => ({ stream, seq: 1, hash: 'f'.repeat(64) }))
  const roots = [
    heads,
    heads.slice(0, 2),
    [...heads].reverse(),
    heads.map((head) => ({ ...head, seq: 2 })),
    [],
  ]

  expect(new Set(roots.map(merkleRoot)).size).toBe(roots.length)
})
