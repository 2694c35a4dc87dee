import { existsSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals'
import { chromium } from 'playwright-core'
import { chromiumPath, quietFlags } from './chromium-place.js'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A page with everything that went wrong on it. */
export interface Watched {
  page: Page
  context: BrowserContext
  /** Reports of the Content-Security-Policy, dialogs, errors of scripts. */
  wrong: string[]
  /** Every origin but our own that was asked for anything. */
  elsewhere: () => string[]
}

/** What a test needs of the browser: opens a page of its own, in a profile of its own. */
export type Open = (base: string, look?: { dark?: boolean; width?: number }) => Promise<Watched>

/**
 * Tests that need a browser; where there is none they are skipped, and said to be.
 *
 * Edge: the pages must have been built (`npm run build`); a test that finds none says so.
 */
export function describeInBrowser(name: string, tests: (open: Open) => void): void {
  const executablePath = chromiumPath
  if (executablePath === undefined) {
    process.stderr.write('browser tests skipped: no Chromium\n')
    describe.skip(name, () => tests(() => Promise.reject(new Error('no Chromium'))))
    return
  }
  describe(name, () => {
    let browser: Browser
    let contexts: BrowserContext[] = []
    beforeAll(async () => {
      if (!existsSync('dist/web/index.html')) throw new Error('the pages are not built: npm run build')
      browser = await chromium.launch({ executablePath, args: [...quietFlags] })
    })
    afterEach(async () => {
      for (const context of contexts) await context.close()
      contexts = []
    })
    afterAll(() => browser.close())
    tests(async (base, { dark = false, width = 1280 } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
      })
      contexts.push(context)
      return watched(await context.newPage(), context, base)
    })
  })
}

function watched(page: Page, context: BrowserContext, base: string): Watched {
  const wrong: string[] = []
  const asked = new Set<string>()
  page.setDefaultTimeout(20_000)
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) wrong.push(`policy: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('request', (request) => asked.add(new URL(request.url()).origin))
  return { page, context, wrong, elsewhere: () => [...asked].filter((origin) => origin !== base) }
}

const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

/** Opens everything on the page that can be opened. */
export const openAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/** What axe finds serious or critical by WCAG 2.2 AA, as "rule: element". */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Axe {
      run: (options: object) => Promise<{
        violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
      }>
    }
    const { axe } = globalThis as unknown as { axe: Axe }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
      )
  })
}
