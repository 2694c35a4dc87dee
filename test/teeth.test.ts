import { beforeAll, expect, test } from '@jest/globals'
import type { Assessment } from '../src/assess/assessment.js'
import type { CardPack } from '../src/cards/card-pack.js'
import { askRows } from '../src/cards/choose/held-rows.js'
import { libraryWith } from './cases/ask.js'
import { allCases } from './cases/case-file.js'
import { assessedBy, cardOf, consideredBy, readCase, verdictOf, type ReadCase } from './cases/outcome.js'
import { parameterNudges, withParameter, type Nudge } from './cases/parameter-nudges.js'
import { rowMutations, type RowMutation } from './cases/row-mutations.js'

/** A case as the rules of the repository judge it. */
interface Judged {
  read: ReadCase
  assessment: Assessment
  verdict: string
  card: string
}

const library = libraryWith()
const promises = allCases().filter(({ parameters }) => !parameters)
let judged: readonly Judged[]

const judge = (read: ReadCase): Judged => {
  const assessment = assessedBy(read, library.parameters)
  const considered = consideredBy(read, library.pack, assessment)
  return { read, assessment, verdict: verdictOf(read, considered), card: cardOf(read, considered) }
}

beforeAll(async () => {
  judged = (await Promise.all(promises.map((promise) => readCase(promise, library)))).map(judge)
})

const rowsHeld = (pack: CardPack, { read, assessment }: Judged): string =>
  askRows(
    pack.cards.find(({ kind }) => kind === read.promise.kind)?.rowsOf.get(read.request.hook) ?? [],
    assessment.scopes,
  )
    .held.map(({ row, scope }) => `${row.id} ${scope.side ?? ''}`)
    .join()

/** Does a case of the card hold other rows now, and does its clinician or its auditor see it? */
const isNoticed = ({ kind, pack }: RowMutation): boolean =>
  judged.some((promise) => {
    const { read, assessment, card } = promise
    if (read.promise.kind !== kind) return false
    if (rowsHeld(library.pack, promise) === rowsHeld(pack, promise)) return false
    return cardOf(read, consideredBy(read, pack, assessment)) !== card
  })

test('dropping any row, any condition of a row, or any stage of a condition, changes the card of some case, or its recorded reasons', () => {
  const survivors = rowMutations(library.pack).filter((mutation) => !isNoticed(mutation))

  expect(survivors.map(({ name }) => name)).toEqual([])
})

/** Parameters that are worked into the content when it is loaded, or decide how the chart is read. */
const workedIn = new Set(['cards.overrideSepsisHours', 'culture.onFailure', 'codes.allowUnverified'])

/** A parameter of the length of a card, which changes no card but its last lines; the test of rendering holds both sides. */
const shapesLength: ReadonlySet<string> = new Set(['cards.maxLines'])

/** The cases that say they stand at the edge of a parameter. */
const casesAt = ({ parameter }: Nudge): readonly Judged[] =>
  judged.filter(({ read }) => read.promise.edge_of?.includes(parameter))

/** Does one of them end otherwise: shown or hidden, in another variant or indicator, or with other hours? */
function endsOtherwise(nudge: Nudge): boolean {
  const { parameters } = nudge
  const pack = { ...library.pack, parameters }
  return casesAt(nudge).some(
    ({ read, verdict }) =>
      verdictOf(read, consideredBy(read, pack, assessedBy(read, parameters))) !== verdict,
  )
}

async function endsOtherwiseWhenLoaded(nudge: Nudge): Promise<boolean> {
  const changed = withParameter(nudge)
  for (const { read, verdict } of casesAt(nudge)) {
    const again = await readCase(read.promise, changed)
    const considered = consideredBy(again, changed.pack, assessedBy(again, changed.parameters))
    if (verdictOf(again, considered) !== verdict) return true
  }
  return false
}

test('one step up or down of any parameter, and each switch, changes a case that stands at its edge', async () => {
  const survivors: string[] = []
  for (const nudge of parameterNudges(library.parameters)) {
    if (shapesLength.has(nudge.parameter)) continue
    const noticed = workedIn.has(nudge.parameter)
      ? await endsOtherwiseWhenLoaded(nudge)
      : endsOtherwise(nudge)
    if (!noticed) survivors.push(nudge.name)
  }

  expect(survivors).toEqual([])
})

test('a case stands only at the edge of parameters that exist', () => {
  const named = new Set(promises.flatMap(({ edge_of = [] }) => edge_of))

  expect([...named].filter((name) => !Object.hasOwn(library.parameters, name))).toEqual([])
})
