import { createHash } from 'node:crypto'
import { neededBy, shippedPackages } from './lock-packages.js'
import type { LockFile, ShippedPackage } from './lock-packages.js'

/** The address of a package as other tools know it, such as `pkg:npm/%40libsql/linux-x64-gnu@0.5.29`. */
const packageUrl = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** A UUID made from a text alone, so that the same lock gives the same document. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/**
 * Makes the bill of materials of a release: the production tree of a lock file, with licences, hashes and
 * dependencies.
 *
 * Shape:  CycloneDX 1.6. The same lock gives the same document byte by byte, so that a second one can be compared.
 * Source: https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf(lock: LockFile): object {
  const shipped = shippedPackages(lock)
  const refs = new Map(shipped.map(({ path, name, version }) => [path, packageUrl(name, version)]))
  const refsOf = (paths: readonly string[]): readonly string[] =>
    [...new Set(paths.flatMap((path) => refs.get(path) ?? []))].sort()
  const root = packageUrl(lock.name, lock.version)
  const components = new Map(shipped.map((one) => [refs.get(one.path), componentOf(one)]))
  const needs = new Map<string, Set<string>>([[root, new Set(refsOf(neededBy('', lock.packages)))]])
  for (const { path, needs: paths } of shipped) {
    const ref = refs.get(path) ?? path
    needs.set(ref, new Set([...(needs.get(ref) ?? []), ...refsOf(paths)]))
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(lock.packages) + root)}`,
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        'bom-ref': root,
        type: 'application',
        name: lock.name,
        version: lock.version,
        purl: root,
        licenses: [{ license: { id: lock.packages['']?.license ?? 'Apache-2.0' } }],
      },
    },
    components: [...components.values()],
    dependencies: [...needs].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn] })),
  }
}

function componentOf({ name, version, license, integrity, optional }: ShippedPackage): object {
  const purl = packageUrl(name, version)
  const [group, bare] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const [, sha512] = /^sha512-(\S+)/.exec(integrity ?? '') ?? []
  return {
    'bom-ref': purl,
    type: 'library',
    ...(group !== undefined && { group }),
    name: bare,
    version,
    scope: optional ? 'optional' : 'required',
    ...(sha512 !== undefined && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }],
    }),
    licenses: [/ (OR|AND|WITH) /.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  }
}
