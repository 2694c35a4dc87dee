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

/** The content of `package-lock.json`: the project itself under "", every package under its path. */
export interface LockFile {
  name: string
  version: string
  packages: Readonly<Record<string, LockEntry>>
}

/** A package that ships: its path, and the path of each package that it needs. */
export interface ShippedPackage {
  path: string
  name: string
  version: string
  license: string
  integrity?: string
  optional: boolean
  /** The systems and processors that the package is for, by Node's names; without them the package is for all. */
  platform?: { os: readonly string[]; cpu: readonly string[] }
  needs: readonly string[]
}

/**
 * Reads a lock file.
 *
 * Throws: `UsageError` when the file is missing, or is no lock file of version 2 or 3 of npm.
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

/** The paths of the dependencies of a package (or of the project, ""), as Node would find them. */
export function neededBy(path: string, packages: LockFile['packages']): readonly string[] {
  const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {}
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .flatMap((name) => nearest(path, name, packages) ?? [])
    .sort()
}

/** The first package of this name, from the innermost folder outwards. */
function nearest(from: string, name: string, packages: LockFile['packages']): string | undefined {
  const steps = from === '' ? [] : from.split(`/${folder}`)
  for (let depth = steps.length; depth >= 0; depth -= 1) {
    const place = steps.slice(0, depth).join(`/${folder}`)
    const path = `${place}${place === '' ? '' : '/'}${folder}${name}`
    if (packages[path]) return path
  }
  return undefined
}
