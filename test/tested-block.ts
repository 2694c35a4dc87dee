import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** The fenced block of a page that follows a `<!-- tested: name -->` mark: what a reader pastes is what a test runs. */
export function testedBlock(page: string, name: string): string {
  const mark = new RegExp(`<!-- tested: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``)
  const block = mark.exec(readFileSync(page, 'utf8'))?.[1]
  if (block === undefined) throw new Error(`${page} has no block marked "tested: ${name}"`)
  return block
}

/** A port of this machine that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
