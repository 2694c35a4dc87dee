/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { testInFull } from '../depth.js'
import { aClient } from '../http/rig.js'
import { describeInBrowser, seriousFindings } from './chromium.js'
import { everything, startEhr } from './ehr.js'
import type { Ehr } from './ehr.js'
import { auditWithKeys, startSite } from './site.js'
import type { Site } from './site.js'

jest.setTimeout(90_000)

describeInBrowser('the SMART app', (open) => {
  let site: Site
  let ehr: Ehr
  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(() => site.close())
  beforeEach(async () => {
    ehr = await startEhr()
  })
  afterEach(() => ehr.close())

  const launchAt = (at: Site, iss = ehr.iss): string =>
    `${at.base}/smart/launch.html?iss=${encodeURIComponent(iss)}&launch=zz-launch`
  const alertOf = (page: Page): Promise<string> => page.getByRole('alert').first().innerText()

  testInFull(
    'a launch signs in with PKCE, reads the chart and shows course, reasons and advice',
    async () => {
      const { page, wrong, elsewhere } = await open(site.base)
      await page.goto(launchAt(site))
      await page.locator('.card').first().waitFor()

      expect(Object.fromEntries(ehr.signIn ?? [])).toMatchObject({
        ...{ response_type: 'code', aud: ehr.iss, launch: 'zz-launch', code_challenge_method: 'S256' },
        redirect_uri: `${site.base}/smart/app.html`,
      })
      expect(await page.locator('.card h3').allInnerTexts()).toHaveLength(3)
      expect(await page.locator('.moment.due').count()).toBe(1)
      expect(wrong).toEqual([])
      expect(elsewhere()).toEqual([ehr.base])
    },
  )

  testInFull('the token lives in memory alone, and neither code nor state stays in the address', async () => {
    const { page, context } = await open(site.base)
    await page.goto(launchAt(site))
    await page.locator('.card').first().waitFor()
    const kept = await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])

    expect(kept).toEqual([0, 0, ''])
    expect(await context.cookies()).toEqual([])
    expect(page.url()).toBe(`${site.base}/smart/app.html`)
  })

  testInFull('SEC-076: a server that is not on the list gets no request at all', async () => {
    const fhirServers = ['https://ehr.example.org/r4']
    const strict = await startSite({
      ...{ mode: 'production', auth: 'required', audit: auditWithKeys() },
      smart: { clientId: 'mastitis', issuers: [] },
      clients: [aClient({ fhirServers, jwks: { keys: [] } })],
    })
    try {
      const { page, elsewhere } = await open(strict.base)
      await page.goto(launchAt(strict))
      await page.getByRole('alert').waitFor()

      expect(await alertOf(page)).toMatch(/not on the list/)
      expect(elsewhere()).toEqual([])
      expect(ehr.asked).toEqual([])
    } finally {
      await strict.close()
    }
  })

  testInFull('SEC-076: a server elsewhere gets no request in development either', async () => {
    const { page, elsewhere } = await open(site.base)
    await page.goto(launchAt(site, 'https://evil.example/fhir'))
    await page.getByRole('alert').waitFor()

    expect(await alertOf(page)).toMatch(/not on the list/)
    expect(elsewhere()).toEqual([])
  })

  testInFull(
    'SEC-076: an answer with another state is stopped before the code is sent anywhere',
    async () => {
      ehr.manners.swapState = true
      const { page } = await open(site.base)
      await page.goto(launchAt(site))
      await page.getByRole('alert').waitFor()

      expect(await alertOf(page)).toMatch(/does not belong to a launch/)
      expect(ehr.asked).not.toContain('POST /token')
    },
  )

  testInFull(
    'SEC-076: an answer that names another sign-in server is stopped, the right one is taken',
    async () => {
      ehr.manners.issuer = 'https://login.example.org'
      ehr.manners.answerIss = 'https://evil.example'
      const { page } = await open(site.base)
      await page.goto(launchAt(site))
      await page.getByRole('alert').waitFor()
      expect(await alertOf(page)).toMatch(/another sign-in server/)
      expect(ehr.asked).not.toContain('POST /token')

      ehr.manners.answerIss = ehr.manners.issuer
      await page.goto(launchAt(site))
      await page.locator('.card').first().waitFor()
      expect(ehr.asked).toContain('POST /token')
    },
  )

  testInFull('SEC-076: a denied scope is refused before anything is read', async () => {
    ehr.manners.scope = 'launch patient/Patient.rs patient/Observation.rs'
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await page.getByRole('alert').waitFor()

    expect(await alertOf(page)).toMatch(/did not allow it to read Condition, MedicationRequest/)
    expect(ehr.asked.filter((line) => line.startsWith('GET /fhir/') && !line.includes('well-known'))).toEqual(
      [],
    )
  })

  testInFull('a refusal on the sign-in page, and an EHR without S256, end with a sentence', async () => {
    ehr.manners.refuse = true
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await page.getByRole('alert').waitFor()
    expect(await alertOf(page)).toMatch(/did not allow it: access_denied/)

    ehr.manners = { scope: everything, plainOnly: true }
    await page.goto(launchAt(site))
    await page.getByText('PKCE with S256').waitFor()
  })

  testInFull('the page opened without a launch reads nothing and says what to do', async () => {
    const { page, elsewhere } = await open(site.base)
    await page.goto(`${site.base}/smart/app.html`)
    await page.getByRole('alert').waitFor()

    expect(await alertOf(page)).toMatch(/Open this page from the EHR/)
    expect(elsewhere()).toEqual([])
  })

  async function fillIn(page: Page): Promise<void> {
    await page.locator('.card').first().waitFor()
    await page
      .getByRole('group', { name: /Which breast/ })
      .getByLabel('left')
      .check()
    await page
      .getByRole('group', { name: /dimpled like orange peel/ })
      .getByLabel('yes')
      .check()
    await page
      .getByRole('group', { name: /A lump that stays/ })
      .getByLabel('no', { exact: true })
      .check()
    await page.getByLabel(/Temperature/).fill('38.9')
    await page.getByLabel(/Began how long ago/).fill('60')
  }

  testInFull(
    'the breast check writes coded Observations on the click alone, and the advice is judged anew',
    async () => {
      const { page, wrong } = await open(site.base)
      await page.goto(launchAt(site))
      await fillIn(page)
      expect(ehr.written).toEqual([])

      await page.getByRole('button', { name: /Write to the EHR/ }).click()
      await page.getByText('Written to the EHR: 3 observations').waitFor()
      await page.locator('.card', { hasText: 'biopsy' }).first().waitFor()

      expect(ehr.written.map(({ code, subject }) => [code.coding?.[0]?.code, subject?.reference])).toEqual([
        ['8310-5', 'Patient/antibiotic-48h-not-improving'],
        ['89164003', 'Patient/antibiotic-48h-not-improving'],
        ['87386002', 'Patient/antibiotic-48h-not-improving'],
      ])
      expect(wrong).toEqual([])
    },
  )

  testInFull(
    'without the right to write it prints what would have been written, and judges as if it had been',
    async () => {
      ehr.manners.scope = everything.replace('patient/Observation.c', '')
      const { page } = await open(site.base)
      await page.goto(launchAt(site))
      await fillIn(page)
      await page.getByRole('button', { name: /Show what would be written/ }).click()
      await page.getByText('Not written: the EHR did not give the right').waitFor()
      await page.locator('.card', { hasText: 'biopsy' }).first().waitFor()

      expect(await page.getByRole('region', { name: 'What would have been written' }).innerText()).toContain(
        '87386002',
      )
      expect(ehr.written).toEqual([])
      expect(ehr.asked.filter((line) => line.startsWith('POST /fhir'))).toEqual([])
    },
  )

  const themes = [
    ['light', false],
    ['dark', true],
  ] as const
  testInFull.each(themes)('axe finds nothing serious on the app in the %s theme', async (_, dark) => {
    const { page } = await open(site.base, { dark })
    await page.goto(launchAt(site))
    await page.locator('.card').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])

    await page.goto(`${site.base}/smart/launch.html`)
    await page.getByRole('alert').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })
})
