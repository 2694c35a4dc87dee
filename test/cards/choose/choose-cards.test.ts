import { describe, expect, test } from '@jest/globals'
import { cannotTell, present } from '../../../src/assess/finding.js'
import type { Assessment } from '../../../src/assess/assessment.js'
import type { CardPack } from '../../../src/cards/card-pack.js'
import { chooseCards } from '../../../src/cards/choose/choose-cards.js'
import type { CardCall } from '../../../src/cards/choose/call.js'
import { rowsExplained } from '../../../src/cards/choose/held-rows.js'
import type { EarlierCard } from '../../../src/facts/earlier-card.js'
import { assessmentOf, callOf, fact, now, scopeOf } from '../assessment-of.js'
import { packOf, type CardParts } from '../content-of.js'

const row = (name: string, conditions: string, indicator = 'info', variant = 'plain', more = '') => `
  - row: ${name}
    on: [patient-view]
    ${conditions}
    indicator: ${indicator}
    variant: ${variant}
    because: Rule ${name}.${more}`

const hour = 3_600_000
const given = (pack: CardPack, assessment: Assessment, call: CardCall = callOf()) =>
  chooseCards(pack, call, assessment).filter(({ wire }) => wire)
const hidden = (pack: CardPack, assessment: Assessment, call: CardCall = callOf()) =>
  Object.fromEntries(chooseCards(pack, call, assessment).map(({ kind, hidden: why }) => [kind, why]))

describe('a row', () => {
  const pack = packOf([
    {
      rows: row(
        'one',
        'all: [stage: [abscess], failed]\n    any: [recurrence, fluctuance]\n    none: [known-ibc]',
      ),
    },
  ])
  const holding = { 'stage-abscess': 'present', failed: 'present', recurrence: 'present' } as const

  test.each([
    // what is told                                                          shown
    ['everything wanted is present', {}, true],
    ['none is absent', { 'known-ibc': 'absent' }, true],
    ['one of all is absent', { failed: 'absent' }, false],
    ['one of all cannot be told', { failed: 'cannot-tell' }, false],
    ['any is met by the other', { recurrence: 'absent', fluctuance: 'present' }, true],
    ['no any is present', { recurrence: 'cannot-tell' }, false],
    ['none is present', { 'known-ibc': 'present' }, false],
    ['none cannot be told: it does not suppress', { 'known-ibc': 'cannot-tell' }, true],
  ] as const)('%s', (_, told, shown) => {
    expect(given(pack, assessmentOf([scopeOf({ ...holding, ...told })]))).toHaveLength(shown ? 1 : 0)
  })

  test('its conditions are told one by one, with the reason of each', () => {
    const assessment = assessmentOf([scopeOf({ ...holding, failed: 'cannot-tell' }, { side: 'left' })])
    const [card] = chooseCards(pack, callOf(), assessment)

    expect(card?.hidden).toBe('no-row')
    expect(rowsExplained({ pack, request: callOf().request, assessment }, card?.kind ?? '')).toEqual([
      {
        row: 'one',
        scope: { side: 'left' },
        holds: false,
        conditions: [
          {
            words: 'stage abscess',
            wanted: 'present',
            verdict: 'present',
            because: 'stage-abscess holds',
            holds: true,
          },
          {
            words: 'failed',
            wanted: 'present',
            verdict: 'cannot-tell',
            because: 'failed cannot be told',
            holds: false,
          },
          {
            words: 'recurrence',
            wanted: 'present',
            verdict: 'present',
            because: 'recurrence holds',
            holds: true,
          },
          {
            words: 'fluctuance',
            wanted: 'present',
            verdict: 'absent',
            because: 'not asked in this call',
            holds: true,
          },
          {
            words: 'known-ibc',
            wanted: 'absent',
            verdict: 'absent',
            because: 'not asked in this call',
            holds: true,
          },
        ],
      },
    ])
  })

  test('a row that names several stages is told with the stage that was reached', () => {
    const stages = packOf([{ rows: row('one', 'all: [stage: [phlegmon, abscess]]') }])
    const assessment = assessmentOf([
      scopeOf({ 'stage-bacterial-mastitis': 'present' }, { stage: 'bacterial-mastitis' }),
    ])
    const [outcome] = rowsExplained({ pack: stages, request: callOf().request, assessment }, 'sample')

    expect(outcome?.conditions).toEqual([
      {
        words: 'stage abscess or phlegmon',
        wanted: 'present',
        verdict: 'absent',
        because: 'stage is bacterial mastitis',
        holds: false,
      },
    ])
  })

  test.each([
    ['one of its findings cannot be told', 'cannot-tell', true],
    ['its findings are absent', 'absent', undefined],
  ] as const)('of a card without a row that holds, undecided says whether %s', (_, failed, undecided) => {
    const [card] = chooseCards(pack, callOf(), assessmentOf([scopeOf({ ...holding, failed })]))

    expect([card?.hidden, card?.undecided]).toEqual(['no-row', undecided])
  })

  test('rows of another hook are not asked', () => {
    expect(given(pack, assessmentOf([scopeOf(holding)]), callOf('order-sign'))).toEqual([])
  })

  test.each([
    ['absent', { verdict: 'absent', because: 'deceased', evidence: [] }],
    ['cannot be told', cannotTell('the patient could not be read')],
  ] as const)('nothing is chosen when being in scope is %s', (_, inScope) => {
    expect(chooseCards(pack, callOf(), assessmentOf([scopeOf(holding)], { inScope }))).toEqual([])
  })

  test('a row whose switch is off is left out', () => {
    const off = packOf(
      [{ rows: row('one', 'all: [failed]', 'info', 'plain', '\n    switch: culture.onFailure') }],
      'parameters: { culture.onFailure: false }',
    )

    expect(given(off, assessmentOf([scopeOf({ failed: 'present' })]))).toEqual([])
  })
})

describe('rows of one kind are merged', () => {
  const pack = packOf([
    {
      rows:
        row('weak', 'all: [recurrence]', 'info', 'second') +
        row('late', 'all: [failed]', 'warning', 'third') +
        row('first', 'all: [fluctuance]', 'warning', 'second'),
      variants: `
  second: { summary: 'Second ({{side}}).' }
  third: { summary: 'Third at {{coverFor}} ({{side}}).' }`,
    },
  ])

  test.each([
    // findings present                              indicator   variant   summary
    [['recurrence'], 'info', 'second', 'Second (left breast).'],
    [['failed'], 'warning', 'third', 'Third at 50 h (left breast).'],
    [['recurrence', 'failed'], 'warning', 'third', 'Third at 50 h (left breast).'],
    [['failed', 'fluctuance'], 'warning', 'second', 'Second (left breast).'],
  ] as const)(
    '%j: highest indicator, then the variant that stands first',
    (names, indicator, variant, summary) => {
      const told = Object.fromEntries(names.map((name) => [name, 'present']))
      const [card] = given(pack, assessmentOf([scopeOf(told, { side: 'left' })]))

      expect(card).toMatchObject({ indicator, variant, wire: { summary, indicator } })
    },
  )

  test('reasons of all rows that hold are joined, those of the shown variant first', () => {
    const [card] = given(pack, assessmentOf([scopeOf({ recurrence: 'present', failed: 'present' })]))

    expect(card?.held?.map(({ row }) => row.id)).toEqual(['late', 'weak'])
  })

  test.each([
    [['left'], 'Third at 50 h (left breast).'],
    [['right'], 'Third at 50 h (right breast).'],
    [['left', 'right'], 'Third at 50 h (both breasts).'],
    [['unspecified'], 'Third at 50 h (breast).'],
  ] as const)('a card for %j names the side', (sides, summary) => {
    const scopes = sides.map((side) => scopeOf({ failed: 'present' }, { side }))
    const [card, ...more] = given(pack, assessmentOf(scopes))

    expect(card?.wire?.summary).toBe(summary)
    expect(more).toEqual([])
  })

  test('the summary names only the side of the variant it shows', () => {
    const scopes = [
      scopeOf({ failed: 'present' }, { side: 'left' }),
      scopeOf({ recurrence: 'present' }, { side: 'right' }),
    ]

    expect(given(pack, assessmentOf(scopes))[0]?.wire?.summary).toBe('Third at 50 h (left breast).')
  })
})

describe('evidence only from free text', () => {
  const pack = packOf([
    {
      rows: row(
        'red',
        'all: [ibc-r1-critical, care-allowed]',
        'critical',
        'strong',
        '\n    variant_if_text_only: soft',
      ),
      variants: `
  strong: { summary: 'Arrange it now.' }
  soft: { summary: 'Consider it.' }`,
    },
  ])
  const coded = fact('peau d orange')
  const text = fact('peau d orange', { fromText: true })

  test.each([
    ['coded', [coded], 'critical', 'Arrange it now.'],
    ['coded and text', [text, coded], 'critical', 'Arrange it now.'],
    ['text alone', [text], 'warning', 'Consider it.'],
  ] as const)('%s evidence', (_, evidence, indicator, summary) => {
    const told = {
      'ibc-r1-critical': present('R1 holds', ...evidence),
      'care-allowed': present('lactating', fact('breastfeeding charted')), // who she is, is no evidence of R1
    }

    expect(given(pack, assessmentOf([scopeOf(told)]))[0]).toMatchObject({ indicator, wire: { summary } })
  })
})

describe('order on the wire and the cap', () => {
  const kinds: CardParts[] = [
    { id: 'i-one', order: 1, rows: row('r', 'all: [failed]') },
    { id: 'w-two', order: 2, rows: row('r', 'all: [failed]', 'warning') },
    { id: 'i-three', order: 3, rows: row('r', 'all: [failed]') },
    { id: 'c-four', order: 4, rows: row('r', 'all: [failed]', 'critical') },
    { id: 'w-five', order: 5, rows: row('r', 'all: [failed]', 'warning') },
  ]
  const holds = assessmentOf([scopeOf({ failed: 'present' })])
  const kindsGiven = (pack: CardPack) => given(pack, holds).map(({ kind }) => kind)

  test('critical, warning, info, then the order of the kinds', () => {
    expect(kindsGiven(packOf(kinds))).toEqual(['c-four', 'w-two', 'w-five', 'i-one', 'i-three'])
  })

  test('above cards.max the last info goes first', () => {
    const pack = packOf(kinds, 'parameters: { cards.max: 4 }')

    expect(kindsGiven(pack)).toEqual(['c-four', 'w-two', 'w-five', 'i-one'])
    expect(hidden(pack, holds)['i-three']).toBe('cap')
  })

  test('critical cards stay however many there are', () => {
    const critical = kinds.map((parts) => ({ ...parts, rows: row('r', 'all: [failed]', 'critical') }))

    expect(kindsGiven(packOf(critical, 'parameters: { cards.max: 3 }'))).toHaveLength(5)
  })

  test('a card that is never capped stays, a weaker one goes instead', () => {
    const pack = packOf(
      kinds.map((parts) =>
        parts.id === 'i-three' ? { ...parts, head: 'suppression: { never_capped: true }' } : parts,
      ),
      'parameters: { cards.max: 4 }',
    )

    expect(kindsGiven(pack)).toEqual(['c-four', 'w-two', 'w-five', 'i-three'])
  })
})

describe('cards that are off or drafts', () => {
  const parts: CardParts[] = [{ rows: row('r', 'all: [failed]') }]
  const holds = assessmentOf([scopeOf({ failed: 'present' })])

  test('the kill switch of the client hides the kind', () => {
    expect(hidden(packOf(parts), holds, callOf('patient-view', { cardsOff: ['sample'] }))).toEqual({
      sample: 'off',
    })
  })

  test('the site can switch a kind off', () => {
    expect(hidden(packOf(parts, 'cards: { sample: { shown: false } }'), holds)).toEqual({ sample: 'off' })
  })

  test('a card whose own switch is off is hidden', () => {
    const pack = packOf(
      [{ ...parts[0], head: 'switch: sepsis.enabled' }],
      'parameters: { sepsis.enabled: { value: false, reason: local screen is used } }',
    )

    expect(hidden(pack, holds)).toEqual({ sample: 'off' })
  })

  test.each([
    ['development', undefined, undefined],
    ['production', undefined, 'draft-not-accepted'],
    ['production', 'acceptedDrafts: { role: head of obstetrics, on: 2026-12-01 }', undefined],
  ] as const)('a draft in %s with site %j', (mode, site, why) => {
    expect(hidden(packOf(parts, site, { mode }), holds)).toEqual({ sample: why })
  })
})

describe('a card that replaces another', () => {
  const kinds = (indicator: string): CardParts[] => [
    { id: 'old', order: 1, rows: row('r', 'all: [failed]', 'warning') },
    { id: 'new', order: 2, rows: row('r', 'all: [failed]', indicator, 'plain', '\n    replaces: [old]') },
  ]
  const holds = assessmentOf([scopeOf({ failed: 'present' })])

  test.each([
    ['critical', 'replaced'],
    ['warning', 'replaced'],
    ['info', undefined],
  ])('%s replaces a warning: %s', (indicator, why) => {
    expect(hidden(packOf(kinds(indicator)), holds)['old']).toBe(why)
  })

  test('a hidden card replaces nothing', () => {
    expect(
      hidden(packOf(kinds('critical')), holds, callOf('patient-view', { cardsOff: ['new'] }))['old'],
    ).toBeUndefined()
  })
})

describe('cards given earlier', () => {
  const one = (indicator: string, head = ''): CardPack =>
    packOf([{ head, rows: row('r', 'all: [failed]', indicator) }])
  const earlier = (hoursAgo: number, more: Partial<EarlierCard> = {}): EarlierCard => ({
    kind: 'sample',
    indicator: 'critical',
    at: now - hoursAgo * hour,
    outcome: 'overridden',
    sameUser: false,
    reasoned: true,
    stage: 'bacterial-mastitis',
    sepsisCriteria: [],
    ...more,
  })
  const why = (pack: CardPack, before: EarlierCard, more: Partial<Assessment> = {}) =>
    hidden(pack, assessmentOf([scopeOf({ failed: 'present' })], { earlier: [before], ...more }))['sample']

  test.each([
    // card now, overridden as, hours ago, hidden
    ['critical', 'critical', 23.9, 'overridden'],
    ['critical', 'critical', 24, undefined],
    ['warning', 'warning', 71.9, 'overridden'],
    ['warning', 'warning', 72, undefined],
    ['info', 'info', 167.9, 'overridden'],
    ['info', 'info', 168, undefined],
    ['warning', 'critical', 25, undefined], // the shorter time of both counts
    ['critical', 'warning', 1, undefined], // an override of a weaker card never hides a stronger one
    ['warning', 'info', 1, undefined],
  ] as const)('%s, overridden as %s %d h ago: %s', (indicator, as, hoursAgo, expected) => {
    expect(why(one(indicator), earlier(hoursAgo, { indicator: as }))).toBe(expected)
  })

  test.each([
    [5.9, 'overridden'],
    [6, undefined],
  ] as const)('a card with its own override time, %d h ago: %s', (hoursAgo, expected) => {
    const pack = one('critical', 'suppression: { override_hours: cards.overrideSepsisHours }')

    expect(why(pack, earlier(hoursAgo))).toBe(expected)
  })

  test.each([
    ['a strong sign since', { strongSince: now - hour / 2 }, undefined],
    ['a strong sign from before', { strongSince: now - 2 * hour }, 'overridden'],
    ['a higher stage', { leadingStage: 'abscess' }, undefined],
    ['a lower stage', { leadingStage: 'blocked-duct' }, 'overridden'],
    ['a new sepsis criterion', { sepsisCriteria: ['heart-rate'] }, undefined],
  ] as const)('new evidence ends an override: %s', (_, more, expected) => {
    expect(why(one('warning'), earlier(1), more)).toBe(expected)
  })

  test.each([
    // overridden by, with, card now, hidden
    ['another user', 'a reason', 'critical', 'overridden'],
    ['another user', 'no reason', 'critical', undefined],
    ['another user', 'a reason', 'info', 'overridden'],
    ['another user', 'no reason', 'info', undefined],
    ['the same user', 'no reason', 'critical', 'overridden'],
    ['the same user', 'no reason', 'info', 'overridden'],
  ] as const)('overridden by %s with %s, %s: %s', (by, why_, indicator, expected) => {
    const { reasoned: _reasoned, ...before } = earlier(1, { sameUser: by === 'the same user' })

    expect(why(one(indicator), { ...before, ...(why_ === 'a reason' && { reasoned: true }) })).toBe(expected)
  })

  test('an override of another kind hides nothing', () => {
    expect(why(one('warning'), earlier(1, { kind: 'other' }))).toBeUndefined()
  })

  test.each([
    // repeat minutes, indicator, minutes ago, same user, hidden
    [0, 'info', 1, true, undefined],
    [60, 'info', 59, true, 'repeated'],
    [60, 'info', 60, true, undefined],
    [60, 'info', 59, false, undefined],
    [60, 'warning', 59, true, undefined],
  ] as const)(
    'quiet for %d min, %s given %d min ago, same user %s: %s',
    (quiet, indicator, minutes, sameUser, expected) => {
      const pack = packOf(
        [{ rows: row('r', 'all: [failed]', indicator) }],
        `parameters: { cards.repeatMinutes: ${quiet} }`,
      )

      expect(why(pack, earlier(minutes / 60, { outcome: 'shown', sameUser }))).toBe(expected)
    },
  )

  test.each([
    ['same stage, 71 h', 71, 'bacterial-mastitis', 'repeated'],
    ['same stage, 72 h', 72, 'bacterial-mastitis', undefined],
    ['another stage', 71, 'abscess', undefined],
  ] as const)('a card once per user and stage: %s', (_, hoursAgo, stage, expected) => {
    const pack = packOf(
      [{ head: 'suppression: { repeat_hours_per_stage: 72 }', rows: row('r', 'all: [failed]') }],
      'parameters: { cards.repeatMinutes: 60 }',
    )

    expect(why(pack, earlier(hoursAgo, { outcome: 'shown', sameUser: true, stage }))).toBe(expected)
  })
})
