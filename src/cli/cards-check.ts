import { readContent } from '../cards/load-content.js'
import { readCases } from '../cards/read-cases.js'
import { problemLine } from '../errors.js'
import { checkLibrary } from '../load-library.js'

/** What `cards check` looks at: the content folder, and a site's settings when given. */
export interface CardsCheckOptions {
  cardsDir: string
  site?: string
}

/**
 * Checks all clinical content, the promises of the cards included, and prints every problem with file, line and fix.
 *
 * Shape: exit code 0 without problems, 1 with; `print` writes one line.
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
