import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { fileHash } from './file-hash.js'
import { readYaml, type ContentFile } from './yaml-file.js'

/**
 * The values of content files by the SHA-256 of their text; a file that has changed has another hash and so no value.
 */
export type ParsedContent = ReadonlyMap<string, unknown>

/**
 * The file of kept values, in the folder of the built code; the sources use the same file, because a text has one
 * value.
 */
const keptIn = new URL('../../../dist/parsed-content.json', import.meta.url)

/**
 * Loads the values that `npm run build` has parsed, so that a start need not parse them.
 *
 * Missing: empty without a build; every file is then parsed.
 */
export function loadParsed(file: URL = keptIn): ParsedContent {
  if (!existsSync(file)) return new Map()
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>))
}

/**
 * Parses content files and keeps their values for later starts.
 *
 * Edge: a file that is not valid YAML, or that JSON cannot express exactly, is left out, so that a start parses the
 *       file and names its problems.
 */
export function keepParsed(files: readonly ContentFile[], file: URL = keptIn): void {
  const values = files.flatMap((each) => {
    const { value, problems } = readYaml(each)
    const whole = problems.length === 0 && isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)
    return whole ? [[fileHash(each), value] as const] : []
  })
  writeFileSync(file, JSON.stringify(Object.fromEntries(values)))
}
