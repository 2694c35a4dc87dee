import { join } from 'node:path'
import { readContent } from '../../cards/content/load-content.js'
import { readCases } from '../../cards/content/read-cases.js'
import { readYaml } from '../../cards/content/yaml-file.js'
import { CardError } from '../../errors.js'
import { listCodeSets } from '../../terminology/list-code-sets.js'
import { readWordFiles } from '../../terminology/text/read-word-files.js'
import { wordsByTarget } from '../../terminology/text/words-of-targets.js'
import { languagesFile, loadLibrary } from '../../service/load-library.js'
import { catalogue } from '../../workbench/catalogue.js'
import { parameterEntries } from '../../workbench/what-if.js'
import { cardPage } from './card-page.js'
import { codesPage } from './codes-page.js'
import { findingsPage } from './findings-page.js'
import { indexPage } from './index-page.js'
import { parametersPage } from './parameters-page.js'
import { tablesPage } from './tables-page.js'

/** One page below `docs/generated/`. */
export interface GeneratedPage {
  file: string
  text: string
}

/**
 * All pages that are made from the content, for an organisation that changed nothing.
 *
 * Shape:  `file` is the path below the root of the project.
 * Throws: `CardError` when the content is not well formed.
 */
export function generatedPages(root: string): readonly GeneratedPage[] {
  const cardsDir = join(root, 'cards')
  const { pack } = loadLibrary({
    cardsDir,
    mode: 'production',
    canonicalBase: 'https://cds.example.org',
    version: 'generated',
  })
  const content = readContent(cardsDir)
  const { problems } = readCases(content)
  if (problems.length > 0) throw new CardError(problems)
  const { cards } = catalogue(cardsDir, pack, false)
  const codeFiles = content.codes.map((file) => ({
    file: file.file,
    content: readYaml(file).value,
  }))
  const wordFiles = content.words
    .filter(({ file }) => file !== languagesFile)
    .map((file) => ({ file: file.file, content: readYaml(file).value }))
  const { sets, medicines } = listCodeSets(codeFiles, wordsByTarget(readWordFiles(wordFiles), 'medicine'))
  const pages: readonly (readonly [string, string])[] = [
    ['index.md', indexPage(cards)],
    ['decision-tables.md', tablesPage(cards)],
    ['findings.md', findingsPage(cards, sets)],
    ['parameters.md', parametersPage(parameterEntries(cardsDir))],
    ['codes.md', codesPage(sets, medicines)],
    ...cards.map((card) => [`cards/${card.kind}.md`, cardPage(card)] as const),
  ]
  return pages.map(([file, text]) => ({ file: join('docs', 'generated', file), text }))
}
