import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import ajvFormats from 'ajv-formats'
import { expect, test } from '@jest/globals'
import { refusedPackages } from '../../src/cli/licences-command.js'
import { neededBy, readLock, shippedPackages } from '../../src/cli/lock-packages.js'
import type { LockEntry, LockFile } from '../../src/cli/lock-packages.js'
import { sbomOf } from '../../src/cli/sbom.js'

const lock = readLock('package-lock.json')
const shipped = shippedPackages(lock)

/** A lock with one direct package of this kind. */
const lockWith = (entry: LockEntry): LockFile => ({
  name: 'some-service',
  version: '1.0.0',
  packages: {
    '': { license: 'Apache-2.0', dependencies: { one: '1.0.0' } },
    'node_modules/one': { version: '1.0.0', ...entry },
  },
})

test('SEC-130 at most 141 production packages are installed on a Linux server', () => {
  const installed = shipped.filter(
    ({ platform }) => !platform || (platform.os.includes('linux') && platform.cpu.includes('x64')),
  )

  expect(installed.length).toBeGreaterThan(50)
  expect(installed.length).toBeLessThanOrEqual(141)
})

test('SEC-130 every package is pinned by version and hash', () => {
  expect(
    shipped.filter(({ version, integrity }) => version === '' || !integrity?.startsWith('sha512-')),
  ).toEqual([])
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, range]) => !/^\d+\.\d+\.\d+$/.test(range),
  )
  expect(loose).toEqual([])
})

test('SEC-130 every licence of the production tree may ship', () => {
  expect(refusedPackages(lock)).toEqual([])
})

test.each([
  // licence                        may ship
  ['MIT', true],
  ['(MIT OR GPL-2.0-only)', true],
  ['GPL-3.0-only', false],
  ['MIT AND GPL-2.0-only', false],
  ['UNLICENSED', false],
  ['', false],
])('licence "%s": may ship is %s', (license, mayShip) => {
  expect(refusedPackages(lockWith({ license })).length === 0).toBe(mayShip)
  expect(refusedPackages(lockWith({ license, dev: true }))).toEqual([])
})

test('a package gets the nearest copy of what it needs, as Node finds it', () => {
  const packages: LockFile['packages'] = {
    '': { dependencies: { a: '1' } },
    'node_modules/a': { dependencies: { b: '2', c: '1' } },
    'node_modules/b': {},
    'node_modules/a/node_modules/b': { dependencies: { c: '1', d: '1' } },
    'node_modules/c': {},
  }

  expect(neededBy('', packages)).toEqual(['node_modules/a'])
  expect(neededBy('node_modules/a', packages)).toEqual(['node_modules/a/node_modules/b', 'node_modules/c'])
  expect(neededBy('node_modules/a/node_modules/b', packages)).toEqual(['node_modules/c'])
})

interface Sbom {
  metadata: { component: { 'bom-ref': string } }
  components: { 'bom-ref': string; name: string; scope: string }[]
  dependencies: { ref: string; dependsOn: string[] }[]
}
const sbom = sbomOf(lock) as Sbom

test('SEC-131 the bill of materials is valid CycloneDX 1.6', () => {
  const require = createRequire(import.meta.url)
  const folder = require
    .resolve('@cyclonedx/cyclonedx-library/package.json')
    .replace('package.json', 'res/schema')
  const schema = (name: string): object =>
    JSON.parse(readFileSync(`${folder}/${name}.SNAPSHOT.schema.json`, 'utf8')) as object
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajvFormats.default(ajv)
  ajv.addFormat('idn-email', true).addFormat('iri-reference', true)
  ajv.addSchema(schema('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json')
  ajv.addSchema(schema('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json')
  const validate = ajv.compile(schema('bom-1.6'))

  validate(sbom)
  expect(validate.errors ?? []).toEqual([])
  expect(validate({ ...sbom, specVersion: 16 })).toBe(false)
})

test('SEC-131 every shipped package is in it once, and everything in it is reached from the service', () => {
  const refs = sbom.components.map((component) => component['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  expect(new Set(sbom.components.map(({ name }) => name)).size).toBeGreaterThan(100)

  const next = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  const reached = new Set<string>()
  const reach = (ref: string): void => {
    if (reached.has(ref)) return
    reached.add(ref)
    for (const needed of next.get(ref) ?? []) reach(needed)
  }
  reach(sbom.metadata.component['bom-ref'])
  expect(refs.filter((ref) => !reached.has(ref))).toEqual([])
})

test('SEC-131 the same lock gives the same bill of materials', () => {
  expect(JSON.stringify(sbomOf(readLock('package-lock.json')))).toBe(JSON.stringify(sbom))
})
