import { CardError, type FileProblem } from '../errors.js'
import type { CodeBook, SetId } from './code-book.js'
import type { CodeContent, CodeEntry, CodeFile, CodeSet } from './code-files.js'
import { chapterOf, hasChapter, otherBreastWords } from './breast-chapters.js'
import { codedSets, isCoded, namesBreast, sidesOfCodes } from './concept-sets.js'
import { codeIndex, indexed, type IndexedCode } from './code-index.js'
import { systemNames } from './code-systems.js'
import { systemFinder } from './system-families.js'
import { measureNamer } from './measure-words.js'
import { medicineLookup } from './medicine-index.js'
import { readCodeFiles } from './read-code-files.js'
import { sideOfSites } from './side.js'

/** A site's own code for a set or an ingredient of the service. */
export interface LocalCode {
  system: string
  code: string
  display?: string
}

export interface CodeBookOptions {
  /** True to load codes of grade U too. */
  allowUnverified: boolean
  /** True to load CPT numbers too, for sites with a licence only. */
  cpt?: boolean
  /** The local codes of `site.yaml`, by set id or ingredient name. */
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

  const codesOf = (sets: readonly CodeSet[]): readonly IndexedCode<CodeSet>[] =>
    sets.flatMap((set) => set.codes.filter(usable).map((entry) => indexed(set, entry)))
  const sets = [...content.sets.values()]
  const codes = codesOf(sets.filter(({ kind }) => kind !== 'chapter'))
  const find = systemFinder(content.systems, recognised, options.allowUnverified)
  const index = codeIndex([...codes, ...local.ofSets], recognised, find)
  const chapters = codeIndex(codesOf(sets.filter(({ kind }) => kind === 'chapter')), recognised, find)
  return {
    codedSets: (concept, about) => codedSets(index, concept, about),
    codingIn: (id, coding) =>
      coding !== undefined &&
      codedSets(index, { coding: [coding] }, onTheBreast).some(({ set }) => set === id),
    hasRecognisedSystem: (concept) => isCoded(index, concept),
    medicine: medicineLookup(content, usable, local.ofIngredients, (codes) =>
      codeIndex(codes, recognised, find),
    ),
    measureNamed: measureNamer(content.sets),
    namesBreast: (concept) => {
      const chapter = namesBreast(index, concept) ? 'open' : chapterOf(chapters, concept)
      return chapter === 'open' || chapter === 'known'
    },
    chapterOf: (concept) => chapterOf(chapters, concept),
    namesBreastElsewhere: otherBreastWords(content.sets),
    chapterKnown: (concept) => hasChapter(find, concept),
    percentOf: (concept) =>
      codedSets(index, concept)
        .map(({ set }) => content.sets.get(set)?.percent)
        .find((percent) => percent !== undefined),
    entryOf: (set, code) => content.sets.get(set)?.codes.find((entry) => entry.code === code),
    ownCodes: ownCodesOf(sets),
    plausible: (measure) => content.sets.get(measure)?.plausible,
    sideOf: (sites = [], words = '') => sideOfSites(sites, words, (site) => sidesOfCodes(index, site)),
  }
}

/** The codes of the service's own system, each once, in the order of the files. */
const ownCodesOf = (sets: readonly CodeSet[]): readonly CodeEntry[] => [
  ...new Map(
    sets
      .flatMap(({ codes }) => codes)
      .filter(({ system }) => system === 'check')
      .map((entry) => [entry.code, entry]),
  ).values(),
]

/** The context of a single coding, whose place the caller decides. */
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
