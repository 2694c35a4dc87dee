/// <reference lib="dom" />
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { testInFull } from '../depth.js'
import { aClient, ask } from '../http/rig.js'
import { describeInBrowser, openAll, seriousFindings } from './chromium.js'
import { auditWithKeys, startSite } from './site.js'
import type { Site } from './site.js'

jest.setTimeout(90_000)

const pages = [
  ['Try', '/', '.card'],
  ['Try without a card', '/?patient=healthy-lactating', '.considered'],
  ['a critical card', '/?patient=peau-d-orange-8-days-afebrile', '.card.critical'],
  ['Cards', '/cards', '.kinds'],
  ['one card', '/cards/ultrasound', '.sheet'],
] as const

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

describeInBrowser('every page', (open) => {
  testInFull.each(pages)(
    '%s (%s): axe finds nothing serious, light and dark; waits for %s',
    async (_, path, ready) => {
      const { page, wrong } = await open(site.base)
      await page.goto(site.base + path)
      await page.locator(ready).first().waitFor()
      await openAll(page)

      expect(await seriousFindings(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await seriousFindings(page)).toEqual([])
      expect(wrong).toEqual([])
    },
  )

  testInFull.each(pages)('%s (%s) fits 320 px without scrolling sideways', async (_, path, ready) => {
    const { page } = await open(site.base, { width: 320 })
    await page.goto(site.base + path)
    await page.locator(ready).first().waitFor()

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })

  testInFull(
    'a card says its logic, numbers, cases, evidence, history and that nobody has reviewed it',
    async () => {
      const { page } = await open(site.base)
      await page.goto(`${site.base}/cards/ultrasound`)
      await page.locator('.sheet').waitFor()
      const text = await page.locator('.sheet').innerText()

      expect(text).toMatch(/No clinician has reviewed this card yet/)
      expect(text).toMatch(/No improvement after 48 h of antibiotics calls for a look for a collection/)
      expect(text).toMatch(/response\.dueHours\s+48 h\s+24 to 48/)
      expect(text).toMatch(/review by 2027-05-24/)
      expect(text).toMatch(/1\.0\.0, 2026-11-24: First version.*Approval: draft, not clinically reviewed\./)
      expect(text).toMatch(/Ultrasound is the first-line imaging/)
      expect(text).toMatch(/bibliographic|intended use/)
    },
  )

  testInFull.each(['ultrasound', 'punch-biopsy', 'sepsis'])(
    'the sheet of %s prints on one sheet of A4, both sides',
    async (kind) => {
      const { page } = await open(site.base)
      await page.goto(`${site.base}/cards/${kind}`)
      await page.locator('.sheet').waitFor()
      const pdf = await page.pdf({
        format: 'A4',
        margin: { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' },
      })

      expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length).toBeLessThanOrEqual(2)
    },
  )

  testInFull('a plain case of a card opens in Try with the verdict it promises', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/cards/ultrasound`)
    await page
      .locator('.sheet tr', { hasText: /shown, warning/ })
      .locator('a')
      .first()
      .click()
    await page.locator('.card.warning', { hasText: 'ultrasound' }).first().waitFor()
  })
})

test('SEC-075: only listed files are served, whatever the path says', async () => {
  for (const path of [
    '/assets/../index.html',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/.env',
    '/assets/',
    '/index.html',
    '/cards/__proto__',
    '/cards/nothing',
    '/smart/../package.json',
  ]) {
    const { status, text } = await ask(`${site.base}${path}`)
    expect([path, status]).toEqual([path, 404])
    expect(text).not.toContain('mastitis-cds",')
  }
})

test('hashed assets are kept for a year, pages asked for each time; both with the headers of every answer', async () => {
  const page = await ask(`${site.base}/`)
  const asset = /\/assets\/[\w-]+\.js/.exec(page.text)?.[0] ?? ''
  const { headers } = await ask(`${site.base}${asset}`)

  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  for (const each of [headers, page.headers]) expect(each.get('x-content-type-options')).toBe('nosniff')
})

test('SEC-071: the policy names other origins on /smart/* alone', async () => {
  const policyOf = async (base: string, path: string): Promise<string> =>
    (await ask(`${base}${path}`)).headers.get('content-security-policy') ?? ''
  const strict = await startSite({
    ...{ mode: 'production', auth: 'required', audit: auditWithKeys() },
    smart: {
      clientId: 'mastitis',
      issuers: [{ iss: 'https://ehr.example.org/r4', tokenOrigins: ['https://sign-in.example.org'] }],
    },
    clients: [
      aClient({ fhirServers: ['https://ehr.example.org/r4'], jwks: { keys: [] } }),
      aClient({ id: 'b', iss: 'b', fhirServers: ['https://b.example.org/r4'], jwks: { keys: [] } }),
    ],
  })
  try {
    const own =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    expect(await policyOf(strict.base, '/cards')).toBe(own)
    expect(await policyOf(strict.base, '/smart/app.html')).toBe(own)
    for (const page of ['/smart/app.html?server=', '/smart/launch.html?iss='])
      expect(await policyOf(strict.base, `${page}https%3A%2F%2Fehr.example.org%2Fr4`)).toBe(
        own.replace(
          "connect-src 'self'",
          "connect-src 'self' https://ehr.example.org https://sign-in.example.org",
        ),
      )
    const closed = ['/', '/workbench/start', '/workbench/evaluate', '/workbench/read', '/fhir/Patient']
    const statuses = await Promise.all(
      closed.map(async (path) => (await ask(`${strict.base}${path}`)).status),
    )
    expect(statuses).toEqual([404, 404, 404, 404, 404])
  } finally {
    await strict.close()
  }
})

test('without a registered client the app is not served in production', async () => {
  const strict = await startSite({
    ...{ mode: 'production', auth: 'required', audit: auditWithKeys() },
    clients: [aClient({ fhirServers: ['https://ehr.example.org/r4'], jwks: { keys: [] } })],
  })
  try {
    for (const path of ['/smart/app.html', '/smart/launch.html', '/smart/configuration'])
      expect((await ask(`${strict.base}${path}`)).status).toBe(404)
  } finally {
    await strict.close()
  }
})

test('a foreign page cannot use the routes of the app', async () => {
  const { status } = await ask(`${site.base}/smart/evaluate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' },
    body: '{}',
  })

  expect(status).toBe(404)
})
