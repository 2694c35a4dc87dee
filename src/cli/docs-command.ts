import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generatedPages } from './pages/generated-pages.js'

const help = `npm run docs [-- --check]

Writes the pages below docs/generated/ that are made from cards/ and from the definitions of the findings.

  --check   write nothing; name the pages that are not what they would be now

Example: npm run docs -- --check
Exit code 0, or 1 when --check found a stale page.`

const root = fileURLToPath(new URL('../..', import.meta.url))

const isStale = (file: string, text: string): boolean =>
  !existsSync(file) || readFileSync(file, 'utf8') !== text

/** The command `mastitis-cds docs`: makes the generated pages, or lists the stale ones. */
export function docsCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const stale = generatedPages(root).filter(({ file, text }) => isStale(join(root, file), text))
  for (const { file, text } of stale) {
    console.log(values.check ? `${file} is stale: run npm run docs` : `${file} written`)
    if (values.check) continue
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return Promise.resolve(values.check && stale.length > 0 ? 1 : 0)
}
