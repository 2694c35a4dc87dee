import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { configCommand } from '../../src/cli/config-command.js'
import { catchPrinted } from './printed.js'

const config = `mode: production
publicUrl: https://cds.example.org
clients:
  - id: hospital-a
    iss: https://ehr.hospital-a.org/
    jwks: ./ehr-keys.json
audit: { keyFile: ./pseudonym.key, signingKeyFile: ./signing.pem, comments: true, commentsKeyFile: ./comments.pem }
admin: { tokenFile: ./admin-token }
site: ./site.yaml
`
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
const keySet = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES384', use: 'sig' }] }
const files: Readonly<Record<string, string>> = {
  'config.yaml': config,
  'ehr-keys.json': JSON.stringify(keySet),
  'pseudonym.key': `1 ${randomBytes(32).toString('hex')}\n`,
  'signing.pem': String(ed25519),
  'comments.pem': String(generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' })),
  'admin-token': randomBytes(32).toString('hex'),
  'site.yaml': 'acceptedDrafts: { role: head of breastfeeding medicine, on: 2026-06-01 }\n',
}

let folder = ''
const printed = catchPrinted()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-check-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const check = (): Promise<number> => configCommand(['check', join(folder, 'config.yaml')])

test('config check finds nothing to say when every file is there', async () => {
  expect([await check(), printed()]).toEqual([0, expect.stringContaining('production, 1 client(s)')])
})

test.each(['ehr-keys.json', 'pseudonym.key', 'signing.pem', 'comments.pem', 'admin-token', 'site.yaml'])(
  'config check refuses what start would refuse: %s is not there',
  async (name) => {
    rmSync(join(folder, name))

    expect(await check()).toBe(1)
    expect(printed()).toContain(name === 'ehr-keys.json' ? 'clients.0.jwks' : join(folder, name))
  },
)

test.each(['pseudonym.key', 'signing.pem', 'admin-token'])(
  'SEC-084 config check refuses what start would refuse: others than its owner can read %s',
  async (name) => {
    chmodSync(join(folder, name), 0o640)

    expect(await check()).toBe(1)
    expect(printed()).toContain(`${join(folder, name)} can be read by others than its owner`)
  },
)

test.each([
  [0o604, 1],
  [0o660, 0],
])('SEC-084 config check of a database file with the rights %o says %i', async (rights, status) => {
  const file = join(folder, 'audit.db')
  writeFileSync(file, '')
  chmodSync(file, rights)
  process.env['AUDIT_DATABASE'] = `file:${file}`
  try {
    expect(await check()).toBe(status)
  } finally {
    delete process.env['AUDIT_DATABASE']
  }
  expect(printed().includes(`${file} can be read or written by everybody`)).toBe(status === 1)
})

test('config check names all bad files at once, and never what they hold', async () => {
  writeFileSync(join(folder, 'pseudonym.key'), 'marker-of-a-secret')
  writeFileSync(join(folder, 'signing.pem'), String(privateKey.export({ type: 'pkcs8', format: 'pem' })))
  writeFileSync(join(folder, 'comments.pem'), 'marker-of-a-secret')
  writeFileSync(join(folder, 'admin-token'), 'marker-of-a-secret')

  expect(await check()).toBe(1)
  for (const name of ['pseudonym.key', 'signing.pem', 'comments.pem', 'admin-token'])
    expect(printed()).toContain(join(folder, name))
  expect(printed()).not.toContain('marker-of-a-secret')
})
