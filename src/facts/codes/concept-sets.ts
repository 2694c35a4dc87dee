import type { CodeableConcept } from 'fhir/r4.js'
import type { ConceptContext, SetId, SetMatch } from '../code-book.js'
import type { Side } from '../facts.js'
import { setReadings } from '../text/apply-rules.js'
import { textNamesBreast } from '../text/breast-words.js'
import type { Lexicon } from '../text/lexicon.js'
import { phrasesAt, type PhraseTable } from '../text/phrases.js'
import { readSentence } from '../text/read-sentence.js'
import { sentencesOf, wordsOf } from '../text/tokens.js'
import type { CodeSet } from './code-files.js'
import { hitsOf, isRecognised, type CodeIndex, type Hit } from './code-index.js'

interface Reader {
  index: CodeIndex<CodeSet>
  lexicon: Lexicon
}

const none: readonly never[] = []

/**
 * The sets a concept belongs to: by code first; by words only if no coding has a recognised system.
 *
 * Edge:   a coding without system that matched counts as recognised; a few rules read words in coded records too.
 * Source: clinical section 2, "Matching".
 */
export function setsOf(
  reader: Reader,
  concept: CodeableConcept | undefined,
  about?: ConceptContext,
): readonly SetMatch[] {
  if (!concept) return none
  const sets = codedSets(reader, concept, about)
  const coded = sets.length > 0 || isCoded(reader.index, concept)
  if (coded && !maySayMore(concept, reader.lexicon)) return sets.length === 0 ? none : sets.map(byCode)
  const matches = sets.map(byCode)
  const known = new Set(matches.map(({ set }) => set))
  for (const id of wordSets(reader, concept, textsOf(concept), coded, about)) {
    if (!known.has(id)) matches.push({ set: id, fromText: true })
  }
  return matches
}

const byCode = ({ id }: CodeSet): SetMatch => ({ set: id, fromText: false })

/** Could a coded concept hold words that are read all the same? Asked of every record, so nothing is copied. */
function maySayMore({ text, coding }: CodeableConcept, { maybeEvenIfCoded }: Lexicon): boolean {
  if (text && maybeEvenIfCoded(text)) return true
  for (const { display } of coding ?? none)
    if (display && display !== text && maybeEvenIfCoded(display)) return true
  return false
}

/** The sets that the codes of a concept give. */
export function codedSets(
  { index, lexicon }: Reader,
  concept: CodeableConcept,
  about?: ConceptContext,
): readonly CodeSet[] {
  let sets: CodeSet[] | undefined
  for (const coding of concept.coding ?? none) {
    for (const hit of hitsOf(index, coding)) {
      if (!holds(hit, index, concept, about)) continue
      const set = movedSet(hit.target, lexicon, concept)
      if (!sets) sets = [set]
      else if (!sets.includes(set)) sets.push(set)
    }
  }
  return sets ?? none
}

function holds(
  hit: Hit<CodeSet>,
  index: CodeIndex<CodeSet>,
  concept: CodeableConcept,
  about?: ConceptContext,
): boolean {
  if (hit.needsBreast && !about?.breast && !namesBreast(index, concept)) return false
  return hit.ifText === undefined || says(concept, hit.ifText)
}

function says(concept: CodeableConcept, phrases: PhraseTable<true>): boolean {
  return textsOf(concept).some((text) => {
    const words = wordsOf(text)
    return words.some((_, at) => phrasesAt(phrases, words, at).length > 0)
  })
}

/** A NOS code whose text says lactational belongs to the lactational set. */
function movedSet(set: CodeSet, lexicon: Lexicon, concept: CodeableConcept): CodeSet {
  const move = lexicon.moves.get(set.id)
  if (!move) return set
  const said = textsOf(concept)
    .flatMap((text) => sentencesOf(text).sentences)
    .flatMap((sentence) => readSentence(sentence, lexicon))
    .some(
      (term) =>
        term.current && !term.negated && term.phrase !== undefined && move.ifText.includes(term.phrase),
    )
  return said ? move.set : set
}

/** Sets that the words of a concept assert: doubt keeps a sign, an order or a result, but makes no diagnosis. */
function wordSets(
  { index, lexicon }: Reader,
  concept: CodeableConcept,
  texts: readonly string[],
  codedOnly: boolean,
  about?: ConceptContext,
): ReadonlySet<SetId> {
  const sets = new Set<SetId>()
  const rules = {
    aboutBreast: about?.breast === true || namesBreast(index, concept),
    imaging: false,
    prose: false,
    codedOnly,
  }
  for (const sentence of texts.flatMap((text) => sentencesOf(text).sentences)) {
    if (!codedOnly) for (const { id } of lexicon.exactly.get(sentence.join(' ')) ?? none) sets.add(id)
    for (const { set, state, possible } of setReadings(readSentence(sentence, lexicon), lexicon, rules)) {
      if (state === 'present' && !(possible && set.kind === 'diagnosis')) sets.add(set.id)
    }
  }
  return sets
}

function textsOf({ text, coding }: CodeableConcept): readonly string[] {
  const texts = new Set<string>()
  if (text) texts.add(text)
  for (const { display } of coding ?? none) if (display) texts.add(display)
  return [...texts]
}

/** Has a coding a system the service knows (or, without system, a code it knows)? */
export function isCoded(index: CodeIndex<CodeSet>, concept: CodeableConcept | undefined): boolean {
  for (const coding of concept?.coding ?? none)
    if (isRecognised(index, coding) || (!coding.system && hitsOf(index, coding).length > 0)) return true
  return false
}

/** Do the codes or words of a concept name the breast or nipple? */
export function namesBreast(index: CodeIndex<CodeSet>, concept: CodeableConcept | undefined): boolean {
  if (!concept) return false
  if (textNamesBreast(concept.text)) return true
  return (concept.coding ?? none).some(
    (coding) => textNamesBreast(coding.display) || hitsOf(index, coding).some((hit) => hit.namesBreast),
  )
}

const sideSets: ReadonlyMap<SetId, Side> = new Map([
  ['left', 'left'],
  ['right', 'right'],
  ['both', 'both'],
])

/** Sides that the codes of a body site name. */
export const sidesOfCodes = (index: CodeIndex<CodeSet>, { coding }: CodeableConcept): readonly Side[] =>
  (coding ?? none)
    .flatMap((code) => hitsOf(index, code))
    .flatMap(({ target }) => sideSets.get(target.id) ?? none)
