import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { budgets } from '../../src/protocol/limits.js'
import type { TextReading } from '../../src/terminology/text/reading.js'
import { startSite, type Site } from '../web/site.js'

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

const post = (body: unknown): Promise<Response> =>
  fetch(`${site.base}/workbench/read`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('POST /workbench/read', () => {
  test('gives the readings of a text, with their places and rules', async () => {
    const response = await post({ kind: 'exam', text: "Left breast red. Peau d'orange: none" })
    const { readings, language, unread } = (await response.json()) as TextReading

    expect(response.status).toBe(200)
    expect(readings.map(({ term, state, side }) => [term, state, side])).toEqual([
      ['erythema', 'present', 'left'],
      ['peau-d-orange', 'absent', 'left'],
    ])
    expect(readings[1]).toMatchObject({ start: 17, end: 30, rule: 'value-absent' })
    expect([language, unread]).toEqual(['en', []])
  })

  test('a label without an answer is cannot-tell, neither present nor absent', async () => {
    const { readings } = (await (await post({ kind: 'exam', text: 'Fluctuance: ___' })).json()) as TextReading

    expect(readings).toMatchObject([{ term: 'fluctuance', state: 'unreadable' }])
  })

  test.each([
    [{ kind: 'poem', text: 'Red' }, 'kind'],
    [{ kind: 'exam' }, 'text'],
    [{ kind: 'exam', text: 'x'.repeat(budgets.textCharacters.most + 1) }, 'text'],
    [{ kind: 'exam', text: 'Red', about: 1 }, 'about'],
    [{ kind: 'report', text: 'Abscess', modality: 'pet' }, 'modality'],
  ])('refuses a question with a bad field and names the field (%#)', async (body, field) => {
    const response = await post(body)

    expect(response.status).toBe(400)
    expect(await response.text()).toContain(field)
  })

  test('reads a text of the greatest length', async () => {
    const response = await post({ kind: 'exam', text: 'red '.repeat(budgets.textCharacters.most / 4) })

    expect(response.status).toBe(200)
  })
})
