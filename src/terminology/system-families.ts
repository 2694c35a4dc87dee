import type { CodeGrade } from './code-grades.js'
import { systemNames, systemUrl, type SystemName } from './code-systems.js'

/** Another address of a code system. */
export interface SystemAddress {
  address: string
  grade: CodeGrade
  /** True when the addresses below this one (editions, releases) belong to the system too. */
  below: boolean
  /** The letter that this address writes before every code. */
  letter?: string
}

/** The addresses of a code system, and the names by which an unlisted national address is known. */
export interface SystemFamily {
  addresses: readonly SystemAddress[]
  /** The last part of an address holds one of these names ("icd10", "atc") ... */
  named: readonly string[]
  /** ... and none of these. */
  notNamed: readonly string[]
}

export type SystemFamilies = ReadonlyMap<SystemName, SystemFamily>

/** The code system of an address, and the letter that the address writes before every code. */
export interface FoundSystem {
  name: SystemName
  letter?: string
}

/** Finds the code system of an address in whatever spelling. */
export type SystemFinder = (address: string) => FoundSystem | undefined

/**
 * An address as it is compared: without letter case, version, "www", "https", slash at the end, and "urn:oid:".
 *
 * Source: clinical changes C3
 */
export function plainAddress(address: string): string {
  const lower = address.trim().toLowerCase()
  const version = lower.indexOf('|')
  let plain = version < 0 ? lower : lower.slice(0, version)
  while (plain.endsWith('/')) plain = plain.slice(0, -1)
  if (plain.startsWith('urn:oid:')) return plain.slice('urn:oid:'.length)
  if (plain.startsWith('https://')) plain = `http://${plain.slice('https://'.length)}`
  return plain.startsWith('http://www.') ? `http://${plain.slice('http://www.'.length)}` : plain
}

const separators = /[-_. ]/g

const squeezed = (part: string): string => part.replace(separators, '').toLowerCase()

/** The last part of an address, without its version. */
function lastPart(address: string): string {
  const [unversioned = ''] = address.split('|')
  return (
    unversioned
      .split(/[/:]/)
      .filter((part) => part !== '')
      .at(-1) ?? ''
  )
}

/**
 * Makes the test for a name in the last part of an address. A name with a number may stand anywhere in it ("BRCID10"); a
 * name of letters must stand alone, in capitals ("atc", "CSATC"), or as the whole part without separators ("breast-check"),
 * because it may be within a word ("match").
 */
function nameTest(name: string): (part: string) => boolean {
  if (/\d/.test(name)) return (part) => squeezed(part).includes(name)
  const alone = new RegExp(`(?<![a-z])${name}(?![a-z])`, 'i')
  return (part) => alone.test(part) || part.includes(name.toUpperCase()) || squeezed(part) === name
}

/**
 * Makes the search for the code system of an address.
 *
 * Edge:   a listed address wins over a name in the address; of two names the longer one wins, so that "icd-10-cm" is not
 *         taken for the ICD-10 of the WHO.
 * Source: clinical changes C3
 */
export function systemFinder(
  families: SystemFamilies,
  recognised: readonly SystemName[] = systemNames,
  allowUnverified = false,
): SystemFinder {
  const exact = new Map<string, FoundSystem>(
    recognised.map((name) => [plainAddress(systemUrl[name]), { name }]),
  )
  const begun: [beginning: string, FoundSystem][] = []
  const named: {
    name: string
    stands: (part: string) => boolean
    family: SystemFamily
    found: FoundSystem
  }[] = []
  for (const name of recognised) {
    const family = families.get(name)
    for (const { address, grade, below, letter } of family?.addresses ?? []) {
      if (grade === 'U' && !allowUnverified) continue
      const found = { name, ...(letter !== undefined && { letter }) }
      exact.set(plainAddress(address), found)
      if (below) begun.push([`${plainAddress(address)}/`, found])
    }
    for (const word of family?.named ?? [])
      if (family) named.push({ name: word, stands: nameTest(word), family, found: { name } })
  }
  named.sort((one, other) => other.name.length - one.name.length)
  return (address) => {
    const plain = plainAddress(address)
    const listed = exact.get(plain) ?? begun.find(([beginning]) => plain.startsWith(beginning))?.[1]
    if (listed) return listed
    const part = lastPart(address)
    const whole = squeezed(part)
    return named.find(
      ({ stands, family }) => stands(part) && !family.notNamed.some((other) => whole.includes(other)),
    )?.found
  }
}
