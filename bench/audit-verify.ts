import { generateKeyPairSync } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { genesis, makeChain } from '../src/audit/chain.js'
import { checkpointHash, signCheckpoint } from '../src/audit/checkpoint.js'
import { headLine, lineOf, rowLine } from '../src/audit/export-line.js'
import { rowsOf } from '../src/audit/record-rows.js'
import type { RecordType } from '../src/audit/record.js'
import { makeSignHead } from '../src/audit/signed-head.js'
import { faultLine } from '../src/audit/verify/faults.js'
import { verifyFile } from '../src/cli/audit-verify.js'

/** Checks an exported log of a million records of ordinary size, and says how long that took. Bar: 60 s on one core. */
const records = Number(process.argv[2] ?? 1_000_000)
const bodyBytes = Number(process.argv[3] ?? 4_000)
const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const file = join(folder, 'export.ndjson')
const { privateKey, publicKey } = generateKeyPairSync('ed25519')

const chain = makeChain('bench')
const at = '2026-03-03T09:00:00.000Z'
const key = { privateKey, keyId: 'bench' }
const sign = makeSignHead(key, () => Date.parse(at))
const filler = 'recorded as breastfeeding; temperature 38.8 °C; '
const because = filler.repeat(Math.ceil(bodyBytes / filler.length))
const handle = openSync(file, 'w')
let lines: string[] = []
let last: { number: number; hash: string } = { number: 0, hash: genesis }

const checkpointBody = (): string => {
  const link = { by: 'bench', number: last.number + 1, previous: last.hash }
  const checkpoint = signCheckpoint([], at, key, link)
  last = { number: link.number, hash: checkpointHash(checkpoint) }
  return JSON.stringify(checkpoint)
}

/** One call in four gives three cards. */
const callBody = (seq: number): string => {
  const cards =
    seq % 4 === 0 ? ['a', 'b', 'c'].map((kind) => ({ uuid: `${seq}-${kind}`, kind, indicator: 'info' })) : []
  const named = { receivedAt: at, serviceId: 's', patientRef: `p${seq % 5_000}`, userRef: 'u', mode: 'live' }
  return JSON.stringify({ ...named, because, cards, stage: 'none', sepsisCriteria: [] })
}

const append = (type: RecordType, body: string): void => {
  const record = chain.append({ type, tenant: 'h', at, body })
  const { cards, patientRef } = rowsOf(record)
  lines.push(lineOf({ ...record, atMs: Date.parse(at), ...(patientRef !== undefined && { patientRef }) }))
  for (const row of cards) lines.push(rowLine({ table: 'cards', row }))
}

/** The head stands first, and is known last: its line is as long as this one. */
const headText = (hash: string): string => `${headLine(sign({ stream: 'bench', seq: records, hash }))}\n`
writeSync(handle, headText(genesis))
append('migration', JSON.stringify({ older: [], purged: {} }))
for (let seq = 2; seq <= records; seq += 1) {
  if (seq % 10_000 === 0) append('checkpoint', checkpointBody())
  else append('invocation', callBody(seq))
  if (lines.length < 1_000 && seq < records) continue
  writeSync(handle, `${lines.join('\n')}\n`)
  lines = []
}
writeSync(handle, headText(chain.head().hash), 0)
closeSync(handle)
console.log(`${records} records, ${Math.round(statSync(file).size / 1_048_576)} MiB`)

const started = performance.now()
const cpu = process.cpuUsage()
let heap = 0
const watch = (): void => {
  heap = Math.max(heap, process.memoryUsage().heapUsed)
}
let reads = 0
const verdict = verifyFile(
  { exported: file, publicKey },
  { at: () => (++reads % 100 === 0 ? watch() : undefined), end: watch },
)
const used = process.cpuUsage(cpu)
console.log(
  `verified in ${((performance.now() - started) / 1_000).toFixed(1)} s, ${((used.user + used.system) / 1_000_000).toFixed(1)} s of CPU, ` +
    `most heap ${Math.round(heap / 1_048_576)} MiB, ${verdict.checkpoints} checkpoints, ${verdict.faults.length} faults`,
)
for (const fault of verdict.faults.slice(0, 3)) console.log(faultLine(fault))
rmSync(folder, { recursive: true })
if (verdict.faults.length > 0 || verdict.records !== records) process.exitCode = 1
