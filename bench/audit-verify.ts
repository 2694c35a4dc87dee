import { generateKeyPairSync } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeChain } from '../src/audit/chain.js'
import { signCheckpoint } from '../src/audit/checkpoint.js'
import { lineOf } from '../src/audit/export-line.js'
import { verifyFile } from '../src/cli/audit-verify.js'

/** Checks an exported log of a million records of ordinary size, and says how long that took. Bar: 60 s on one core. */
const records = Number(process.argv[2] ?? 1_000_000)
const bodyBytes = Number(process.argv[3] ?? 4_000)
const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const file = join(folder, 'export.ndjson')
const { privateKey, publicKey } = generateKeyPairSync('ed25519')

const chain = makeChain('bench')
const filler = 'recorded as breastfeeding; temperature 38.8 °C; '
const handle = openSync(file, 'w')
let lines: string[] = []
const at = '2026-03-03T09:00:00.000Z'
for (let seq = 1; seq <= records; seq += 1) {
  const last = chain.head()
  const isCheckpoint = seq % 10_000 === 0
  const body = isCheckpoint
    ? JSON.stringify(signCheckpoint([{ stream: 'bench', ...last }], at, { privateKey, keyId: 'bench' }))
    : JSON.stringify({ call: seq, because: filler.repeat(Math.ceil(bodyBytes / filler.length)) })
  lines.push(
    lineOf(chain.append({ type: isCheckpoint ? 'checkpoint' : 'invocation', tenant: 'h', at, body })),
  )
  if (lines.length < 1_000 && seq < records) continue
  writeSync(handle, `${lines.join('\n')}\n`)
  lines = []
}
closeSync(handle)
console.log(`${records} records, ${Math.round(statSync(file).size / 1_048_576)} MiB`)

const started = performance.now()
const cpu = process.cpuUsage()
const verdict = verifyFile(file, publicKey, undefined, { at: () => undefined, end: () => undefined })
const used = process.cpuUsage(cpu)
console.log(
  `verified in ${((performance.now() - started) / 1_000).toFixed(1)} s, ${((used.user + used.system) / 1_000_000).toFixed(1)} s of CPU, ` +
    `${verdict.checkpoints} checkpoints, ${verdict.faults.length} faults`,
)
rmSync(folder, { recursive: true })
if (verdict.faults.length > 0 || verdict.records !== records) process.exitCode = 1
