import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CardError } from '../../errors.js'
import type { ContentSchemas } from './content-schemas.js'
import { fileHash } from './file-hash.js'
import { loadParsed, type ParsedContent } from './load-parsed.js'
import { takeParsed, type ContentFile } from './yaml-file.js'

/** The folder of one card, as text. */
export interface CardFolder {
  kind: string
  card: ContentFile
  evidence?: ContentFile
  cases?: ContentFile
}

/** Everything below `cards/`, as text. Only this file of the room reads the disk, once at start. */
export interface Content {
  schemas: ContentSchemas
  parameters: ContentFile
  sources: ContentFile
  overrideReasons: ContentFile
  everyCard: ContentFile
  breastCheck: ContentFile
  folders: readonly CardFolder[]
  codes: readonly ContentFile[]
  /** The words of texts: `words/languages.yaml` and the files of each language. */
  words: readonly ContentFile[]
  site?: ContentFile
}

/** The files that answers depend on: all but evidence, cases and schemas. */
export const answerFiles = ({
  parameters,
  sources,
  overrideReasons,
  everyCard,
  breastCheck,
  folders,
  codes,
  words,
  site,
}: Content): readonly ContentFile[] => [
  ...[parameters, sources, overrideReasons, everyCard, breastCheck],
  ...folders.map(({ card }) => card),
  ...codes,
  ...words,
  ...(site ? [site] : []),
]

/** The folders below `cards/` that are no cards. */
const notCards: ReadonlySet<string> = new Set(['codes', 'evidence', 'words'])

/** Each file as last read. */
const lastRead = new Map<string, ContentFile>()

/** The same object as before for a file that has not changed, so that a reload parses only changed files. */
function sameOrNew(file: ContentFile, parsed: ParsedContent): ContentFile {
  const last = lastRead.get(file.file)
  if (last?.content === file.content) return last
  lastRead.set(file.file, file)
  const name = fileHash(file)
  if (parsed.has(name)) takeParsed(file, parsed.get(name))
  return file
}

let lastSchemas: { text: string; schemas: ContentSchemas } | undefined

/** The schemas; the same object as before when no schema has changed. */
function schemasOf(text: (name: string) => string): ContentSchemas {
  const texts = [text('card'), text('site'), text('cases'), text('shared')]
  const all = `[${texts.join()}]`
  if (lastSchemas?.text !== all) {
    const [card, site, cases, shared] = JSON.parse(all) as [object, object, object, ContentSchemas['shared']]
    lastSchemas = { text: all, schemas: { card, site, cases, shared } }
  }
  return lastSchemas.schemas
}

/**
 * Reads the content files.
 *
 * Edge:    a file that has not changed since the last read is the same object; a file that has not changed since the
 *          build is not parsed.
 * Missing: a card folder without card.yaml is read as an empty card, which the check then refuses.
 * Throws:  `CardError` when the site's file cannot be read; the error of the file system when a content file is
 *          missing.
 */
export function readContent(cardsDir: string, site?: string, parsed: ParsedContent = loadParsed()): Content {
  const text = (name: string): ContentFile =>
    sameOrNew({ file: `cards/${name}`, content: readFileSync(join(cardsDir, name), 'utf8') }, parsed)
  const optional = (name: string): ContentFile | undefined =>
    existsSync(join(cardsDir, name)) ? text(name) : undefined
  const folders = readdirSync(cardsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notCards.has(entry.name))
    .map(({ name }): CardFolder => {
      const evidence = optional(`${name}/evidence.md`)
      const cases = optional(`${name}/cases.yaml`)
      return {
        kind: name,
        card: optional(`${name}/card.yaml`) ?? { file: `cards/${name}/card.yaml`, content: '' },
        ...(evidence && { evidence }),
        ...(cases && { cases }),
      }
    })
  return {
    schemas: schemasOf((name) => text(`${name}.schema.json`).content),
    parameters: text('parameters.yaml'),
    sources: text('sources.yaml'),
    overrideReasons: text('override-reasons.yaml'),
    everyCard: text('every-card.yaml'),
    breastCheck: text('breast-check.yaml'),
    folders,
    codes: readdirSync(join(cardsDir, 'codes'))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => text(`codes/${name}`)),
    words: readdirSync(join(cardsDir, 'words'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => text(`words/${name}`)),
    ...(site !== undefined && { site: readSite(site) }),
  }
}

/**
 * Reads the file of the site.
 *
 * Throws: `CardError` when the file cannot be read, because somebody typed its path into the settings.
 */
function readSite(file: string): ContentFile {
  try {
    return { file, content: readFileSync(file, 'utf8') }
  } catch {
    throw new CardError([{ file, says: 'cannot be read', fix: 'correct the path of the site settings' }])
  }
}
