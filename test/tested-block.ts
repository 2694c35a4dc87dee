import { readFileSync } from 'node:fs'

/** The fenced block of a page that follows a `<!-- tested: name -->` mark: what a reader pastes is what a test runs. */
export function testedBlock(page: string, name: string): string {
  const mark = new RegExp(`<!-- tested: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``)
  const block = mark.exec(readFileSync(page, 'utf8'))?.[1]
  if (block === undefined) throw new Error(`${page} has no block marked "tested: ${name}"`)
  return block
}
