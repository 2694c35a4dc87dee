import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { ContentSource } from '../../src/terminology/content-reader.js'
import { readLanguageTable } from '../../src/terminology/text/language-table.js'
import { readWordFiles } from '../../src/terminology/text/read-word-files.js'
import { compileTextWords, type TextWords } from '../../src/terminology/text/text-words.js'
import type { WordFile } from '../../src/terminology/text/word-lists.js'
import { compileWords, type Words } from '../../src/terminology/text/words.js'

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

const compiled = new Map<string, TextWords>()

/** All words, compiled for all kinds of text; once for each choice of languages, because that takes a second. */
export function textWords(languages: readonly string[] = ['en']): TextWords {
  const name = languages.join()
  const known =
    compiled.get(name) ??
    compileTextWords(wordFiles(), readLanguageTable(source('languages.yaml')), languages)
  compiled.set(name, known)
  return known
}

/** The English words of a few files for one kind of text, where no other language and no short form matters. */
export const englishWords = (kind: string, files: readonly WordFile[]): Words =>
  compileWords(files, { language: 'en', kind, table: new Map(), shortForms: new Set() })
