import type { Problem } from '../../errors.js'
import { phraseShape } from '../text/phrases.js'
import type { CodeFile } from './code-files.js'

type Path = readonly (string | number)[]

/** One mapping of a code file, read key by key; what is wrong is noted, and a harmless value goes on. */
export interface ContentRecord {
  keys: readonly string[]
  text: (key: string) => string
  optionalText: (key: string) => string | undefined
  flag: (key: string) => boolean
  words: (key: string) => readonly string[]
  phrases: (key: string) => readonly string[]
  oneOf: <Choice extends string>(key: string, choices: readonly Choice[], ifAbsent?: Choice) => Choice
  manyOf: <Choice extends string>(key: string, choices: readonly Choice[]) => readonly Choice[]
  records: (key: string) => readonly ContentRecord[]
  record: (key: string) => ContentRecord | undefined
  /** Notes a problem at a key of this record. */
  wrong: (key: string | undefined, says: string, fix: string) => void
  /** Notes every key that is not among these. */
  only: (...allowed: readonly string[]) => void
}

/** Reads parsed YAML of one file; problems are added to a list, so that all come out at once. */
export function contentOf(source: CodeFile, problems: Problem[]): ContentRecord {
  return recordAt(source, source.content, [], problems)
}

function recordAt(source: CodeFile, content: unknown, path: Path, problems: Problem[]): ContentRecord {
  const wrong = (key: string | number | undefined, says: string, fix: string): void => {
    const at = key === undefined ? path : [...path, key]
    const line = source.lineOf?.(at)
    const where = at.length > 0 ? `${at.join('.')}: ` : ''
    problems.push({
      file: source.file,
      ...(line === undefined ? {} : { line }),
      says: `${where}${says}`,
      fix,
    })
  }
  const isMapping = typeof content === 'object' && content !== null && !Array.isArray(content)
  if (!isMapping) wrong(undefined, 'is not a mapping', 'write "key: value" lines')
  const values = new Map<string, unknown>(
    isMapping ? Object.entries(content).filter(([, value]) => value !== undefined) : [],
  )

  const optionalText = (key: string): string | undefined => {
    const value = values.get(key)
    if (value === undefined) return undefined
    if (typeof value === 'string' && value.trim() !== '') return value
    wrong(key, 'is not text', 'write it in quotes')
    return undefined
  }
  const list = (key: string): readonly unknown[] => {
    const value = values.get(key)
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    wrong(key, 'is not a list', 'write [a, b] or lines that begin with "-"')
    return []
  }
  const words = (key: string): readonly string[] =>
    list(key).filter((word): word is string => {
      if (typeof word === 'string' && word !== '') return true
      wrong(
        key,
        'holds something that is not a word',
        'write words, in quotes if they look like numbers or yes/no',
      )
      return false
    })
  const choice = <Choice extends string>(key: string, choices: readonly Choice[], value: string) => {
    const found = choices.find((one) => one === value)
    if (!found) wrong(key, `knows no "${value}"`, `use one of ${choices.join(', ')}`)
    return found
  }
  return {
    keys: [...values.keys()],
    optionalText,
    wrong,
    words,
    text: (key) => {
      if (!values.has(key)) wrong(key, 'is missing', `add "${key}"`)
      return optionalText(key) ?? ''
    },
    flag: (key) => {
      const value = values.get(key)
      if (value !== undefined && typeof value !== 'boolean')
        wrong(key, 'is not true or false', 'write true, or leave it out')
      return value === true
    },
    phrases: (key) =>
      words(key).filter((phrase) => {
        if (phraseShape.test(phrase)) return true
        wrong(
          key,
          `cannot read "${phrase}"`,
          'use lower-case words without accents, hyphens or apostrophes; a "*" only ends a word of three letters or more',
        )
        return false
      }),
    oneOf: (key, choices, ifAbsent) => {
      const value = values.has(key) ? optionalText(key) : ifAbsent
      if (value === undefined) {
        if (!values.has(key)) wrong(key, 'is missing', `use one of ${choices.join(', ')}`)
        return choices[0] as (typeof choices)[number]
      }
      return choice(key, choices, value) ?? (choices[0] as (typeof choices)[number])
    },
    manyOf: (key, choices) => words(key).flatMap((word) => choice(key, choices, word) ?? []),
    records: (key) => list(key).map((item, index) => recordAt(source, item, [...path, key, index], problems)),
    record: (key) =>
      values.has(key) ? recordAt(source, values.get(key), [...path, key], problems) : undefined,
    only: (...allowed) => {
      for (const key of values.keys()) {
        if (!allowed.includes(key)) wrong(key, 'is not a word of this file', `use ${allowed.join(', ')}`)
      }
    },
  }
}
