import type { CodeableConcept } from 'fhir/r4.js'
import type { CodedSet, ConceptContext, SetId } from './code-book.js'
import type { Side } from './concepts.js'
import type { CodeSet } from './code-files.js'
import { hitsOf, isRecognised, type CodeIndex, type Hit } from './code-index.js'
import { textNamesBreast, type WordFinder } from './words-in-names.js'

const none: readonly never[] = []

/**
 * Finds the sets of a concept by its codes, each once, and says how specific the codes are.
 *
 * Edge:   a code with a condition counts only where the concept or `about` names the breast, or a text of the concept
 *         holds the word.
 * Source: clinical section 2, "Matching".
 */
export function codedSets(
  index: CodeIndex<CodeSet>,
  concept: CodeableConcept | undefined,
  about?: ConceptContext,
): readonly CodedSet[] {
  if (!concept?.coding) return none
  const sets = new Map<SetId, boolean>()
  for (const coding of concept.coding) {
    for (const hit of hitsOf(index, coding)) {
      const { target, specific } = hit
      if (isMet(hit, index, concept, about)) sets.set(target.id, specific || sets.get(target.id) === true)
    }
  }
  return sets.size === 0 ? none : [...sets].map(([set, specific]) => ({ set, specific }))
}

/** Is the condition of the code met: the breast is named, one of its words is in a text, none of the others is? */
function isMet(
  { needsBreast, ifText, unlessText }: Hit<CodeSet>,
  index: CodeIndex<CodeSet>,
  concept: CodeableConcept,
  about?: ConceptContext,
): boolean {
  if (needsBreast && !about?.breast && !namesBreast(index, concept)) return false
  if (unlessText !== undefined && hasText(concept, unlessText)) return false
  return ifText === undefined || hasText(concept, ifText)
}

/** Does the text of a concept, or one of its displays, hold the words? */
const hasText = ({ text, coding }: CodeableConcept, holds: WordFinder): boolean =>
  (text !== undefined && holds(text)) ||
  (coding ?? none).some(({ display }) => display !== undefined && holds(display))

/** Does a coding have a system that the service knows (or, without system, a code that the service knows)? */
export function isCoded(index: CodeIndex<CodeSet>, concept: CodeableConcept | undefined): boolean {
  for (const coding of concept?.coding ?? none)
    if (isRecognised(index, coding) || (!coding.system && hitsOf(index, coding).length > 0)) return true
  return false
}

/** Do the codes or words of a concept name the breast or nipple? */
export const namesBreast = (index: CodeIndex<CodeSet>, concept: CodeableConcept | undefined): boolean =>
  concept !== undefined &&
  (hasText(concept, textNamesBreast) ||
    (concept.coding ?? none).some((coding) => hitsOf(index, coding).some((hit) => hit.namesBreast)))

const sideSets: ReadonlyMap<SetId, Side> = new Map([
  ['left', 'left'],
  ['right', 'right'],
  ['both', 'both'],
])

/** Lists the sides that the codes of a body site name. */
export const sidesOfCodes = (index: CodeIndex<CodeSet>, { coding }: CodeableConcept): readonly Side[] =>
  (coding ?? none)
    .flatMap((code) => hitsOf(index, code))
    .flatMap(({ target }) => sideSets.get(target.id) ?? none)
