import { readContent } from '../cards/content/load-content.js'
import { readCases } from '../cards/content/read-cases.js'
import { problemLine } from '../errors.js'
import { checkLibrary } from '../service/load-library.js'

/** The content folder that `cards check` checks, and the settings of a site if there are any. */
export interface CardsCheckOptions {
  cardsDir: string
  site?: string
}

/**
 * Checks all clinical content, including the promises of the cards, and prints every problem with file, line and fix.
 *
 * Shape: exit code 0 without problems, 1 otherwise; `print` writes one line.
 */
export function cardsCheck({ cardsDir, site }: CardsCheckOptions, print: (line: string) => void): number {
  const content = readContent(cardsDir, site)
  const { problems: found, library } = checkLibrary(content, {
    mode: 'production',
    canonicalBase: 'https://cds.example.org',
  })
  const problems = [...found, ...readCases(content).problems]
  for (const problem of problems) print(problemLine(problem))
  if (!library || problems.length > 0) {
    print(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`)
    return 1
  }
  const drafts = library.pack.cards.filter(({ status }) => status === 'draft').length
  print(`${library.pack.cards.length} cards are well formed; ${drafts} of them are drafts`)
  return 0
}
