import { readFileSync } from 'node:fs'
import { UsageError } from './usage-error.js'

/** One package as `package-lock.json` pins it. */
export interface LockEntry {
  version?: string
  license?: string
  integrity?: string
  dev?: boolean
  optional?: boolean
  os?: readonly string[]
  cpu?: readonly string[]
  dependencies?: Readonly<Record<string, string>>
  optionalDependencies?: Readonly<Record<string, string>>
}

/** `package-lock.json`: the project itself under "", every package under its path. */
export interface LockFile {
  name: string
  version: string
  packages: Readonly<Record<string, LockEntry>>
}

/** A package that ships: where it is installed, and what it needs, each by the path of the one it gets. */
export interface ShippedPackage {
  path: string
  name: string
  version: string
  license: string
  integrity?: string
  optional: boolean
  /** For one machine, by Node's names of systems and processors; absent: for all. */
  platform?: { os: readonly string[]; cpu: readonly string[] }
  needs: readonly string[]
}

/**
 * Reads a lock file.
 *
 * Throws: `UsageError` when it is not there, or no lock of npm's version 2 or 3.
 */
export function readLock(file: string): LockFile {
  let lock: unknown
  try {
    lock = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new UsageError(
      `${file} cannot be read. Run this in the source folder, or name a package-lock.json.`,
    )
  }
  if (typeof (lock as Partial<LockFile>).packages !== 'object')
    throw new UsageError(`${file} is no package-lock.json of npm 7 or later.`)
  return lock as LockFile
}

const folder = 'node_modules/'
const nameAt = (path: string): string => path.slice(path.lastIndexOf(folder) + folder.length)

/** Every package of the production tree, by name and version; development tools are left out. */
export function shippedPackages({ packages }: LockFile): readonly ShippedPackage[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, entry]) => ({
      path,
      name: nameAt(path),
      version: entry.version ?? '',
      license: entry.license ?? '',
      ...(entry.integrity !== undefined && { integrity: entry.integrity }),
      optional: entry.optional === true,
      ...(entry.optional === true && entry.os && entry.cpu && { platform: { os: entry.os, cpu: entry.cpu } }),
      needs: neededBy(path, packages),
    }))
    .sort((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1))
}

/** Paths of what a package (or "", the project) gets when it asks for its dependencies, as Node would find them. */
export function neededBy(path: string, packages: LockFile['packages']): readonly string[] {
  const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {}
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .flatMap((name) => nearest(path, name, packages) ?? [])
    .sort()
}

/** The package of this name that is found first, from the innermost folder outwards. */
function nearest(from: string, name: string, packages: LockFile['packages']): string | undefined {
  const steps = from === '' ? [] : from.split(`/${folder}`)
  for (let depth = steps.length; depth >= 0; depth -= 1) {
    const place = steps.slice(0, depth).join(`/${folder}`)
    const path = `${place}${place === '' ? '' : '/'}${folder}${name}`
    if (packages[path]) return path
  }
  return undefined
}
