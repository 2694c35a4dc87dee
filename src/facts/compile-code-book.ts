import type { CodeableConcept, Coding } from 'fhir/r4.js'
import { CardError, type Problem } from '../errors.js'
import type { CodeBook, ConceptContext, SetId, SetMatch } from './code-book.js'
import type { CodeContent, CodeEntry, CodeFile, CodeSet } from './codes/code-files.js'
import {
  codeIndex,
  hitsOf,
  indexed,
  isRecognised,
  type CodeIndex,
  type Hit,
  type IndexedCode,
} from './codes/code-index.js'
import { systemNames } from './codes/code-systems.js'
import { medicineLookup } from './codes/medicine-index.js'
import { readCodeFiles } from './codes/read-code-files.js'
import type { Side } from './facts.js'
import { sideOfSites } from './side.js'
import { setReadings } from './text/apply-rules.js'
import { textNamesBreast } from './text/breast-words.js'
import { lexiconOf, type Lexicon } from './text/lexicon.js'
import { phrasesAt, type PhraseTable } from './text/phrases.js'
import { readSentence } from './text/read-sentence.js'
import { readText } from './text/read-text.js'
import { sentencesOf, wordsOf } from './text/tokens.js'

/** A site's own code for one of our sets or ingredients. */
export interface LocalCode {
  system: string
  code: string
  display?: string
}

export interface CodeBookOptions {
  /** Also load codes of grade U. */
  allowUnverified: boolean
  /** Also load CPT numbers: only for sites that hold a licence. */
  cpt?: boolean
  /** By set id or ingredient name, from `site.yaml`. */
  localCodes?: Readonly<Record<SetId, readonly LocalCode[]>>
}

/**
 * Compiles the reviewed files of `cards/codes/` into look-ups.
 *
 * Shape:  the caller has read and parsed the files; nothing is read from disk here.
 * Throws: CardError with every problem, its file and what to change.
 * Source: clinical section 2.
 */
export function compileCodeBook(files: readonly CodeFile[], options: CodeBookOptions): CodeBook {
  const content = readCodeFiles(files)
  const local = localCodesOf(content, options.localCodes ?? {})
  const usable = ({ grade, system }: CodeEntry): boolean =>
    (options.allowUnverified || grade !== 'U') && (options.cpt === true || system !== 'cpt')
  const recognised = systemNames.filter((name) => options.cpt === true || name !== 'cpt')

  const codes = [...content.sets.values()].flatMap((set) =>
    set.codes.filter(usable).map((entry) => indexed(set, entry)),
  )
  const index = codeIndex([...codes, ...local.ofSets], recognised)
  const lexicon = lexiconOf(content.sets)
  const medicine = medicineLookup(content, usable, local.ofIngredients, recognised)
  const reader = { index, lexicon }
  return {
    setsOf: (concept, about) => setsOf(reader, concept, about),
    codingIn: (set, coding) =>
      coding !== undefined && codedSets(reader, { coding: [coding] }).some(({ id }) => id === set),
    conceptIn: (set, concept, about) => setsOf(reader, concept, about).some((match) => match.set === set),
    hasRecognisedSystem: (concept) => isCoded(index, concept),
    medicine,
    namesBreast: (concept) => namesBreast(index, concept),
    sideOf: (sites, words) => sideOfSites(sites ?? none, words, (site) => sidesOfCodes(index, site)),
    readText: (text, context) => readText(text, context, lexicon),
  }
}

interface Reader {
  index: CodeIndex<CodeSet>
  lexicon: Lexicon
}

const none: readonly never[] = []

function localCodesOf(
  { sets, ingredients }: CodeContent,
  localCodes: Readonly<Record<SetId, readonly LocalCode[]>>,
) {
  const ofSets: IndexedCode<CodeSet>[] = []
  const ofIngredients: IndexedCode<string>[] = []
  const problems: Problem[] = []
  for (const [id, codes] of Object.entries(localCodes)) {
    const set = sets.get(id)
    for (const { system, ...code } of codes) {
      if (set) ofSets.push({ target: set, system: { url: system }, ...code })
      else if (ingredients.has(id)) ofIngredients.push({ target: id, system: { url: system }, ...code })
    }
    if (set || ingredients.has(id)) continue
    problems.push({
      file: 'site.yaml',
      says: `localCodes knows no set "${id}"`,
      fix: 'use the id of a set or ingredient of cards/codes',
    })
  }
  if (problems.length > 0) throw new CardError(problems)
  return { ofSets, ofIngredients }
}

/** By code first; by words only if no coding has a recognised system. */
function setsOf(
  reader: Reader,
  concept: CodeableConcept | undefined,
  about?: ConceptContext,
): readonly SetMatch[] {
  if (!concept) return none
  const matches = codedSets(reader, concept, about).map(({ id }) => ({ set: id, fromText: false }))
  const coded = matches.length > 0 || isCoded(reader.index, concept)
  const texts = textsOf(concept)
  if (coded && !texts.some(reader.lexicon.maybeEvenIfCoded)) return matches
  const known = new Set(matches.map(({ set }) => set))
  for (const id of wordSets(reader, concept, texts, coded, about)) {
    if (!known.has(id)) matches.push({ set: id, fromText: true })
  }
  return matches
}

function codedSets(
  { index, lexicon }: Reader,
  concept: CodeableConcept,
  about?: ConceptContext,
): readonly CodeSet[] {
  const sets = new Set<CodeSet>()
  for (const coding of concept.coding ?? none) {
    for (const hit of hitsOf(index, coding)) {
      if (holds(hit, index, concept, about)) sets.add(movedSet(hit.target, lexicon, concept))
    }
  }
  return [...sets]
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

const isCoded = (index: CodeIndex<CodeSet>, concept: CodeableConcept | undefined): boolean =>
  (concept?.coding ?? none).some(
    (coding: Coding) => isRecognised(index, coding) || (!coding.system && hitsOf(index, coding).length > 0),
  )

function namesBreast(index: CodeIndex<CodeSet>, concept: CodeableConcept | undefined): boolean {
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

const sidesOfCodes = (index: CodeIndex<CodeSet>, { coding }: CodeableConcept): readonly Side[] =>
  (coding ?? none)
    .flatMap((code) => hitsOf(index, code))
    .flatMap(({ target }) => sideSets.get(target.id) ?? none)
