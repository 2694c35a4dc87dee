/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { testInFull } from '../depth.js'
import { startAuditSite } from './audit-site.js'
import type { AuditSite } from './audit-site.js'
import { describeInBrowser, seriousFindings } from './chromium.js'

jest.setTimeout(90_000)

describeInBrowser('the audit page', (open) => {
  let site: AuditSite
  beforeAll(async () => {
    site = await startAuditSite()
  })
  afterAll(() => site.close())

  async function shown(page: Page, token = site.token): Promise<void> {
    await page.goto(`${site.base}/audit`)
    await page.getByLabel(/Admin token/).fill(token)
    await page.getByRole('button', { name: 'Show' }).click()
  }

  testInFull('SEC-074: without the right token it shows nothing', async () => {
    const { page } = await open(site.base)
    await shown(page, 'another-token-that-is-long-enough-to-be-one')
    await page.getByRole('alert').waitFor()

    expect(await page.locator('table').count()).toBe(0)
  })

  testInFull('it shows the chain, the figures with intervals, weeks, overrides and cards', async () => {
    const { page, wrong, elsewhere } = await open(site.base)
    await shown(page)
    await page.getByRole('heading', { name: 'Hashes of the chain: whole' }).waitFor()
    const section = (name: string): Promise<string> =>
      page.getByRole('region', { name, exact: true }).first().innerText()

    expect(await section('Hashes of the chain: whole')).toContain('The proof is mastitis-cds audit verify')
    expect(await section('together')).toMatch(/calls\s+60/)
    expect(await section('together')).toMatch(/acceptance of shown\s+[\d.]+ %\s+[\d.]+ to [\d.]+ %/)
    expect(await section('overrides')).toMatch(/patient declines/)
    expect(await section('cards')).toMatch(/ultrasound/)
    expect(await page.locator('svg.weeks circle').count()).toBeGreaterThan(4)
    expect(wrong).toEqual([])
    expect(elsewhere()).toEqual([])
  })

  testInFull('a table can be taken away as CSV', async () => {
    const { page } = await open(site.base)
    await shown(page)
    await page.getByRole('heading', { name: 'Latency' }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).first().click(),
    ])
    const text = readFileSync(await file.path(), 'utf8')

    expect(text.split('\r\n')[0]).toContain('"metric","group","part","unit","value"')
    expect(text).toMatch(/"calls","","","count","60"/)
  })

  testInFull('one call can be followed to its facts, and a replay says what differs', async () => {
    const { page } = await open(site.base)
    await shown(page)
    await page.getByLabel(/Invocation id/).fill(site.invocationId)
    await page.getByRole('button', { name: 'Explain' }).click()
    await page.getByRole('region', { name: 'Lines of the decision' }).waitFor()
    expect(await page.getByRole('region', { name: 'Lines of the decision' }).innerText()).toMatch(/present/)

    await page.getByRole('button', { name: 'Replay this range' }).click()
    await page.getByText('60 calls replayed').waitFor()
    const rows = await page.getByRole('region', { name: 'Differences' }).locator('tbody tr').allInnerTexts()

    expect(rows.join(' ')).toMatch(/ultrasound\s+(card|text|reasons)/)
  })

  testInFull('the token is kept on the page alone', async () => {
    const { page, context } = await open(site.base)
    await shown(page)
    await page.getByRole('heading', { name: 'Latency' }).waitFor()

    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0])
    expect(await context.cookies()).toEqual([])
    expect(page.url()).toBe(`${site.base}/audit`)
  })

  testInFull.each([false, true])('axe finds nothing serious, dark: %p', async (dark) => {
    const { page } = await open(site.base, { dark })
    await shown(page)
    await page.getByRole('heading', { name: 'Latency' }).waitFor()

    expect(await seriousFindings(page)).toEqual([])
  })

  testInFull('it fits 320 px without scrolling sideways', async () => {
    const { page } = await open(site.base, { width: 320 })
    await shown(page)
    await page.getByRole('heading', { name: 'Latency' }).waitFor()

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })
})
