/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals'
import type { Observation } from 'fhir/r4.js'
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

  const sign = (page: Page, name: RegExp) => page.getByRole('group', { name })
  const press = (page: Page, group: RegExp, answer: string): Promise<void> =>
    sign(page, group).getByLabel(answer, { exact: true }).check()

  async function fillIn(page: Page): Promise<void> {
    await page.getByRole('heading', { name: 'Breast check' }).waitFor()
    await press(page, /Which breast/, 'Left breast')
    await press(page, /dimpled like orange peel/, 'Yes')
    await sign(page, /dimpled like orange peel/)
      .getByRole('combobox')
      .selectOption('days')
    await sign(page, /dimpled like orange peel/)
      .getByRole('spinbutton')
      .fill('10')
    await press(page, /lump that does not go away/, 'No')
    await page.getByLabel('Temperature now').fill('102')
    await page.getByLabel('°F').check()
  }

  testInFull(
    'the breast check writes coded findings on the second click alone, and the advice is judged anew',
    async () => {
      const { page, wrong } = await open(site.base)
      await page.goto(launchAt(site))
      await fillIn(page)
      await page.getByRole('button', { name: 'Review 3 findings' }).click()
      await page.getByRole('heading', { name: /Write this to the chart of/ }).waitFor()
      expect(ehr.written).toEqual([])

      await page.getByRole('button', { name: /^Write 3 findings to the chart of/ }).click()
      await page.getByRole('heading', { name: 'Written: 3 of 3 findings' }).waitFor()
      await page.locator('.card', { hasText: 'biopsy' }).first().waitFor()

      expect(ehr.written.map(({ code }) => code?.coding?.[0]?.code)).toEqual([
        '8310-5',
        '89164003',
        '87386002',
      ])
      expect(ehr.written).toMatchObject([
        { valueQuantity: { value: 102, code: '[degF]' } },
        { bodySite: { coding: [{ code: '80248007' }] } },
        {},
      ])
      const onset = (ehr.written[2] as Observation).effectivePeriod
      expect(Date.parse(onset?.end ?? '') - Date.parse(onset?.start ?? '')).toBe(10 * 86_400_000)
      for (const written of ehr.written)
        expect(written).toMatchObject({
          subject: { reference: 'Patient/antibiotic-48h-not-improving' },
          encounter: { reference: 'Encounter/visit' },
          performer: [{ reference: 'Practitioner/midwife' }],
        })
      expect(wrong).toEqual([])
    },
  )

  testInFull('an answer can be left open again, and an open check offers nothing to write', async () => {
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await press(page, /dimpled like orange peel/, 'Yes')
    await page.getByRole('button', { name: 'Review 1 finding' }).waitFor()
    await page.getByRole('button', { name: /Leave open: Skin dimpled/ }).click()

    expect(await page.getByRole('button', { name: 'Review 0 findings' }).isDisabled()).toBe(true)
  })

  testInFull('the onset of a sign is asked only where the sign is there', async () => {
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await press(page, /dimpled like orange peel/, 'No')
    expect(
      await sign(page, /dimpled like orange peel/)
        .getByRole('combobox')
        .count(),
    ).toBe(0)

    await press(page, /dimpled like orange peel/, 'Yes')
    expect(
      await sign(page, /dimpled like orange peel/)
        .getByRole('combobox')
        .count(),
    ).toBe(1)
  })

  testInFull('a temperature outside the limits is no answer, in either unit', async () => {
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await page.getByLabel('Temperature now').fill('102')
    await page.getByText('35 to 45 °C, 95 to 113 °F.').waitFor()
    await page.getByLabel('°F').check()

    expect(await page.getByText('35 to 45 °C, 95 to 113 °F.').count()).toBe(0)
    await page.getByRole('button', { name: 'Review 1 finding' }).waitFor()
  })

  testInFull(
    'after a death feeding is neither asked nor written, and the infant is a Condition',
    async () => {
      const { page } = await open(site.base)
      await page.goto(launchAt(site))
      await press(page, /Breastfeeding or chestfeeding/, 'Currently breastfeeding')
      await press(page, /How is the baby/, 'Infant died')
      expect(await page.getByRole('group', { name: /Breastfeeding or chestfeeding/ }).count()).toBe(0)

      await page.getByRole('button', { name: 'Review 1 finding' }).click()
      await page.getByRole('button', { name: /^Write 1 finding to/ }).click()
      await page.getByRole('heading', { name: 'Written: 1 of 1 findings' }).waitFor()
      expect(ehr.written).toMatchObject([
        { resourceType: 'Condition', code: { coding: [{ code: 'infant-died' }], text: 'Infant died' } },
      ])
    },
  )

  testInFull('the course is asked where an antibiotic is on record, and not elsewhere', async () => {
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await page.getByRole('group', { name: /Since the antibiotic began/ }).waitFor()

    const other = await startEhr('mastitis-24h-no-antibiotic')
    try {
      await page.goto(launchAt(site, other.iss))
      await page.getByRole('group', { name: /How is the baby/ }).waitFor()
      expect(await page.getByRole('group', { name: /Since the antibiotic began/ }).count()).toBe(0)
    } finally {
      await other.close()
    }
  })

  testInFull(
    'what the EHR did not keep is written by a second press, and nothing is written twice',
    async () => {
      const { page } = await open(site.base)
      await page.goto(launchAt(site))
      await fillIn(page)
      ehr.manners.failAfter = 1
      await page.getByRole('button', { name: 'Review 3 findings' }).click()
      await page.getByRole('button', { name: /^Write 3 findings/ }).click()
      await page.getByRole('heading', { name: '1 of 3 findings were written, 2 were not' }).waitFor()
      expect(ehr.written).toHaveLength(1)

      delete ehr.manners.failAfter
      await page.getByRole('button', { name: 'Write the 2 again' }).click()
      await page.getByRole('heading', { name: 'Written: 3 of 3 findings' }).waitFor()
      const identifiers = ehr.written.map(({ identifier }) => identifier?.[0]?.value)
      expect(new Set(identifiers).size).toBe(3)
    },
  )

  testInFull('a finding that was kept without an answer is found again, and not written twice', async () => {
    const { page } = await open(site.base)
    await page.goto(launchAt(site))
    await fillIn(page)
    ehr.manners.lateAfter = 1
    await page.getByRole('button', { name: 'Review 3 findings' }).click()
    await page.getByRole('button', { name: /^Write 3 findings/ }).click()
    await page.getByRole('cell', { name: 'no answer of the EHR' }).waitFor()
    expect(ehr.written).toHaveLength(2)

    delete ehr.manners.lateAfter
    await page.getByRole('button', { name: 'Write the 2 again' }).click()
    await page.getByRole('heading', { name: 'Written: 3 of 3 findings' }).waitFor()
    expect(ehr.written).toHaveLength(3)
  })

  testInFull(
    'without the right to write it gives a note, and judges as if the check stood in the chart',
    async () => {
      ehr.manners.scope = everything.replace('patient/Observation.c patient/Condition.c', '')
      const { page } = await open(site.base)
      await page.goto(launchAt(site))
      await fillIn(page)
      await page.getByRole('button', { name: 'Review 3 findings' }).click()
      await page.getByText('This sign-in may read, not write').waitFor()
      expect(await page.getByLabel('The check as a note').innerText()).toContain('102 °F')

      await page.getByRole('button', { name: 'Judge as if it were written' }).click()
      await page.locator('.card', { hasText: 'biopsy' }).first().waitFor()
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
