/**
 * Takes the pictures of docs/images/: `npm run screenshots`, after `npm run build`.
 *
 * Shape: the pages as they are, with invented patients; a person looks at the difference before it is committed.
 */
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { startAuditSite } from './audit-site.js'
import { chromiumPath, quietFlags } from './chromium-place.js'
import { startEhr } from './ehr.js'
import { startSite } from './site.js'

if (chromiumPath === undefined) throw new Error('no Chromium on this machine')
mkdirSync('docs/images', { recursive: true })
const site = await startSite()
const ehr = await startEhr('peau-d-orange-with-antibiotic-49h-failed')
const audit = await startAuditSite()
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...quietFlags] })

interface Look {
  dark?: boolean
  width?: number
  height?: number
  /** What to do before the picture is taken. */
  first?: (page: Page) => Promise<void>
}

async function picture(name: string, address: string, ready: string, look: Look = {}): Promise<void> {
  const { dark = false, width = 1360, height = 900, first } = look
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator(ready).first().waitFor()
  await first?.(page)
  await page.waitForTimeout(300)
  await page.screenshot({ path: `docs/images/${name}.png` })
  await context.close()
}

await picture('try', `${site.base}/`, '.card')
await picture('try-dark', `${site.base}/?patient=peau-d-orange-with-antibiotic-49h-failed`, '.card', {
  dark: true,
})
await picture('cards', `${site.base}/cards/ultrasound`, '.sheet')
const launch = `${site.base}/smart/launch.html?iss=${encodeURIComponent(ehr.iss)}&launch=demo`
await picture('smart-app', launch, '.card', { height: 1100 })

await picture('audit', `${audit.base}/audit`, 'form', {
  first: async (page) => {
    await page.getByLabel(/Admin token/).fill(audit.token)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('heading', { name: 'Latency' }).waitFor()
  },
})

await browser.close()
await ehr.close()
await audit.close()
await site.close()
