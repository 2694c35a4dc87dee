import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'

// The form of the labelled lines: a slip in a label would otherwise be scored as a fault of the reader.

interface Expected {
  readonly term: string
  readonly state: string
  readonly side?: string
  readonly value?: string | number
  readonly or?: readonly string[]
  readonly accept?: readonly string[]
}

interface Line {
  readonly id: string
  readonly kind: string
  readonly family: string
  readonly text: string
  readonly about?: string
  readonly modality?: string
  readonly expect: readonly Expected[]
  readonly free?: readonly string[]
  readonly note?: string
}

const corpus = 'test/reading/corpus'

const signs =
  `peau-d-orange skin-thickening erythema colour-change warmth swelling lump fluctuance nipple-retraction
  axillary-node bloody-discharge nipple-fissure breast-pain fever malaise`.split(/\s+/)
const needs = 'ultrasound mammogram skin-biopsy breast-biopsy referral culture drainage incision'.split(' ')
const results = 'abscess phlegmon collection suspicious normal indeterminate unreadable'.split(' ')
const sets = `mastitis-lactational mastitis-pregnancy mastitis-nonlactational mastitis-nos abscess-lactational
  abscess-pregnancy abscess-nonlactational abscess-nos engorgement blocked-duct phlegmon ibc breast-cancer loss
  elsewhere preterm-infant hiv htlv hcv hsv hsv-breast tb-active varicella brucellosis mrsa sepsis substance
  hypertension cardiac psychosis prolactinoma`.split(/\s+/)

const signStates = ['present', 'absent', 'unreadable', 'nothing']
const courseStates = ['improved', 'worse', 'not-improved', 'nothing']

/** Whether the label stands in the closed lists of its kind. */
const known: Readonly<Record<string, (expected: Expected) => boolean>> = {
  exam: ({ term, state }) =>
    term === 'course' ? courseStates.includes(state) : isSignOrAny(term) && signStates.includes(state),
  report: ({ term, value }) =>
    term === 'result' ? results.includes(String(value)) : term === 'birads' && /^[0-6]$/.test(String(value)),
  medicine: ({ term, state }) =>
    term === 'any' ? state === 'none' : /^[a-z][a-z -]+$/.test(term) && ['systemic', 'local'].includes(state),
  order: ({ term, state }) =>
    term === 'stops-feeding' ? ['yes', 'no'].includes(state) : term === 'need' && isNeedOrNone(state),
  condition: ({ term, state }) =>
    term === 'any' ? state === 'nothing' : isSetOrSign(term) && state === 'present',
}

const isSignOrAny = (term: string): boolean => term === 'any' || signs.includes(term)
const isNeedOrNone = (state: string): boolean => state === 'none' || needs.includes(state)
const isSetOrSign = (term: string): boolean => sets.includes(term) || signs.includes(term)

/** What `or` and `free` may name. Medicines are not listed: any name may stand there. */
const otherTerms: Readonly<Record<string, readonly string[]>> = {
  exam: signs,
  order: needs,
  condition: [...sets, ...signs],
}
const accepted: Readonly<Record<string, readonly string[]>> = {
  exam: [...signStates, ...courseStates],
  report: results,
  condition: ['nothing'],
}
const sides = [undefined, 'left', 'right', 'both']
const members = `id kind family text about modality expect free note
  term state side value or accept`.split(/\s+/)

function faultsOf(line: Line): readonly string[] {
  const { kind, id, family, text, expect: labels, free = [] } = line
  const terms = [...free, ...labels.flatMap((label) => label.or ?? [])]
  const strange = [line, ...labels].flatMap((part) =>
    Object.keys(part).filter((key) => !members.includes(key)),
  )
  const letter = kind.charAt(0).toUpperCase()
  return [
    ...strange.map((key) => `member ${key}`),
    ...(text.trim() === '' ? ['no text'] : []),
    ...(labels.length === 0 ? ['no label'] : []),
    ...(new RegExp(`^${letter}\\d{2,3}-[a-z0-9-]+$`).test(family) ? [] : [`family ${family}`]),
    ...(id.includes(`-${family.split('-')[0]}-`) ? [] : [`id ${id} of family ${family}`]),
    ...labels.filter((label) => known[kind]?.(label) !== true).map((label) => `label ${label.term}`),
    ...labels.filter(({ side }) => !sides.includes(side)).map(({ side }) => `side ${side}`),
    ...terms.filter((term) => otherTerms[kind]?.includes(term) === false).map((term) => `term ${term}`),
    ...labels.flatMap(({ accept = [] }) => accept).filter((state) => !accepted[kind]?.includes(state)),
  ]
}

const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => join(corpus, name))
const linesOf = (file: string): readonly Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => JSON.parse(row) as Line)
const all = files.flatMap(linesOf)

test.each(files)('every label of %s stands in the closed lists', (file) => {
  const wrong = linesOf(file).map((line) => [line.id, ...faultsOf(line)])

  expect(wrong.filter(([, ...faults]) => faults.length > 0)).toEqual([])
})

test.each(files.filter((file) => !file.includes('roles')))(
  'every line of %s is of the kind of its file',
  (file) => {
    expect([...new Set(linesOf(file).map(({ kind }) => kind))]).toEqual([basename(file, '.jsonl')])
  },
)

test('no id stands twice, and no text of a kind', () => {
  const twice = (names: readonly string[]) => names.filter((name, at) => names.indexOf(name) !== at)

  expect(twice(all.map(({ id }) => id))).toEqual([])
  expect(twice(all.map(({ kind, text, modality = '' }) => [kind, modality, text].join(' ')))).toEqual([])
})

test('the product has at least 300 lines of its own, in families that the handed lines do not have', () => {
  const own = all.filter(({ id }) => id.startsWith('p-'))
  const handed = new Set(all.filter(({ id }) => id.startsWith('h-')).map(({ family }) => family.slice(0, 3)))

  expect(own.length).toBeGreaterThanOrEqual(300)
  expect(own.filter(({ family }) => handed.has(family.slice(0, 3)))).toEqual([])
})

test('about half of the lines of each kind ask that nothing be read as present', () => {
  const quiet = ['nothing', 'none', 'no', 'absent', 'unreadable', 'local']
  const isQuiet = ({ expect: labels }: Line) =>
    labels.every(
      ({ term, state, value }) =>
        quiet.includes(state) ||
        term === 'birads' ||
        (term === 'result' && ['normal', 'indeterminate'].includes(String(value))),
    )
  const shares = Object.keys(known).map((kind) => {
    const own = all.filter((line) => line.kind === kind && line.id.startsWith('p-'))
    return own.filter(isQuiet).length / own.length
  })

  expect(shares.filter((share) => share < 0.35 || share > 0.65)).toEqual([])
})
