import type { FileProblem } from '../errors.js'

type Path = readonly (string | number)[]

/** A parsed file of reviewed content; `lineOf` finds the line of a value for messages. */
export interface ContentSource {
  file: string
  content: unknown
  lineOf?: (path: Path) => number | undefined
}

/** Makes the reader of the parsed YAML of one file; problems are added to a list, so that all are reported at once. */
export function contentOf(source: ContentSource, problems: FileProblem[]): ContentRecord {
  return new ContentRecord(source, source.content, [], problems)
}

const isMapping = (content: unknown): content is object =>
  typeof content === 'object' && content !== null && !Array.isArray(content)

/** One mapping of a content file, read key by key. A wrong value is noted, and a harmless value takes its place. */
export class ContentRecord {
  private readonly values: ReadonlyMap<string, unknown>

  constructor(
    private readonly source: ContentSource,
    content: unknown,
    private readonly path: Path,
    private readonly problems: FileProblem[],
  ) {
    const entries = isMapping(content) ? Object.entries(content) : []
    this.values = new Map(entries.filter(([, value]) => value !== undefined))
    if (!isMapping(content)) this.wrong(undefined, 'is not a mapping', 'write "key: value" lines')
  }

  get keys(): readonly string[] {
    return [...this.values.keys()]
  }

  /** Notes a problem at a key of this record. */
  wrong(key: string | undefined, says: string, fix: string): void {
    const at = key === undefined ? this.path : [...this.path, key]
    const line = this.source.lineOf?.(at)
    const where = at.length > 0 ? `${at.join('.')}: ` : ''
    this.problems.push({
      file: this.source.file,
      ...(line === undefined ? {} : { line }),
      says: `${where}${says}`,
      fix,
    })
  }

  /** Notes every key that is not among these. */
  only(...allowed: readonly string[]): void {
    for (const key of this.values.keys()) {
      if (!allowed.includes(key)) this.wrong(key, 'is not a word of this file', `use ${allowed.join(', ')}`)
    }
  }

  text(key: string): string {
    if (!this.values.has(key)) this.wrong(key, 'is missing', `add "${key}"`)
    return this.optionalText(key) ?? ''
  }

  optionalText(key: string): string | undefined {
    const value = this.values.get(key)
    if (value === undefined) return undefined
    if (typeof value === 'string' && value.trim() !== '') return value
    this.wrong(key, 'is not text', 'write it in quotes')
    return undefined
  }

  flag(key: string): boolean {
    const value = this.values.get(key)
    if (value !== undefined && typeof value !== 'boolean')
      this.wrong(key, 'is not true or false', 'write true, or leave it out')
    return value === true
  }

  number(key: string): number {
    const value = this.values.get(key)
    if (typeof value === 'number' && Number.isFinite(value)) return value
    this.wrong(key, 'is not a number', 'write a number')
    return 0
  }

  words(key: string): readonly string[] {
    return this.list(key).filter((word): word is string => {
      if (typeof word === 'string' && word !== '') return true
      this.wrong(
        key,
        'holds something that is not a word',
        'write words, in quotes if they look like numbers or yes/no',
      )
      return false
    })
  }

  /** The words of a list that have this shape; the others are problems. */
  fitting(key: string, shape: RegExp, fix: string): readonly string[] {
    return this.words(key).filter((phrase) => {
      if (shape.test(phrase)) return true
      this.wrong(key, `cannot read "${phrase}"`, fix)
      return false
    })
  }

  oneOf<Choice extends string>(key: string, choices: readonly Choice[], ifAbsent?: Choice): Choice {
    const value = this.values.has(key) ? this.optionalText(key) : ifAbsent
    if (value === undefined) {
      if (!this.values.has(key)) this.wrong(key, 'is missing', `use one of ${choices.join(', ')}`)
      return choices[0] as Choice
    }
    return this.choice(key, choices, value) ?? (choices[0] as Choice)
  }

  manyOf<Choice extends string>(key: string, choices: readonly Choice[]): readonly Choice[] {
    return this.words(key).flatMap((word) => this.choice(key, choices, word) ?? [])
  }

  records(key: string): readonly ContentRecord[] {
    return this.list(key).map((item, index) => this.inside(item, [key, index]))
  }

  record(key: string): ContentRecord | undefined {
    return this.values.has(key) ? this.inside(this.values.get(key), [key]) : undefined
  }

  private inside(content: unknown, place: Path): ContentRecord {
    return new ContentRecord(this.source, content, [...this.path, ...place], this.problems)
  }

  private list(key: string): readonly unknown[] {
    const value = this.values.get(key)
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    this.wrong(key, 'is not a list', 'write [a, b] or lines that begin with "-"')
    return []
  }

  private choice<Choice extends string>(key: string, choices: readonly Choice[], value: string) {
    const found = choices.find((one) => one === value)
    if (!found) this.wrong(key, `knows no "${value}"`, `use one of ${choices.join(', ')}`)
    return found
  }
}
