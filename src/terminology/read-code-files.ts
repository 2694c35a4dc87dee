import { CardError, type FileProblem } from '../errors.js'
import { medicineSets } from './concepts.js'
import {
  setKinds,
  type CodeContent,
  type CodeEntry,
  type CodeFile,
  type CodeSet,
  type Ingredient,
  type MedicineFamily,
  type PlausibleRange,
} from './code-files.js'
import { codeGrades } from './code-grades.js'
import { isIcd, systemNames } from './code-systems.js'
import { systemFamiliesOf } from './read-system-families.js'
import type { SystemFamilies } from './system-families.js'
import { unitTables } from './units-of-measure.js'
import { contentOf, type ContentRecord } from './content-reader.js'

const covers = ['appropriate', 'other', 'not-counted', 'none'] as const
const mrsaWords = ['inactive', 'active', 'by-result'] as const

/**
 * Reads and checks all files of `cards/codes/`.
 *
 * Throws: CardError with every problem of every file.
 */
export function readCodeFiles(files: readonly CodeFile[]): CodeContent {
  const problems: FileProblem[] = []
  const sets = new Map<string, CodeSet>()
  const ingredients = new Map<string, Ingredient>()
  const families: MedicineFamily[] = []
  let systems: SystemFamilies = new Map()
  const additions: { file: ContentRecord; set: string; codes: readonly CodeEntry[] }[] = []
  for (const source of files) {
    const file = contentOf(source, problems)
    file.only('title', 'source', 'needs_licence', 'sets', 'adds', 'ingredients', 'families', 'systems')
    file.text('title')
    const named = { file: source.file, source: file.text('source') }
    eachOf(file, 'sets', (id, record) => {
      if (sets.has(id))
        record.wrong(undefined, 'is defined twice', `see ${sets.get(id)?.file ?? ''}; keep one`)
      sets.set(id, setOf(id, record, named))
    })
    eachOf(file, 'ingredients', (name, record) => ingredients.set(name, ingredientOf(name, record, named)))
    eachOf(file, 'families', (name, record) => families.push(familyOf(name, record, named)))
    systems = new Map([...systems, ...systemFamiliesOf(file)])
    const adds = file.record('adds')
    for (const set of adds?.keys ?? [])
      additions.push({ file, set, codes: adds?.records(set).map(codeOf) ?? [] })
  }
  for (const { file, set, codes } of additions) {
    const known = sets.get(set)
    if (known) sets.set(set, { ...known, codes: [...known.codes, ...codes] })
    else file.wrong('adds', `knows no set "${set}"`, 'use the id of a set of another file')
  }
  checkReferences(ingredients, problems)
  if (problems.length > 0) throw new CardError(problems)
  return { sets, ingredients, families, systems }
}

const wholeWord = /^[a-z0-9]+\*?$/

function eachOf(file: ContentRecord, key: string, take: (id: string, record: ContentRecord) => void): void {
  const mapping = file.record(key)
  for (const id of mapping?.keys ?? []) {
    const record = mapping?.record(id)
    if (record) take(id, record)
  }
}

interface Named {
  file: string
  source: string
}

function setOf(id: string, record: ContentRecord, named: Named): CodeSet {
  record.only('title', 'source', 'kind', 'codes', 'words_in', 'plausible', 'percent', 'named', 'not_named')
  const plausible = plausibleOf(id, record)
  const wordsIn = record.optionalText('words_in')
  const set: CodeSet = {
    id,
    file: named.file,
    title: record.text('title'),
    source: record.optionalText('source') ?? named.source,
    kind: record.oneOf('kind', setKinds),
    codes: record.records('codes').map(codeOf),
    ...(wordsIn !== undefined && { wordsIn }),
    ...(plausible && { plausible }),
    ...(record.keys.includes('percent') && { percent: record.number('percent') }),
    ...(record.keys.includes('named') && { named: nameWords(record) }),
  }
  if (set.codes.length === 0 && wordsIn === undefined)
    record.wrong(
      undefined,
      'has neither codes nor words',
      'add a code, or the file of its words as "words_in"',
    )
  return set
}

/** The sets whose values are numbers: the measures, and the age of an infant at birth. */
const measured: ReadonlySet<string> = new Set([...unitTables.keys(), 'gestational-age'])

const measureWord = /^\*?[\p{Ll}\p{Lo}\p{Lm}\d]+\*?(?: \*?[\p{Ll}\p{Lo}\p{Lm}\d]+\*?)*$/u
const measureWordFix =
  'use words in lower case, without accents and hyphens, and "*" only at the end of a word'

const nameWords = (record: ContentRecord): NonNullable<CodeSet['named']> => ({
  words: record.fitting('named', measureWord, measureWordFix),
  unless: record.fitting('not_named', measureWord, measureWordFix),
})

/** Reads the range of a measure; every measure has a range, and no other set has one. */
function plausibleOf(id: string, record: ContentRecord): PlausibleRange | undefined {
  const range = record.record('plausible')
  const isMeasure = measured.has(id)
  if (isMeasure && !range)
    record.wrong('plausible', 'is missing', 'say between which values a living adult lies')
  if (!isMeasure && range) record.wrong('plausible', 'is not of a measure', 'take it out')
  if (!range) return undefined
  range.only('from', 'to', 'unit', 'source')
  const unit = range.optionalText('unit')
  const read = {
    from: range.number('from'),
    to: range.number('to'),
    ...(unit === undefined ? {} : { unit }),
    source: range.text('source'),
  }
  if (read.from >= read.to) range.wrong('to', 'is not above "from"', 'correct the range')
  return read
}

function needsBreast(record: ContentRecord): boolean {
  if (record.optionalText('needs') === undefined) return false
  record.oneOf('needs', ['breast'])
  return true
}

const wordFix = 'use single words in lower case, without accents, and "*" only at the end'

function codeOf(record: ContentRecord): CodeEntry {
  record.only('system', 'code', 'display', 'grade', 'needs', 'if_text', 'unless_text')
  const system = record.oneOf('system', systemNames)
  const code = record.text('code')
  if (!/^[A-Za-z0-9.-]*\*?$/.test(code))
    record.wrong('code', 'is no code', 'use letters, digits, "." and "-", and "*" only at the end')
  if (code.endsWith('*') && !isIcd(system))
    record.wrong('code', 'ends in "*"', 'prefixes are for ICD codes; list the codes of other systems')
  const display = record.optionalText('display')
  if (system === 'cpt' && display !== undefined)
    record.wrong('display', 'is not allowed for CPT', 'ship CPT numbers only')
  if (system !== 'cpt' && display === undefined)
    record.wrong('display', 'is missing', 'add the name of the code')
  return {
    system,
    code,
    ...(display === undefined ? {} : { display }),
    grade: record.oneOf('grade', codeGrades),
    needsBreast: needsBreast(record),
    ifText: record.fitting('if_text', wholeWord, wordFix),
    unlessText: record.fitting('unless_text', wholeWord, wordFix),
  }
}

const medicineOf = (name: string, record: ContentRecord, named: Named) => ({
  name,
  ...named,
  cover: record.oneOf('cover', covers),
  mrsa: record.oneOf('mrsa', mrsaWords, 'inactive'),
  sets: record.manyOf('sets', medicineSets),
})

function ingredientOf(name: string, record: ContentRecord, named: Named): Ingredient {
  record.only('codes', 'made_of', 'cover', 'cover_with_breast_reason', 'mrsa', 'sets')
  const medicine = {
    ...medicineOf(name, record, named),
    codes: record.records('codes').map(codeOf),
    madeOf: record.words('made_of'),
  }
  if (record.optionalText('cover_with_breast_reason') === undefined) return medicine
  record.oneOf('cover_with_breast_reason', ['other'])
  return { ...medicine, coverWithBreastReason: 'other' }
}

const atcGroup = /^[A-Z]\d\d[A-Z]{0,2}\*$/

function familyOf(name: string, record: ContentRecord, named: Named): MedicineFamily {
  record.only('atc', 'cover', 'mrsa', 'sets')
  const atc = record.fitting('atc', atcGroup, 'use an ATC group with "*" at the end (J01CF*)')
  return { ...medicineOf(name, record, named), atc }
}

function checkReferences(ingredients: ReadonlyMap<string, Ingredient>, problems: FileProblem[]): void {
  for (const { name, file, madeOf } of ingredients.values()) {
    for (const part of madeOf) {
      if (ingredients.has(part)) continue
      problems.push({
        file,
        says: `ingredients.${name}.made_of: knows no "${part}"`,
        fix: 'add it as an ingredient',
      })
    }
  }
}
