/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { testInFull } from '../depth.js'
import { describeInBrowser, openAll } from './chromium.js'
import { hostileBundle, hostileWords } from './hostile-bundle.js'
import { startSite } from './site.js'
import type { Site } from './site.js'

jest.setTimeout(90_000)

const hour = 3_600_000

test('JavaScript sent for the page Try is at most 60 kB gzip', () => {
  const scripts = readFileSync('dist/web/index.html', 'utf8').matchAll(/\/assets\/([\w-]+\.js)/g)
  const bytes = [...scripts].map(([, name = '']) => gzipSync(readFileSync(`dist/web/assets/${name}`)).length)
  const whole = bytes.reduce((sum, size) => sum + size, 0)

  expect(bytes.length).toBeGreaterThan(0)
  expect(whole).toBeLessThanOrEqual(60_000)
})

test('SEC-071: no built page holds a script, a style or a handler of its own', () => {
  const pages = readdirSync('dist/web').filter((name) => name.endsWith('.html'))

  for (const name of pages)
    expect(readFileSync(`dist/web/${name}`, 'utf8')).not.toMatch(
      /<script(?![^>]*\ssrc=)|<style|\son\w+=|style=/,
    )
  expect(pages.length).toBeGreaterThanOrEqual(4)
})

/** Centre of an element on the axis of time. */
async function across(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`${selector} is not on screen`)
  return box.x
}

describeInBrowser('Try', (open) => {
  let site: Site
  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(() => site.close())

  test('a cold start shows the first card with its timeline, and asks nobody but the service', async () => {
    const fresh = await startSite()
    try {
      const { page, wrong, elsewhere } = await open(fresh.base)
      await page.goto(fresh.base)
      await page.locator('.card').first().waitFor()
      await page.locator('.course canvas').waitFor()

      expect(await page.locator('.card h3').first().innerText()).toBe(
        'No improvement at 48 h of antibiotics (left breast): breast ultrasound advised to look for a collection.',
      )
      expect(wrong).toEqual([])
      expect(elsewhere()).toEqual([])
    } finally {
      await fresh.close()
    }
  })

  testInFull('the marks of the timeline stand at the right hours', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/?patient=antibiotic-48h-not-improving`)
    await page.locator('.moment.late').waitFor()
    const at = async (kind: string): Promise<number> =>
      Number(await page.locator(`.moment.${kind}`).getAttribute('data-at'))
    const [cover, due, late, now] = await Promise.all([at('cover'), at('due'), at('late'), at('now')])

    expect([(due - cover) / hour, (late - cover) / hour]).toEqual([48, 72])
    expect(now - due).toBeGreaterThanOrEqual(0)
    expect(now - due).toBeLessThan(2 * 60_000)

    const xCover = await across(page, '.moment.cover')
    const xDue = await across(page, '.moment.due')
    const xLate = await across(page, '.moment.late')
    const xBar = await across(page, '.course .bar')
    expect((xDue - xCover) / (xLate - xCover)).toBeCloseTo(48 / 72, 2)
    expect(Math.abs(xBar - xCover)).toBeLessThan(2)

    const marks = await page
      .locator('.course .mark.signs')
      .evaluateAll((elements) => elements.map((element) => Number((element as HTMLElement).dataset['at'])))
    expect(marks.map((mark) => Math.round((mark - cover) / hour)).sort((one, other) => one - other)).toEqual([
      -1, -1, 46,
    ])
  })

  testInFull('the curve and the lanes share one axis of time, also at 320 px', async () => {
    for (const width of [1280, 320]) {
      const { page } = await open(site.base, { width })
      await page.goto(site.base)
      await page.locator('.course .u-over').waitFor()
      const boxes = await page.evaluate(() =>
        ['.course .u-over', '.course .track', '.course .over'].map((selector) => {
          const { left, right } = document.querySelector(selector)?.getBoundingClientRect() ?? {
            left: 0,
            right: 1e9,
          }
          return [left, right]
        }),
      )
      const [curve = [], track = [], over = []] = boxes
      for (const end of [0, 1]) {
        expect(Math.abs((curve[end] ?? 0) - (track[end] ?? 0))).toBeLessThan(2)
        expect(Math.abs((curve[end] ?? 0) - (over[end] ?? 0))).toBeLessThan(2)
      }
    }
  })

  testInFull('the table beside the timeline says the same in words', async () => {
    const { page } = await open(site.base)
    await page.goto(site.base)
    await page.getByText('The course as a table').click()
    const table = await page.locator('.panel table').first().innerText()

    expect(table).toMatch(/temperature 39 °C/)
    expect(table).toMatch(/−48 h\s+antibiotic: dicloxacillin, request, active, goes on/)
    expect(table).toMatch(/breast redness\s+left\s+Observation\/obs-5/)
  })

  test('a text that is typed is marked by state, with the words behind each reading', async () => {
    const { page, wrong } = await open(site.base)
    await page.goto(site.base)
    await page.getByLabel('Text to read').fill("Left breast red, no fluctuance. Peau d'orange: ___")
    await page.locator('.read-text', { hasText: 'Left breast red' }).waitFor()
    const marks = await page.locator('.read-text mark').allInnerTexts()

    expect(marks.map((text) => text.trim())).toEqual([
      'red erythema, left: present',
      'fluctuance fluctuance, left: absent',
      "Peau d'orange peau d orange, left: unreadable",
    ])
    await page.getByText('Why: the words and the rule behind each').click()
    expect(await page.locator('.panel table', { hasText: 'By the words' }).innerText()).toMatch(
      /no fluctuance\s+denied-before/,
    )
    expect(wrong).toEqual([])
  })

  test('a text with markup is shown as the text that it is', async () => {
    const { page, wrong } = await open(site.base)
    await page.goto(site.base)
    await page.getByLabel('Text to read').fill('Breast <img src=x onerror=alert(1)> red')
    await page.locator('.read-text', { hasText: 'onerror' }).waitFor()

    expect(await page.locator('.read-text').innerText()).toContain('<img src=x onerror=alert(1)>')
    expect(await page.locator('.read-text img').count()).toBe(0)
    expect(wrong).toEqual([])
  })

  test('an accepted suggestion and an override reach the audit store', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/?patient=antibiotic-72h-not-improving`).catch(() => undefined)
    await page.goto(`${site.base}/?patient=antibiotic-48h-not-improving`)
    const cards = page.locator('.card')
    await cards
      .first()
      .getByRole('button', { name: /Order left breast ultrasound/ })
      .click()
    await cards.first().getByText('Accepted: Order left breast ultrasound').waitFor()
    const second = cards.nth(1)
    await second.locator('summary', { hasText: 'Override' }).click()
    await second.getByLabel('Reason').selectOption({ index: 1 })
    await second.getByRole('button', { name: 'Override this card' }).click()
    await second.getByText('Overridden.').waitFor()

    const db = openDatabase(site.database)
    const stored = await db
      .selectFrom('feedback')
      .innerJoin('cards', 'cards.uuid', 'feedback.card')
      .select(['kind', 'outcome'])
      .orderBy('outcome')
      .execute()
    await db.destroy()
    expect(stored).toEqual([
      { kind: 'ultrasound', outcome: 'accepted' },
      { kind: 'continue-breastfeeding', outcome: 'overridden' },
    ])

    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByText('it was overridden recently and nothing is new since').waitFor()
  })

  testInFull('a question about another moment is answered, and cannot be accepted', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/?patient=antibiotic-48h-not-improving&t=-1`)
    await page.getByText('this answer is not recorded').first().waitFor()

    expect(await page.locator('.card').count()).toBe(1)
    expect(await page.locator('.card .suggestions button:enabled').count()).toBe(0)
  })

  testInFull('a moved number shows the difference, and the address brings it back', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/?patient=antibiotic-47h-not-improving`)
    await page.locator('.card').first().waitFor()
    await page.getByText('What if the numbers were others').click()
    const slider = page.getByRole('slider', { name: /response.dueHours/ })
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await page.locator('.difference').getByText('(differs)').first().waitFor()

    expect(page.url()).toContain('p=response.dueHours%3A47')
    const { page: other } = await open(site.base)
    await other.goto(page.url())
    await other.locator('.difference').waitFor()
    expect(await other.locator('.difference div').nth(1).innerText()).toMatch(/breast ultrasound advised/)
  })

  testInFull('a finding opens the resource it came from', async () => {
    const { page } = await open(site.base)
    await page.goto(site.base)
    await page.locator('.evidence button', { hasText: 'Condition/cond-2' }).first().click()
    await page.locator('dialog[open]').waitFor()

    expect(await page.locator('dialog pre').innerText()).toContain('"code": "O91.23"')
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
  })

  testInFull('every card that is not shown says which condition hid it', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/?patient=healthy-lactating`)
    await page.getByText('Nothing to say about this patient').waitFor()
    const hidden = page.locator('.considered', { hasText: 'Ultrasound' }).first()
    await hidden.locator('summary').click()

    expect(await hidden.innerText()).toMatch(/✗ .*must be present, is absent/)
  })

  testInFull(
    'SEC-071: hostile names, notes, displays and keys stay text: no policy report, dialog or tag',
    async () => {
      const { page, wrong, elsewhere } = await open(site.base)
      await page.goto(site.base)
      await page.locator('.card').first().waitFor()
      await page.getByText('Or your own Bundle').click()
      await page.getByLabel(/Paste a FHIR/).fill(JSON.stringify(hostileBundle()))
      await page.getByRole('button', { name: 'Ask about this Bundle' }).click()
      await page.getByText('Asked about: pasted Bundle').waitFor()
      await page.locator('.card').first().waitFor()
      await openAll(page)
      for (const button of (await page.locator('.evidence button').all()).slice(0, 10)) {
        if (!(await button.isVisible())) continue
        await button.click()
        await page.locator('dialog[open]').getByRole('button', { name: 'Close' }).click()
      }
      await page.waitForLoadState('networkidle')
      const bad = await page.evaluate(() => ({
        tags: document.querySelectorAll(
          '#page img, #page script, #page iframe, #page b, #page marquee, #page style',
        ).length,
        links: [...document.querySelectorAll('a')]
          .map((link) => link.href)
          .filter((href) => !/^https?:/.test(href)),
        foreign: [...document.querySelectorAll('a')].filter((link) => link.href.includes('evil.example'))
          .length,
        wide: document.documentElement.scrollWidth > innerWidth,
      }))

      expect(bad).toEqual({ tags: 0, links: [], foreign: 0, wide: false })
      expect(wrong).toEqual([])
      expect(elsewhere()).toEqual([])
      expect(await page.locator('pre').first().innerText()).not.toBe('')
      expect(hostileWords.length).toBeGreaterThan(5)
    },
  )

  testInFull('the way from a story to an override needs the keyboard alone', async () => {
    const { page } = await open(site.base)
    await page.goto(`${site.base}/?patient=drained-48h-still-febrile`)
    await page.locator('.card').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    const until = async (found: () => boolean | undefined, most = 300): Promise<void> => {
      for (let press = 0; press < most; press += 1) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(found)) return
      }
      throw new Error('not reached by Tab')
    }
    await until(() => document.activeElement?.matches('select[size]'))
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(/patient=drained-6-days/)
    await page.keyboard.press('ArrowUp')
    await page.waitForURL(/patient=drained-48h/)
    await page.locator('.card').first().waitFor()
    await until(
      () =>
        document.activeElement?.matches('.card summary') && document.activeElement.textContent === 'Override',
    )
    await page.keyboard.press('Enter')
    await until(() => document.activeElement?.matches('.override select'))
    await page.keyboard.press('ArrowDown')
    await until(() => document.activeElement?.textContent === 'Override this card')
    await page.keyboard.press('Enter')
    await page.getByText('Overridden.').waitFor()
  })
})
