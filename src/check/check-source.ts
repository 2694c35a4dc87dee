import type { FileProblem } from '../errors.js'
import { contentOf, type ContentRecord, type ContentSource } from '../terminology/content-reader.js'

/** The types of items: those of FHIR, and `sign`, a yes or no with its onset. */
export const itemTypes = ['sign', 'choice', 'boolean', 'integer', 'decimal', 'quantity', 'group'] as const
export type ItemType = (typeof itemTypes)[number]

/** The categories of the Observations that are written. */
export const categories = ['exam', 'survey', 'vital-signs', 'social-history'] as const
export type Category = (typeof categories)[number]

/** A code of `cards/codes/`, by its set. */
export interface CodeName {
  set: string
  code: string
}

/** A unit of UCUM, and how the form writes the unit. */
export interface UnitName {
  code: string
  display: string
}

/** The answer that opens an item (`when`) or closes it (`unless`); without a code, the answer true. */
export interface Dependence {
  item: string
  answer?: CodeName
}

/** One item of the check as written in `cards/breast-check.yaml`. */
export interface ItemSource {
  id: string
  text?: string
  hint?: string
  type: ItemType
  code?: CodeName
  category?: Category
  answers: readonly CodeName[]
  units: readonly UnitName[]
  from?: number
  to?: number
  when?: Dependence
  unless?: Dependence
  /** The answer beside which no onset is asked; absent where an onset is never asked. */
  since?: CodeName
  /** The answer says which breast all signs are of. */
  site: boolean
  /** The answers of this group are the code of a Condition. */
  writesCondition: boolean
  items: readonly ItemSource[]
}

/** The whole check as written. */
export interface CheckSource {
  title: string
  version: string
  date: string
  parts: readonly ItemSource[]
}

/** Reads the content file of the breast check; what is wrong with the file is added to `problems`. */
export function readCheckSource(source: ContentSource, problems: FileProblem[]): CheckSource {
  const file = contentOf(source, problems)
  file.only('title', 'version', 'date', 'source', 'parts')
  return {
    title: file.text('title'),
    version: file.text('version'),
    date: file.text('date'),
    parts: file.records('parts').map(partOf),
  }
}

const nothing = { answers: [], units: [], site: false, writesCondition: false } as const

function partOf(record: ContentRecord): ItemSource {
  record.only('id', 'text', 'items')
  return {
    ...nothing,
    id: record.text('id'),
    text: record.text('text'),
    type: 'group',
    items: record.records('items').map(itemOf),
  }
}

const words = [
  'id',
  'text',
  'hint',
  'type',
  'code',
  'category',
  'answers',
  'units',
  'from',
  'to',
  'when',
] as const

function itemOf(record: ContentRecord): ItemSource {
  record.only(...words, 'unless', 'since', 'site', 'writes', 'items')
  const type = record.oneOf('type', itemTypes)
  const [text, hint] = [record.optionalText('text'), record.optionalText('hint')]
  const [code, since] = [record.record('code'), record.record('since')]
  const [when, unless] = [record.record('when'), record.record('unless')]
  return {
    id: record.text('id'),
    type,
    ...(text !== undefined && { text }),
    ...(hint !== undefined && { hint }),
    ...(code && { code: codeNameOf(code) }),
    ...categoryOf(record, type),
    answers: record.records('answers').map(codeNameOf),
    units: record
      .records('units')
      .map((unit) => ({ code: unit.text('code'), display: unit.text('display') })),
    ...(record.keys.includes('from') && { from: record.number('from'), to: record.number('to') }),
    ...(when && { when: dependenceOf(when) }),
    ...(unless && { unless: dependenceOf(unless) }),
    ...(since && { since: codeNameOf(since) }),
    site: record.flag('site'),
    writesCondition: record.optionalText('writes') === 'condition',
    items: record.records('items').map(itemOf),
  }
}

/** A sign is of an examination; other items say their category. */
function categoryOf(record: ContentRecord, type: ItemType): Pick<ItemSource, 'category'> {
  if (type === 'sign') return { category: 'exam' }
  return record.keys.includes('category') ? { category: record.oneOf('category', categories) } : {}
}

const codeNameOf = (record: ContentRecord): CodeName => ({
  set: record.text('set'),
  code: record.text('code'),
})

function dependenceOf(record: ContentRecord): Dependence {
  const item = record.text('item')
  return record.keys.includes('code') ? { item, answer: codeNameOf(record) } : { item }
}
