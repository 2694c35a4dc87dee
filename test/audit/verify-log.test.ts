import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { canonicalJson } from '../../src/audit/canonical-json.js'
import { genesis, hashOf, makeChain } from '../../src/audit/chain.js'
import { checkpointHash, merkleRoot, signCheckpoint } from '../../src/audit/checkpoint.js'
import type { Checkpoint } from '../../src/audit/checkpoint.js'
import { headLine, lineOf, recordOfLine } from '../../src/audit/export-line.js'
import type { RecordType, StoredRecord } from '../../src/audit/record.js'
import { anchorLine, anchorOf, makeSignHead } from '../../src/audit/signed-head.js'
import { faultLine } from '../../src/audit/verify/faults.js'
import { verified } from './tampered-log.js'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const key = { privateKey, keyId: 'test' }
const at = '2026-03-03T09:00:00.000Z'
const sign = makeSignHead(key, () => Date.parse(at))

const first = makeChain('a').append({ type: 'access', tenant: 'h', at, body: '{}' })

/** A signed log of records of these types and bodies, in one stream, after its migration record. */
function logOf(...entries: readonly (readonly [RecordType, object])[]) {
  const chain = makeChain('a')
  const records = [['migration', { older: [], purged: {} }] as const, ...entries].map(([type, body]) =>
    chain.append({ type, tenant: 'h', at, body: JSON.stringify(body) }),
  )
  return { records, head: sign(records.at(-1) as StoredRecord) }
}

const said = (lines: readonly string[], outside: { checkpoints?: string[]; anchors?: string[] } = {}) =>
  verified(lines, { publicKey, ...outside })
    .faults.map(faultLine)
    .join('\n')

/** Checkpoints 1, 2, … of the stream, each bound to the one before. */
function checkpointsOf(count: number): readonly Checkpoint[] {
  const made: Checkpoint[] = []
  for (let number = 1; number <= count; number += 1) {
    const before = made.at(-1)
    const previous = before ? checkpointHash(before) : genesis
    made.push(signCheckpoint([], at, key, { by: 'a', number, previous }))
  }
  return made
}

test('a log is whole when only calls and feedback lack bodies, and faulty when another type lacks its body', () => {
  const { records, head } = logOf(['access', {}], ['repair', {}])
  const [start, access, repair] = records.map(lineOf)
  const { body: _body, salt: _salt, ...bare } = records[1] as StoredRecord
  const purge = { places: { a: [[2, 2]] }, why: 'privacy', by: 'cli', records: 1 }
  const purged = logOf(['access', {}], ['purge', purge])
  const { body: _b, salt: _s, ...bareAccess } = purged.records[1] as StoredRecord

  expect(said([headLine(head), ...[start, access, repair].map(String)])).toBe('')
  expect(said([headLine(head), String(start), lineOf(bare), String(repair)])).toContain(
    'record 2 of stream a: has no body',
  )
  expect(
    said([
      headLine(purged.head),
      ...purged.records.map((record, place) => lineOf(place === 1 ? bareAccess : record)),
    ]),
  ).toContain('record 2 of stream a: has no body')
})

test('AUD-091 a call named by a purge record verifies without its body, and fails with its body', () => {
  const purge = { places: { a: [[2, 2]] }, why: 'privacy', by: 'cli', records: 1 }
  const { records, head } = logOf(['feedback', { card: 'c', match: 'duplicate' }], ['purge', purge])
  const { body: _body, salt: _salt, ...bare } = records[1] as StoredRecord

  expect(said([headLine(head), ...records.map((record, place) => lineOf(place === 1 ? bare : record))])).toBe(
    '',
  )
  expect(said([headLine(head), ...records.map(lineOf)])).toContain(
    'has a body, although a purge record names it',
  )
})

test('a log without a migration record is faulty, because a stream may have been removed', () => {
  expect(said([headLine(sign(first)), lineOf(first)])).toContain('no record says what the store held')
})

test('checkpoints that do not link to one another are found, and so is a gap', () => {
  const [one, two, three] = checkpointsOf(3) as [Checkpoint, Checkpoint, Checkpoint]
  const stray = signCheckpoint([], at, key, { by: 'a', number: 2, previous: 'f'.repeat(64) })
  const logWith = (...checkpoints: readonly Checkpoint[]) => {
    const { records, head } = logOf(...checkpoints.map((checkpoint) => ['checkpoint', checkpoint] as const))
    return said([headLine(head), ...records.map(lineOf)])
  }

  expect(logWith(one, two, three)).toBe('')
  expect(logWith(one, three)).toContain('checkpoint 2 of stream a: is missing')
  expect(logWith(one, stray)).toContain('checkpoint 2 of stream a: does not follow')
})

test('a checkpoint signed by another key, or over other heads, is named as forged', () => {
  const other = { privateKey: generateKeyPairSync('ed25519').privateKey, keyId: 'test' }
  const foreign = signCheckpoint([], at, other, { by: 'a', number: 1, previous: genesis })
  const moved = { ...(checkpointsOf(1)[0] as Checkpoint), heads: [{ stream: 'a', seq: 1, hash: first.hash }] }
  for (const checkpoint of [foreign, moved]) {
    const { records, head } = logOf(['checkpoint', checkpoint])
    expect(said([headLine(head), ...records.map(lineOf)])).toContain(
      'is a checkpoint that this key did not sign',
    )
  }
})

test('an unreadable line of a checkpoint list is named by its number', () => {
  const { records, head } = logOf()
  const verdict = verified([headLine(head), ...records.map(lineOf)], {
    publicKey,
    checkpoints: ['{"heads":[{"st'],
  })

  expect(verdict.unreadable).toEqual(['line 1 of checkpoints'])
  expect(verdict.faults).toEqual([])
})

test('an anchor is read from its line, also after the text of a log; any other line is refused', () => {
  const { records, head } = logOf()
  const lines = [headLine(head), ...records.map(lineOf)]
  const anchor = anchorLine(head)

  expect(anchorOf(`Mar 3 09:00:00 host cds: ${anchor}`)).toEqual(head)
  expect(said(lines, { anchors: [anchor, JSON.stringify({ message: 'audit anchor', anchor })] })).toBe('')
  expect(said(lines, { anchors: ['anchor of another ship'] })).toContain(
    'line 1 of anchors: is neither an anchor',
  )
  expect(said(lines, { anchors: [anchor.replace(' 1 ', ' 2 ')] })).toContain(
    'line 1 of anchors: is neither an anchor',
  )
})

test.each([
  ['a space', (line: string) => line.replace(':', ': ')],
  ['a member of its own', (line: string) => line.replace('{', '{"note":1,')],
  ['a member twice', (line: string) => line.replace('{', '{"seq":1,')],
  ['half of it', (line: string) => line.slice(0, line.length / 2)],
])('a line with %s is not a record', (_, change) => {
  expect(recordOfLine(change(lineOf(first)))).toBeUndefined()
})

test('AUD-100 the hash is over the canonical JSON of the envelope', () => {
  const { hash: _hash, body: _body, salt: _salt, ...envelope } = first
  expect(hashOf(first)).toBe(
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
