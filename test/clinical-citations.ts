import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A place that cites the clinical rule book. */
export interface Citation {
  /** File and line, such as "src/terminology/side.ts:34". */
  at: string
  /** The words of the citation, for the message of a failed test. */
  words: string
  /** The ids of the cited sections, such as "5.3-R1". */
  ids: readonly string[]
}

/** The section that holds the rules of a letter: "R1" is rule R1 of section 5.3. */
const sectionOfLetter: Readonly<Record<string, string>> = { P: '1.1', F: '1.4', R: '5.3', D: '10' }

const idParts =
  /\b(row|rule|step|example)s?\b|\b(with)\b|\b(\d+\.\d+)\b|\b([PFRD])(\d+[a-z]?)\b|\b(\d+[a-z]?)\b/g

/**
 * The ids that a citation names.
 *
 * Shape: "5.4 steps 1 and 2" → 5.4, 5.4-step-1, 5.4-step-2; "R5 of 5.3" → 5.3-R5, 5.3; "2 and 3" → chapters 2 and 3.
 * Edge:  of a range such as "4-7" both ends are named; after "with" a number is a chapter again, as in "7 rule 2b with 8".
 */
export function idsOf(citation: string): readonly string[] {
  const ids: string[] = []
  let section = ''
  let kind = ''
  for (const [, kindWord, ends, dotted, letter = '', letterNumber, number] of citation.matchAll(idParts)) {
    if (kindWord !== undefined) kind = kindWord
    else if (ends !== undefined) kind = ''
    else if (letterNumber !== undefined) ids.push(`${sectionOfLetter[letter]}-${letter}${letterNumber}`)
    else if (number !== undefined && kind !== '') ids.push(`${section}-${kind}-${number}`)
    else {
      section = dotted ?? number ?? ''
      kind = ''
      ids.push(section)
    }
  }
  return ids
}

const citationWords =
  /(?:\b((?:example|row|rule|step) \d+[a-z]?) of )?\bclinical (?:knowledge, )?(?:sections? )?((?:\d+(?:\.\d+)?[a-z]?|[PFRD]\d+[a-z]?|(?:section|row|rule|step|example)s?|and|to|or|of|with|\([^()]*\)|[,;)-]|\s)+)/gi

/** The values of `rule:` in a card. Stages and durations in them are no sections. */
const ruleOfRow = /^ *rule: (.+)$/gm
const notSections = /\bstages? \d(?:(?:-|, | and )\d(?![\d.]))*|\d+ days/g

/** Of a remark in brackets only the numbers of sections count. */
const withoutRemarks = (list: string): string =>
  list.replaceAll(/\([^()]*\)/g, (remark) => `(${(remark.match(/(?<!\w)\d{1,2}\.\d+/g) ?? []).join(', ')})`)

/** The text with the beginnings of its lines blanked, so that a citation may go on in the next line of a comment. */
const oneLine = (text: string): string =>
  text.replaceAll(/\n[ \t]*(?:\*|\/\/|#)?/g, (start) => ' '.repeat(start.length))

/** Every citation of the rule book in one file. */
export function citationsIn(file: string, text = readFileSync(file, 'utf8')): readonly Citation[] {
  const at = (index: number): string => `${file}:${text.slice(0, index).split('\n').length}`
  const ofComments = [...oneLine(text).matchAll(citationWords)].flatMap(
    ({ 0: words, 1: place = '', 2: list = '', index }) => {
      const ids = idsOf(`${withoutRemarks(list)} ${place}`)
      return ids.length === 0 ? [] : [{ at: at(index), words: words.replaceAll(/\s+/g, ' ').trim(), ids }]
    },
  )
  const ofRows = [...text.matchAll(ruleOfRow)].map(({ 1: rule = '', index }) => ({
    at: at(index),
    words: `rule: ${rule}`,
    ids: idsOf(rule.replaceAll(notSections, '')),
  }))
  return file.endsWith('card.yaml') ? [...ofComments, ...ofRows] : ofComments
}

/** The files below a folder whose names end in one of the extensions. */
export const filesBelow = (folder: string, extensions: readonly string[]): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path, extensions)
    return extensions.some((extension) => path.endsWith(extension)) ? [path] : []
  })
