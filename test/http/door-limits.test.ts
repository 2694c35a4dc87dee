import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { doorLimits } from '../../src/http/door-limits.js'

const page = readFileSync('docs/operate.md', 'utf8')

test.each(Object.values(doorLimits))('docs/operate.md names the limit of $what', ({ most, what }) => {
  expect(page).toContain(`| ${most.toLocaleString('en-US')} | ${what} |`)
})
