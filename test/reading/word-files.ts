import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { ContentSource } from '../../src/terminology/content-reader.js'
import { readLanguageTable } from '../../src/terminology/text/language-table.js'
import { readWordFiles } from '../../src/terminology/text/read-word-files.js'
import { compileTextWords, type TextWords } from '../../src/terminology/text/text-words.js'
import type { WordFile } from '../../src/terminology/text/word-lists.js'

const folder = 'cards/words'

const source = (name: string): ContentSource => {
  const file = join(folder, name)
  return { file, content: parse(readFileSync(file, 'utf8')) as unknown }
}

/** The reviewed word lists of `cards/words/`, read and checked. */
export function wordFiles(): readonly WordFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return readWordFiles(names.filter((name) => /\/.*\.yaml$/.test(name)).map(source))
}

/** All words, compiled for all kinds of text. */
export const textWords = (languages: readonly string[] = ['en']): TextWords =>
  compileTextWords(wordFiles(), readLanguageTable(source('languages.yaml')), languages)
