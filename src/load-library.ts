import { loadCards, type PackOptions } from './cards/load-cards.js'
import { readContent, type Content } from './cards/load-content.js'
import { readYaml } from './cards/yaml-file.js'
import { CardError, type Problem } from './errors.js'
import { compileCodeBook } from './facts/compile-code-book.js'
import type { CodeBook } from './facts/code-book.js'
import type { Library } from './library.js'

/** Where the content is and how the service is reached. */
export interface LibraryOptions extends PackOptions {
  cardsDir: string
  /** Path of the site's settings; absent: nothing is changed. */
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

/** The library, or all that is wrong with the content; `cards check` prints the problems. */
export function checkLibrary(
  content: Content,
  options: PackOptions,
): { library?: Library; problems: readonly Problem[] } {
  const { pack, site, problems } = loadCards(content, options)
  if (!pack) return { problems }
  const { parameters } = pack
  const found: Problem[] = [...problems]
  const codeFiles = content.codes.flatMap((file) => {
    const yaml = readYaml(file)
    found.push(...yaml.problems)
    return yaml.problems.length > 0 ? [] : [{ file: file.file, content: yaml.value, lineOf: yaml.lineOf }]
  })
  const codes = orProblems(found, () =>
    compileCodeBook(codeFiles, {
      allowUnverified: parameters['codes.allowUnverified'],
      cpt: site.cptLicence,
      localCodes: Object.fromEntries(site.localCodes),
    }),
  )
  if (!codes || found.length > 0) return { problems: found }
  return {
    library: Object.freeze({ reading: { codes, zone: parameters['time.defaultZone'] }, parameters, pack }),
    problems: found,
  }
}

function orProblems(found: Problem[], compile: () => CodeBook): CodeBook | undefined {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof CardError)) throw error
    found.push(...error.problems)
    return undefined
  }
}
