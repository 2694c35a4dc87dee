import { CardError, type FileProblem } from '../../errors.js'
import { contentOf, type ContentSource } from '../content-reader.js'

/** The languages in which a word is common, by the word. */
export type LanguageTable = ReadonlyMap<string, readonly string[]>

/**
 * Reads `cards/words/languages.yaml`: by language, words that are common in it.
 *
 * Throws: CardError with every problem.
 */
export function readLanguageTable(source: ContentSource): LanguageTable {
  const problems: FileProblem[] = []
  const file = contentOf(source, problems)
  file.only('title', 'source', 'languages')
  file.text('title')
  file.text('source')
  const table = new Map<string, string[]>()
  const languages = file.record('languages')
  for (const code of languages?.keys ?? [])
    for (const word of languages?.words(code) ?? [])
      if (word.length > 1) table.set(word, [...(table.get(word) ?? []), code])
  if (problems.length > 0) throw new CardError(problems)
  return table
}
