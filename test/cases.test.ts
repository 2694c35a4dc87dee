import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Trace } from '../src/audit/trace.js'
import type { ChosenCard } from '../src/cards/chosen-card.js'
import { decided } from './cases/ask.js'
import { allCases, expectedFile } from './cases/case-file.js'
import type { Case } from './cases/case-file.js'

const titleOf = ({ kind, case: words, expect: verdict }: Case): string => `${kind}: ${words} (${verdict})`

const asked = (cards: readonly ChosenCard[]): boolean =>
  cards.some(
    ({ kind, wire, variant }) => kind === 'reassess' && wire !== undefined && variant === 'could-not-read',
  )

const promises = allCases()
const told = new Map<Case, Promise<Trace | undefined>>()

/** What a case came to, which all tests of it look at. */
function decidedFor(promise: Case): Promise<Trace | undefined> {
  const known = told.get(promise) ?? decided(promise)
  told.set(promise, known)
  return known
}

const consideredFor = async (promise: Case): Promise<readonly ChosenCard[]> =>
  (await decidedFor(promise))?.considered ?? []

test.each(promises.map((promise) => [titleOf(promise), promise] as const))('%s', async (_title, promise) => {
  const considered = await consideredFor(promise)
  const card = considered.find(({ kind }) => kind === promise.kind)

  expect(card?.wire !== undefined).toBe(promise.expect === 'shown')
  if (promise.expect === 'asks') expect(asked(considered)).toBe(true)
  if (promise.indicator) expect(card?.indicator).toBe(promise.indicator)
  if (promise.variant) expect(card?.variant).toBe(promise.variant)
})

const shown = promises.filter((promise) => promise.expect === 'shown')

test.each(shown.map((promise) => [titleOf(promise), promise] as const))(
  'the expected card of %s is the one a clinician sees',
  async (_title, promise) => {
    const file = expectedFile(promise)
    const considered = await consideredFor(promise)

    expect(existsSync(file)).toBe(true)
    expect(considered.find(({ kind }) => kind === promise.kind)?.wire).toEqual(
      withUuids(JSON.parse(readFileSync(file, 'utf8')), considered, promise.kind),
    )
  },
)

/** Expected cards leave uuids out: they are new with every call. */
function withUuids(expected: unknown, considered: readonly ChosenCard[], kind: string): unknown {
  const wire = considered.find((card) => card.kind === kind)?.wire
  const card = expected as { suggestions?: readonly object[]; links?: readonly object[] }
  return {
    ...card,
    uuid: wire?.uuid,
    ...(card.suggestions && {
      suggestions: card.suggestions.map((suggestion, place) => ({
        ...suggestion,
        uuid: wire?.suggestions?.[place]?.uuid,
      })),
    }),
    ...(card.links && {
      links: card.links.map((link, place) => {
        const appContext = wire?.links?.[place]?.appContext
        return { ...link, ...(appContext !== undefined && { appContext }) }
      }),
    }),
  }
}
