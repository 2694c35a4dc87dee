import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeSet } from './code-files.js'
import { hitsOf, type CodeIndex } from './code-index.js'
import { isIcd } from './code-systems.js'
import { plainText } from './measure-words.js'
import type { SystemFinder } from './system-families.js'
import { wordFinder, type WordFinder } from './words-in-names.js'

/**
 * The chapter of a code: of the breast, and either a disease that no rule asks about (`known`) or one that is open without
 * its own set; or of a birth.
 */
export type CodeChapter = 'known' | 'open' | 'birth'

/**
 * The chapter of the breast or of a birth that a code of the concept belongs to.
 *
 * Source: product decision 19
 */
export function chapterOf(
  chapters: CodeIndex<CodeSet>,
  concept: CodeableConcept | undefined,
): CodeChapter | undefined {
  const ids = (concept?.coding ?? [])
    .flatMap((coding) => hitsOf(chapters, coding))
    .map(({ target }) => target.id)
  if (ids.includes('breast-other')) return 'known'
  if (ids.includes('breast-chapter')) return 'open'
  return ids.includes('birth-chapter') ? 'birth' : undefined
}

/** Does a code of the concept tell its chapter: is one of the systems ICD or ICPC? */
export const hasChapter = (find: SystemFinder, concept: CodeableConcept | undefined): boolean =>
  (concept?.coding ?? []).some(({ system, code }) => {
    const name = system === undefined ? undefined : find(system)?.name
    return code !== undefined && (isIcd(name) || name === 'icpc')
  })

/** Makes the test whether a text names the breast in a language that is not read. */
export function otherBreastWords(sets: ReadonlyMap<string, CodeSet>): WordFinder {
  const words = sets.get('breast-chapter')?.named?.words ?? []
  if (words.length === 0) return () => false
  const holds = wordFinder(words.map(plainText))
  return (text) => holds(plainText(text))
}
