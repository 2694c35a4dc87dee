import { test } from '@jest/globals'

/** Is everything tried? `DEPTH=full` says so, as `npm run check` does; `npm test` tries a part of what takes longest. */
const inFull = process.env['DEPTH'] === 'full'

/** A test that takes longer than one of `npm test` should: there it is skipped, and said to be. */
export const testInFull = inFull ? test : test.skip

/** How often something is tried: in full, or a part of that. */
export const rounds = (full: number, part: number): number => (inFull ? full : part)

/** All rows in full, else every `nth` of them, spread over the whole table. */
export const someOf = <Row>(rows: readonly Row[], nth: number): readonly Row[] =>
  inFull ? rows : rows.filter((_, at) => at % nth === 0)
