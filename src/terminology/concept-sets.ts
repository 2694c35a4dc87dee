import type { CodeableConcept } from 'fhir/r4.js'
import type { CodedSet, ConceptContext, SetId, SetMatch } from './code-book.js'
import type { Side } from './concepts.js'
import { setReadings } from '../facts/text/apply-rules.js'
import { textNamesBreast } from '../facts/text/breast-words.js'
import type { Lexicon } from '../facts/text/lexicon.js'
import { phrasesAt, type PhraseTable } from '../facts/text/phrases.js'
import type { ReadSentence, Texts } from '../facts/text/texts.js'
import type { CodeSet } from './code-files.js'
import { hitsOf, isRecognised, type CodeIndex, type Hit } from './code-index.js'

interface Reader {
  index: CodeIndex<CodeSet>
  lexicon: Lexicon
  texts: Texts
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
  for (const id of wordSets(reader, concept, coded, about)) {
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
  reader: Reader,
  concept: CodeableConcept,
  about?: ConceptContext,
): readonly CodeSet[] {
  const hits = hitsOnPlace(reader, concept, about)
  return hits.length === 0 ? none : [...new Set(hits.map(({ target }) => movedSet(target, reader, concept)))]
}

/** The sets that the codes of a concept give, each once, with how closely the codes say so; its words change nothing. */
export function codedMatches(
  reader: Reader,
  concept: CodeableConcept | undefined,
  about?: ConceptContext,
): readonly CodedSet[] {
  const hits = concept ? hitsOnPlace(reader, concept, about) : none
  const sets = new Map<SetId, boolean>()
  for (const { target, specific } of hits) sets.set(target.id, specific || sets.get(target.id) === true)
  return [...sets].map(([set, specific]) => ({ set, specific }))
}

function hitsOnPlace(
  reader: Reader,
  concept: CodeableConcept,
  about?: ConceptContext,
): readonly Hit<CodeSet>[] {
  let hits: Hit<CodeSet>[] | undefined
  for (const coding of concept.coding ?? none) {
    for (const hit of hitsOf(reader.index, coding)) {
      if (holds(hit, reader, concept, about)) (hits ??= []).push(hit)
    }
  }
  return hits ?? none
}

function holds(hit: Hit<CodeSet>, reader: Reader, concept: CodeableConcept, about?: ConceptContext): boolean {
  if (hit.needsBreast && !about?.breast && !namesBreast(reader, concept)) return false
  return hit.ifText === undefined || says(concept, hit.ifText, reader.texts)
}

function says(concept: CodeableConcept, phrases: PhraseTable<true>, texts: Texts): boolean {
  return textsOf(concept).some((text) => {
    const words = texts.words(text)
    return words.some((_, at) => phrasesAt(phrases, words, at).length > 0)
  })
}

/** A NOS code whose text says lactational belongs to the lactational set. */
function movedSet(set: CodeSet, { lexicon, texts }: Reader, concept: CodeableConcept): CodeSet {
  const move = lexicon.moves.get(set.id)
  if (!move) return set
  const said = textsOf(concept)
    .flatMap(texts.names)
    .flatMap(({ terms }) => terms)
    .some(
      (term) =>
        term.current && !term.negated && term.phrase !== undefined && move.ifText.includes(term.phrase),
    )
  return said ? move.set : set
}

/** Sets that the words of a concept assert: doubt keeps a sign, an order or a result, but makes no diagnosis. */
function wordSets(
  reader: Reader,
  concept: CodeableConcept,
  codedOnly: boolean,
  about?: ConceptContext,
): ReadonlySet<SetId> {
  const aboutBreast = about?.breast === true || namesBreast(reader, concept)
  const question = `sets ${String(aboutBreast)} ${String(codedOnly)}`
  const sets = new Set<SetId>()
  for (const text of textsOf(concept)) {
    const sentences = reader.texts.names(text)
    const asserted = reader.texts.once(question, text, () =>
      assertedSets(sentences, reader.lexicon, { aboutBreast, codedOnly }),
    )
    for (const id of asserted) sets.add(id)
  }
  return sets
}

function assertedSets(
  sentences: readonly ReadSentence[],
  lexicon: Lexicon,
  about: { aboutBreast: boolean; codedOnly: boolean },
): ReadonlySet<SetId> {
  const sets = new Set<SetId>()
  for (const { words, terms } of sentences) {
    if (!about.codedOnly) for (const { id } of lexicon.exactly.get(words.join(' ')) ?? none) sets.add(id)
    for (const { set, state, possible } of setReadings(terms, lexicon, {
      ...about,
      imaging: false,
      prose: false,
    })) {
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
export function namesBreast(
  { index, texts }: Pick<Reader, 'index' | 'texts'>,
  concept: CodeableConcept | undefined,
): boolean {
  if (!concept) return false
  if (textNamesBreast(concept.text, texts.words)) return true
  return (concept.coding ?? none).some(
    (coding) =>
      textNamesBreast(coding.display, texts.words) || hitsOf(index, coding).some((hit) => hit.namesBreast),
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
