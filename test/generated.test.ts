import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { errorCatalogue } from '../src/protocol/error-catalogue.js'
import { pages } from './generated/pages.js'

test.each(pages.map((page) => [page.file, page] as const))(
  '%s is what the code says; else run npm run pages',
  (file, { render }) => {
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(render())
  },
)

test('every error says what it means and what to do next, in whole sentences', () => {
  for (const [code, { status, means, next }] of Object.entries(errorCatalogue)) {
    expect([code, means, next]).toEqual([code, expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)])
    expect(status).toBeGreaterThanOrEqual(400)
  }
})
