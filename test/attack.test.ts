import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { attack } from '../bench/attack/attack.js'
import { limits } from '../bench/attack/kind.js'
import { kinds } from '../bench/attack/kinds/all.js'
import { serviceEntry } from './entry.js'

/** Kinds that show in a second whether they end the process; `npm run attack` makes all of them, for longer. */
const quick = [
  ...['pipelined-gets', 'slow-bodies', 'hostile-json', 'gzip-bombs', 'wrong-signature', 'feedback'],
  ...['smart-evaluate', 'many-drafts', 'same-observations', 'fhir-large', 'fhir-bomb'],
]

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'attack-'))
})
afterAll(() => rmSync(root, { recursive: true }))

test.each(quick)(
  'SEC-050 a second of %s neither ends the process nor takes more memory than it has',
  async (name) => {
    const kind = kinds.find((each) => each.name === name)
    if (!kind) throw new Error(`there is no kind ${name}`)
    const { answers, ended, residentMiB } = await attack(kind, { root, entry: serviceEntry, seconds: 1 })

    expect(ended).toBe('')
    expect(residentMiB).toBeLessThanOrEqual(limits.residentMiB)
    expect(answers.size).toBeGreaterThan(0)
  },
  120_000,
)
