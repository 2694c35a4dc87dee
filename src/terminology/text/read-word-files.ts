import { CardError, type FileProblem } from '../../errors.js'
import { contentOf, type ContentRecord, type ContentSource } from '../content-reader.js'
import { withWordsOfTargets } from './words-of-targets.js'
import {
  directions,
  modifierMeanings,
  reaches,
  roles,
  valueMeanings,
  wordForms,
  type Entry,
  type Role,
  type Target,
  type WordFile,
  type WordList,
} from './word-lists.js'

/**
 * A phrase of a word list: pieces between spaces, in lower case and without accents, hyphens or apostrophes. A piece may have
 * choices ("peau|peu"), end in "*" (a stem of three letters or more), begin with it (an ending of four), and be left out if it begins
 * with "~".
 */
const phraseShape =
  /^~?\*?[^\sA-Z'’|*~]+\*?(?:\|[^\sA-Z'’|*~]+\*?)*(?: ~?[^\sA-Z'’|*~]+\*?(?:\|[^\sA-Z'’|*~]+\*?)*)*$/

/**
 * Reads and checks files of `cards/words/`.
 *
 * Shape:  the contents are parsed YAML; the language is the folder of the file.
 * Throws: CardError with every problem of every file.
 */
export function readWordFiles(files: readonly ContentSource[]): readonly WordFile[] {
  const problems: FileProblem[] = []
  const read = withWordsOfTargets(
    files.map((source) => wordFile(source, problems)),
    problems,
  )
  if (problems.length > 0) throw new CardError(problems)
  return read
}

function wordFile(source: ContentSource, problems: FileProblem[]): WordFile {
  const file = contentOf(source, problems)
  file.only('title', 'source', 'kinds', 'targets', 'lists')
  file.text('title')
  file.text('source')
  const targets: Target[] = []
  const lists: Omit<WordList, 'own'>[] = []
  eachOf(file, 'targets', (id, record) => {
    targets.push(targetOf(id, record))
    const systemic = record.flag('systemic')
    lists.push(...record.records('groups').map((group) => groupOf(id, group, systemic)))
  })
  eachOf(file, 'lists', (id, record) => lists.push(listOf(id, record)))
  const language = source.file.split('/').at(-2) ?? 'en'
  const kinds = file.words('kinds')
  const own = kinds.length > 0
  return { file: source.file, language, kinds, targets, lists: lists.map((list) => ({ ...list, own })) }
}

function eachOf(file: ContentRecord, key: string, take: (id: string, record: ContentRecord) => void): void {
  const mapping = file.record(key)
  for (const id of mapping?.keys ?? []) {
    const record = mapping?.record(id)
    if (record) take(id, record)
  }
}

const wordsOf = (record: ContentRecord): readonly string[] =>
  record.fitting(
    'words',
    phraseShape,
    'use lower-case words without accents, hyphens or apostrophes; "a|b" for choices, "~a" for a word that may be left out, "*" at the end of a stem or before an ending',
  )

function targetOf(id: string, record: ContentRecord): Target {
  record.only('title', 'class', 'systemic', 'lasting', 'at', 'groups', 'examples')
  const group = record.optionalText('class')
  return {
    id,
    title: record.optionalText('title') ?? id.replaceAll('-', ' '),
    ...(group !== undefined && { class: group }),
    systemic: record.flag('systemic'),
    lasting: record.flag('lasting'),
    at: record.words('at'),
  }
}

function groupOf(id: string, record: ContentRecord, systemic: boolean): Omit<WordList, 'own'> {
  record.only('words', 'form', 'from', 'below', 'unit', 'place', 'needs', 'near', 'unless', 'note')
  const needs = record.words('needs')
  const near = record.words('near')
  const unless = record.words('unless')
  const form = record.oneOf('form', wordForms, 'noun')
  const place = record.optionalText('place')
  const entry: Entry = {
    id,
    role: 'target',
    as: id,
    form,
    ...(systemic && { systemic }),
    ...(record.keys.includes('from') && { from: record.number('from') }),
    ...(record.keys.includes('below') && {
      below: { limit: record.number('below'), unit: record.text('unit') },
    }),
    ...(place !== undefined && { place }),
    ...(needs.length > 0 && { needs }),
    ...(near.length > 0 && { near }),
    ...(unless.length > 0 && { unless }),
  }
  return { entry, words: wordsOf(record) }
}

function listOf(id: string, record: ContentRecord): Omit<WordList, 'own'> {
  record.only(
    'role',
    'means',
    'direction',
    'reach',
    'implies',
    'unless',
    'until',
    'doubts_denial',
    'words',
    'words_of',
    'source',
    'examples',
    'note',
  )
  const role = record.oneOf('role', roles)
  const shared = record.words('words_of')
  const words = shared.length > 0 && !record.keys.includes('words') ? [] : wordsOf(record)
  return {
    entry: { id, role, ...meaningOf(id, role, record) },
    words,
    ...(shared.length > 0 && { wordsOf: shared }),
  }
}

function meaningOf(
  id: string,
  role: Role,
  record: ContentRecord,
): Pick<Entry, 'as' | 'direction' | 'reach' | 'implies' | 'unless' | 'until' | 'doubtsDenial'> {
  if (role === 'modifier')
    return {
      as: record.oneOf('means', modifierMeanings),
      direction: record.oneOf('direction', directions, 'forward'),
      reach: record.oneOf('reach', reaches, 'clause'),
      ...(record.words('unless').length > 0 && { unless: record.words('unless') }),
      ...(record.words('until').length > 0 && { until: record.words('until') }),
      ...(record.flag('doubts_denial') && { doubtsDenial: true as const }),
    }
  if (role === 'value') return { as: record.oneOf('means', valueMeanings) }
  const as = record.optionalText('means') ?? id
  return role === 'heading' && record.keys.includes('implies')
    ? { as, implies: record.oneOf('implies', modifierMeanings) }
    : { as }
}
