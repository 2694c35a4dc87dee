import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { CodeBook } from '../../src/terminology/code-book.js'
import type { CodeFile } from '../../src/terminology/code-files.js'
import { compileCodeBook } from '../../src/terminology/compile-code-book.js'

const folder = new URL('../../cards/codes/', import.meta.url)

/** The reviewed files of `cards/codes/`, read and parsed. */
export const codeFilesOnDisk = (): readonly CodeFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({
      file: `cards/codes/${name}`,
      content: parse(readFileSync(new URL(name, folder), 'utf8')) as unknown,
    }))

let compiled: CodeBook | undefined

/** The code book as shipped (no unverified codes, no CPT), compiled once per process. */
export const testCodeBook = (): CodeBook =>
  (compiled ??= compileCodeBook(codeFilesOnDisk(), { allowUnverified: false }))
