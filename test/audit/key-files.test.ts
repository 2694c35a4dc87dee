import { chmodSync, chownSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openToOthers, readSigningKey } from '../../src/audit/key-files.js'
import { newFolder } from './rig.js'

let folder = ''
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

const place = (mode: 'development' | 'production') => ({
  path: join(folder, 'signing-key.pem'),
  mayCreate: mode === 'development',
  guarded: mode === 'production',
  onCreated: () => undefined,
})

test('production never creates a signing key, and development does', () => {
  expect(() => readSigningKey(place('production'))).toThrow('does not exist')
  expect(existsSync(place('production').path)).toBe(false)
  expect(readSigningKey(place('development')).keyId).toMatch(/^[0-9a-f]{16}$/)
})

test.each([
  [0o600, true],
  [0o400, true],
  [0o640, false],
  [0o604, false],
  [0o644, false],
])('production accepts its own key file with permissions %o: %s', (rights, isTaken) => {
  readSigningKey(place('development'))
  chmodSync(place('production').path, rights)
  const read = () => readSigningKey(place('production')).keyId

  if (isTaken) expect(read()).toBe(readSigningKey(place('development')).keyId)
  else expect(read).toThrow('can be read by others than its owner')
})

const asRoot = process.getuid?.() === 0
const testAsRoot = asRoot ? test : test.skip
const nobody = 65_534

testAsRoot.each([
  [0o440, true],
  [0o444, false],
])(
  'SEC-084 a file that another owns, as a Kubernetes secret is, with rights %o is kept from others: %s',
  (rights, isKept) => {
    const { path } = place('development')
    readSigningKey(place('development'))
    chmodSync(path, rights)
    chownSync(path, nobody, nobody)

    expect(openToOthers(path) === undefined).toBe(isKept)
  },
)
