import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startService } from './operate/process.js'
import type { RunningService } from './operate/process.js'
import { testedBlock } from './tested-block.js'

const { PATH = '' } = process.env
const home = mkdtempSync(join(tmpdir(), 'connect-'))
const site = join(home, 'mastitis-cds-site')
const tested = (name: string): string => testedBlock('docs/connect.md', name)

/** Pastes commands into a shell, in the folder of the clone. */
async function paste(commands: string): Promise<string> {
  const env = { PATH, HOME: home, SITE: site }
  return (await promisify(execFile)('bash', ['-ec', commands], { env })).stdout
}

let service: RunningService

beforeAll(async () => {
  await paste(tested('keys'))
  await paste(tested('ehr keys'))
  const config = tested('config').replace('https://ehr.hospital-a.org/keys', './ehr-keys.json')
  writeFileSync(join(site, 'config.yaml'), config)
  const settings = { CONFIG: join(site, 'config.yaml'), AUDIT_DATABASE: `file:${join(site, 'audit.db')}` }
  service = await startService({ env: { ...settings, HOST: '127.0.0.1', NODE_ENV: 'production' } })
})

afterAll(() => {
  service.child.kill('SIGKILL')
  rmSync(home, { recursive: true })
})

const call = (change: (commands: string) => string = (commands) => commands): Promise<string> =>
  paste(change(tested('call').replaceAll('127.0.0.1:3000', new URL(service.base).host)))

test('the keys, the configuration and the signed call of the guide work as pasted, in production mode', async () => {
  expect(JSON.parse(await call())).toEqual({ cards: [] })
  expect(JSON.parse(await call())).toEqual({ cards: [] })
})

test('a token for another URL is refused, as the guide says', async () => {
  const answer = await call((commands) =>
    commands.replace('token https://cds.example.org', 'token https://elsewhere.example.org'),
  )

  expect(answer).toContain('AUTH_REFUSED')
})

test('the keys of the guide are for their owner alone', async () => {
  const modes = await paste(`stat -c %a "$SITE"/pseudonym.key "$SITE"/signing.pem "$SITE"/ehr-private.pem`)

  expect(modes.trim().split('\n')).toEqual(['600', '600', '600'])
  expect(readFileSync(join(site, 'ehr-keys.json'), 'utf8')).not.toContain('"d"')
})
