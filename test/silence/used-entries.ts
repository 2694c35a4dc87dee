import type { Coding, FhirResource } from 'fhir/r4.js'
import type { CodeFile } from '../../src/terminology/code-files.js'
import { plainCode, type SystemName } from '../../src/terminology/code-systems.js'
import { readCodeFiles } from '../../src/terminology/read-code-files.js'
import { systemFinder } from '../../src/terminology/system-families.js'
import { codeFilesOnDisk } from '../terminology/test-code-book.js'

/** One entry of our lists: a code of a set or a medicine. */
export interface ListEntry {
  system: SystemName
  code: string
}

const files = codeFilesOnDisk()
const { sets, ingredients, systems } = readCodeFiles(files)
const find = systemFinder(systems)

/** Every entry of a set or medicine that every site loads, each once. */
const entries: readonly ListEntry[] = [
  ...new Map(
    [...sets.values(), ...ingredients.values()]
      .flatMap(({ codes }) => codes)
      .filter(({ grade, system }) => grade !== 'U' && system !== 'cpt')
      .map(({ system, code }) => [`${system} ${code}`, { system, code }]),
  ).values(),
]

/** All codings anywhere in a value. */
function codingsIn(value: unknown): readonly Coding[] {
  if (Array.isArray(value)) return value.flatMap(codingsIn)
  if (typeof value !== 'object' || value === null) return []
  const { system, code } = value as Coding
  const own = typeof system === 'string' && typeof code === 'string' ? [{ system, code }] : []
  return [...own, ...Object.values(value).flatMap(codingsIn)]
}

const matches = (entry: ListEntry, coding: Coding): boolean => {
  const found = find(coding.system ?? '')
  if (found?.name !== entry.system) return false
  const code = plainCode(entry.system, coding.code ?? '')
  const listed = plainCode(entry.system, entry.code.replace('*', ''))
  return code === listed || (entry.code.endsWith('*') && code.startsWith(listed))
}

/** The entries of our lists that the codes of a chart use. */
export function usedEntries(resources: readonly FhirResource[]): readonly ListEntry[] {
  const codings = codingsIn(resources)
  return entries.filter((entry) => codings.some((coding) => matches(entry, coding)))
}

/** The code that stands in a list whose only entry is taken away, since a set without codes is refused. */
const codeOfNobody = 'no-such-code'

/** A copy of a parsed file without the entry, wherever it stands. */
function withoutEntry(value: unknown, entry: ListEntry): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((one) => {
      const { system, code } = (one ?? {}) as Partial<ListEntry>
      return system !== entry.system || code !== entry.code
    })
    const list = kept.length > 0 ? kept : value.map((one) => ({ ...(one as object), code: codeOfNobody }))
    return list.map((one) => withoutEntry(one, entry))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutEntry(one, entry)]))
}

/** Our code files without one entry. */
export const filesWithout = (entry: ListEntry): readonly CodeFile[] =>
  files.map((file) => ({ ...file, content: withoutEntry(file.content, entry) }))
