import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { fileHash } from './file-hash.js'
import { readYaml, type ContentFile } from './yaml-file.js'

/** The values of content files by the SHA-256 of their text, so that a file that has changed since finds nothing. */
export type ParsedContent = ReadonlyMap<string, unknown>

/** In the folder of the built code, also for the sources: a text has one value, whoever parses it. */
const keptIn = new URL('../../dist/parsed-content.json', import.meta.url)

/**
 * What `npm run build` has parsed, so that a start need not.
 *
 * Missing: nothing where nothing was built; then every file is parsed.
 */
export function loadParsed(file: URL = keptIn): ParsedContent {
  if (!existsSync(file)) return new Map()
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>))
}

/**
 * Parses content files and keeps their values for later starts.
 *
 * Edge: a file that is not valid YAML, or that JSON cannot say exactly, is left out, so that a start parses it and names
 *       what is wrong.
 */
export function keepParsed(files: readonly ContentFile[], file: URL = keptIn): void {
  const values = files.flatMap((each) => {
    const { value, problems } = readYaml(each)
    const whole = problems.length === 0 && isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)
    return whole ? [[fileHash(each), value] as const] : []
  })
  writeFileSync(file, JSON.stringify(Object.fromEntries(values)))
}
