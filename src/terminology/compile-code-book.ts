import type { CodeableConcept } from 'fhir/r4.js'
import { CardError, type FileProblem } from '../errors.js'
import type { CodeBook, SetId, SharedCodeBook } from './code-book.js'
import type { CodeContent, CodeEntry, CodeFile, CodeSet } from './code-files.js'
import { codedMatches, codedSets, isCoded, namesBreast, setsOf, sidesOfCodes } from './concept-sets.js'
import { codeIndex, indexed, type IndexedCode } from './code-index.js'
import { systemNames } from './code-systems.js'
import { medicineLookup } from './medicine-index.js'
import { readCodeFiles } from './read-code-files.js'
import { sideOfSites } from './side.js'
import { lexiconOf } from '../facts/text/lexicon.js'
import { readText } from '../facts/text/read-text.js'
import { callTexts, plainTexts, type Texts } from '../facts/text/texts.js'

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
export function compileCodeBook(files: readonly CodeFile[], options: CodeBookOptions): SharedCodeBook {
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
  const bookOf = (texts: Texts): CodeBook => {
    const reader = { index, lexicon, texts }
    const sides = { sidesOfCodes: (site: CodeableConcept) => sidesOfCodes(index, site), wordsIn: texts.words }
    return {
      setsOf: (concept, about) => setsOf(reader, concept, about),
      codedSets: (concept, about) => codedMatches(reader, concept, about),
      codingIn: (set, coding) =>
        coding !== undefined &&
        codedSets(reader, { coding: [coding] }, onTheBreast).some(({ id }) => id === set),
      conceptIn: (set, concept, about) => setsOf(reader, concept, about).some((match) => match.set === set),
      hasRecognisedSystem: (concept) => isCoded(index, concept),
      medicine,
      namesBreast: (concept) => namesBreast(reader, concept),
      plausible: (measure) => content.sets.get(measure)?.plausible,
      sideOf: (sites, words) => sideOfSites(sites ?? none, words, sides),
      readText: (text, context) => {
        const { side, aboutBreast, imaging } = context
        const question = `${side} ${String(aboutBreast)} ${String(imaging)}`
        const prose = texts.prose(text)
        return texts.once(question, text, () => readText(prose, context, lexicon))
      },
    }
  }
  const book = bookOf(plainTexts(lexicon))
  return {
    ...book,
    forCall: (most) => {
      const texts = callTexts(lexicon, most)
      return { codes: bookOf(texts), texts }
    },
  }
}

const none: readonly never[] = []
/** For one coding alone, the place is the caller's business. */
const onTheBreast = { breast: true }

function localCodesOf(
  { sets, ingredients }: CodeContent,
  localCodes: Readonly<Record<SetId, readonly LocalCode[]>>,
) {
  const ofSets: IndexedCode<CodeSet>[] = []
  const ofIngredients: IndexedCode<string>[] = []
  const problems: FileProblem[] = []
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
