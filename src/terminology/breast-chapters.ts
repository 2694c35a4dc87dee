import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeSet } from './code-files.js'
import { hitsOf, type CodeIndex } from './code-index.js'
import { isIcd } from './code-systems.js'
import type { SystemFinder } from './system-families.js'

/** A code of the chapters on the breast: one that no rule asks about, or one that is open without its own set. */
export type BreastChapter = 'known' | 'open'

/**
 * Does a code of the concept belong to the chapters on the breast, and is it one that no rule asks about?
 *
 * Source: product decision 19
 */
export function breastChapter(
  chapters: CodeIndex<CodeSet>,
  concept: CodeableConcept | undefined,
): BreastChapter | undefined {
  const hits = (concept?.coding ?? []).flatMap((coding) => hitsOf(chapters, coding))
  if (hits.length === 0) return undefined
  return hits.some(({ target }) => target.id === 'breast-other') ? 'known' : 'open'
}

/** Does a code of the concept tell its chapter: is one of the systems ICD or ICPC? */
export const hasChapter = (find: SystemFinder, concept: CodeableConcept | undefined): boolean =>
  (concept?.coding ?? []).some(({ system, code }) => {
    const name = system === undefined ? undefined : find(system)?.name
    return code !== undefined && (isIcd(name) || name === 'icpc')
  })
