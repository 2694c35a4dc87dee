import type { Document, Sentence } from './document.js'

/** How much a sentence of a report weighs: an addendum amends, the conclusion decides, the findings come after, the rest is not read. */
export type Level = 'addendum' | 'conclusion' | 'findings' | 'never'

const levelOfSection: ReadonlyMap<string, Level> = new Map([
  ['addendum', 'addendum'],
  ['impression', 'conclusion'],
  ['birads', 'conclusion'],
  ['findings', 'findings'],
  ['none', 'findings'],
])

const ofOneSentence = new Set(['technique', 'comparison'])

/**
 * The level of each sentence, in the order of the document.
 *
 * Shape:  indication, history, technique, comparison, recommendation and printed legends are never read.
 * Edge:   a label of place ("Left breast:") ends a section that is never read when no findings have a heading; where a report has neither findings nor conclusion, so
 *         does the end of the line of its heading, and where it names a category at the start of a line, that line is a conclusion.
 * Source: clinical changes C6 (1)
 */
export function levelsOf(document: Document, categories: ReadonlySet<number>): readonly Level[] {
  const { sentences, sections } = document
  const bare = !sections.some(({ kind }) => kind !== 'none' && kind !== 'birads' && levelOfSection.has(kind))
  const labels = !sections.some(({ kind }) => kind === 'findings')
  let opened: Sentence['section'] | undefined
  return sentences.map((sentence, index) => {
    const { section } = sentence
    const level = levelOfSection.get(section.kind) ?? 'never'
    if (level !== 'never') return level
    if (section.kind === 'legend') return 'never'
    if (categories.has(sentence.first) && beginsLine(sentence, document)) return 'conclusion'
    if (opened === section) return 'findings'
    const isSecond = sentences[index - 1]?.section === section
    const isLater = isSecond && (ofOneSentence.has(section.kind) || beginsLine(sentence, document))
    if (!(labels && isLabelled(index, document)) && !(bare && isLater)) return 'never'
    opened = section
    return 'findings'
  })
}

function beginsLine({ first }: Sentence, { tokens }: Document): boolean {
  const before = tokens[first - 1]
  return before === undefined || before.kind === 'break'
}

/** Stands it behind a label of place of its own, which is no heading? */
function isLabelled(index: number, { sentences, tokens }: Document): boolean {
  const sentence = sentences[index]
  const before = sentences[index - 1]
  if (!sentence || !before || before.section !== sentence.section) return false
  if (sentence.side === undefined && sentence.place === undefined) return false
  return tokens[sentence.first - 1]?.text === ':' && sentence.first > before.last + 1
}
