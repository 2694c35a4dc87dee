import type { LanguageTable } from './language-table.js'
import { textKinds, type TextKind } from './reading.js'
import type { ShortForms } from './tokens.js'
import { everyLanguage, type WordFile } from './word-lists.js'
import { compileWordLook, type WordLook } from './word-look.js'
import { compileWords, type Words } from './words.js'

/** The words of all texts, compiled. */
export interface TextWords {
  /** The words of each kind of text, by the languages that are read; the first one is the one that a text is taken to be in. */
  byLanguage: ReadonlyMap<string, ReadonlyMap<TextKind, Words>>
  look: WordLook
}

/**
 * Compiles the words of the languages that are read, once at start.
 *
 * Missing: a language has no words for a kind of text whose targets it lacks.
 */
export function compileTextWords(
  files: readonly WordFile[],
  table: LanguageTable,
  languages: readonly string[],
): TextWords {
  const known = withTargetWords(
    table,
    files.filter(({ language }) => language !== everyLanguage),
  )
  const shortForms = shortFormsOf(files)
  const byLanguage = new Map(
    languages.map((language) => [
      language,
      new Map(
        textKinds
          .map((kind) => [kind, compileWords(files, { language, kind, table: known, shortForms })] as const)
          .filter(([, { targets }]) => targets.size > 0),
      ),
    ]),
  )
  return { byLanguage, look: compileWordLook({ files, languages, table: known, shortForms }) }
}

const shortForm = /[/&]/

/** The short forms of all lists, so that a text is cut into the same words whoever reads it. */
const shortFormsOf = (files: readonly WordFile[]): ShortForms =>
  new Set(
    files
      .flatMap(({ lists }) => lists.flatMap(({ words }) => words.flatMap((phrase) => phrase.split(/[ |]/))))
      .map((piece) => piece.replace(/^~/, ''))
      .filter((piece) => shortForm.test(piece)),
  )

/** The table, and the whole words for targets that one language alone has: a sentence is known by them too. */
function withTargetWords(table: LanguageTable, files: readonly WordFile[]): LanguageTable {
  const found = new Map<string, Set<string>>()
  for (const { language, lists } of files)
    for (const { words } of lists)
      for (const piece of words.flatMap((phrase) => phrase.split(/[ |]/)))
        found.set(piece, (found.get(piece) ?? new Set()).add(language))
  const targets = files
    .flatMap(({ lists }) => lists.filter(({ entry }) => entry.role === 'target'))
    .flatMap(({ words }) => words.flatMap((phrase) => phrase.split(/[ |]/)))
  const own = targets.filter(
    (word) => word.length >= shortestTelling && found.get(word)?.size === 1 && !table.has(word),
  )
  return new Map([...table, ...own.map((word) => [word, [...(found.get(word) ?? [])]] as const)])
}

/** A shorter word may be an abbreviation in any language. */
const shortestTelling = 5
