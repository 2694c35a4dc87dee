import { loadCards, type PackOptions } from '../cards/content/load-cards.js'
import { readContent, type Content } from '../cards/content/load-content.js'
import type { Site } from '../cards/content/site.js'
import { readYaml, type ContentFile } from '../cards/content/yaml-file.js'
import { CardError, type FileProblem } from '../errors.js'
import { makeQuestionnaire } from '../check/questionnaire.js'
import { compileCodeBook } from '../terminology/compile-code-book.js'
import type { ContentSource } from '../terminology/content-reader.js'
import { localSearches } from '../terminology/searched-sets.js'
import { readLanguageTable } from '../terminology/text/language-table.js'
import { readWordFiles } from '../terminology/text/read-word-files.js'
import { everyLanguage } from '../terminology/text/word-lists.js'
import { compileTextWords, type TextWords } from '../terminology/text/text-words.js'
import type { Library } from './library.js'

/** The folder of the content, and the addresses of the service. */
export interface LibraryOptions extends PackOptions {
  cardsDir: string
  /** The path of the site's settings; without one the site changes nothing. */
  site?: string
}

/**
 * Reads, checks and compiles all clinical content, once at start or at a reload.
 *
 * Throws: `CardError` with every problem of every file, so that nothing surfaces at a bedside.
 */
export function loadLibrary({ cardsDir, site, ...options }: LibraryOptions): Library {
  const { library, problems } = checkLibrary(readContent(cardsDir, site), options)
  if (!library) throw new CardError(problems)
  return library
}

/** The library, or all problems of the content; `cards check` prints the problems. */
export function checkLibrary(
  content: Content,
  options: PackOptions,
): { library?: Library; problems: readonly FileProblem[] } {
  const { pack, site, problems } = loadCards(content, options)
  if (!pack) return { problems }
  const { parameters } = pack
  const found: FileProblem[] = [...problems]
  const codes = orProblems(found, () =>
    compileCodeBook(sourcesOf(content.codes, found), {
      allowUnverified: parameters['codes.allowUnverified'],
      cpt: site.cptLicence,
      localCodes: Object.fromEntries(site.localCodes),
    }),
  )
  const words = orProblems(found, () => wordsOf(sourcesOf(content.words, found), site))
  const [checkFile] = sourcesOf([content.breastCheck], found)
  const check =
    codes && checkFile && orProblems(found, () => makeQuestionnaire(checkFile, codes, options.canonicalBase))
  if (!codes || !words || !check || found.length > 0) return { problems: found }
  return {
    library: Object.freeze({
      reading: { codes, words, check, zone: parameters['time.defaultZone'] },
      words,
      parameters,
      pack,
      localSearches: localSearches(site.localCodes),
    }),
    problems: found,
  }
}

/** Parses the files; a file that cannot be parsed becomes a problem and is left out. */
const sourcesOf = (files: readonly ContentFile[], found: FileProblem[]): readonly ContentSource[] =>
  files.flatMap((file) => {
    const yaml = readYaml(file)
    found.push(...yaml.problems)
    return yaml.problems.length > 0 ? [] : [{ file: file.file, content: yaml.value, lineOf: yaml.lineOf }]
  })

/** The file by which languages are told apart; all other files of words are in the folder of their language. */
export const languagesFile = 'cards/words/languages.yaml'

/** The language that has words for every kind of text. */
const wholeLanguage = 'en'

function wordsOf(sources: readonly ContentSource[], { file, languages, languagesLine }: Site): TextWords {
  const table = sources.find((source) => source.file === languagesFile)
  const files = readWordFiles(sources.filter((source) => source !== table))
  const known = [...new Set(files.map(({ language }) => language))].filter((name) => name !== everyLanguage)
  const unknown = languages.filter((language) => !known.includes(language))
  if (unknown.length > 0)
    throw new CardError(
      unknown.map((language) => ({
        file,
        line: languagesLine,
        says: `there are no words of the language "${language}"`,
        fix: `use ${known.join(', ')}`,
      })),
    )
  if (!languages.includes(wholeLanguage))
    throw new CardError([
      {
        file,
        line: languagesLine,
        says: `"languages" lacks "${wholeLanguage}", the only language that has words for reports, orders and diagnoses`,
        fix: `add ${wholeLanguage}`,
      },
    ])
  return compileTextWords(files, table ? readLanguageTable(table) : new Map(), languages)
}

function orProblems<Compiled>(found: FileProblem[], compile: () => Compiled): Compiled | undefined {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof CardError)) throw error
    found.push(...error.problems)
    return undefined
  }
}
