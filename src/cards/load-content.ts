import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CardError } from '../errors.js'
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

/** Everything below `cards/`, as text: the only place of this room that reads the disk, once at start. */
export interface Content {
  schemas: ContentSchemas
  parameters: ContentFile
  sources: ContentFile
  overrideReasons: ContentFile
  everyCard: ContentFile
  folders: readonly CardFolder[]
  codes: readonly ContentFile[]
  site?: ContentFile
}

/** The files that answers stand on: all but evidence, cases and schemas. */
export const answerFiles = ({
  parameters,
  sources,
  overrideReasons,
  everyCard,
  folders,
  codes,
  site,
}: Content): readonly ContentFile[] => [
  ...[parameters, sources, overrideReasons, everyCard],
  ...folders.map(({ card }) => card),
  ...codes,
  ...(site ? [site] : []),
]

/** Folders beside the cards. */
const notCards: ReadonlySet<string> = new Set(['codes', 'evidence'])

/** Each file as it was read last. */
const lastRead = new Map<string, ContentFile>()

/** A file that has not changed since it was read last is the same object, so that a reload parses only what is new. */
function sameOrNew(file: ContentFile, parsed: ParsedContent): ContentFile {
  const last = lastRead.get(file.file)
  if (last?.content === file.content) return last
  lastRead.set(file.file, file)
  const name = fileHash(file)
  if (parsed.has(name)) takeParsed(file, parsed.get(name))
  return file
}

let lastSchemas: { text: string; schemas: ContentSchemas } | undefined

/** The schemas, the same object as before when none has changed. */
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
 * Edge:    what has not changed since it was read last is the same object; what has not changed since the build is not parsed.
 * Missing: a card folder without card.yaml is read as an empty card, which the check then refuses.
 * Throws:  `CardError` when the site's file cannot be read; the error of the file system when one of the content's is not there.
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
    folders,
    codes: readdirSync(join(cardsDir, 'codes'))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => text(`codes/${name}`)),
    ...(site !== undefined && { site: readSite(site) }),
  }
}

/** The site's settings, whose path somebody typed. */
function readSite(file: string): ContentFile {
  try {
    return { file, content: readFileSync(file, 'utf8') }
  } catch {
    throw new CardError([{ file, says: 'cannot be read', fix: 'correct the path of the site settings' }])
  }
}
