import { describe, expect, test } from '@jest/globals'
import { present } from '../../../src/assess/finding.js'
import type { Assessment, Scope } from '../../../src/assess/assessment.js'
import type { CardPack } from '../../../src/cards/card-pack.js'
import { chooseCards } from '../../../src/cards/choose/choose-cards.js'
import type { CardCall } from '../../../src/cards/choose/call.js'
import type { WireCard } from '../../../src/cards/chosen-card.js'
import type { DraftOrder } from '../../../src/facts/facts.js'
import { assessmentOf, callOf, fact, now, scopeOf } from '../assessment-of.js'
import { packOf } from '../content-of.js'

const pack = packOf([
  {
    rows: `
  - row: shown
    on: [patient-view, order-sign]
    all: [failed]
    none: [known-ibc]
    indicator: warning
    variant: plain
    because: No improvement after {{response.dueHours}} h calls for a look.
  - row: draft
    on: [order-sign]
    all: [draft-antibiotic]
    indicator: warning
    variant: plain
    because: An antibiotic is being ordered.`,
    variants: `
  plain:
    summary: 'No improvement at {{coverFor}} ({{side}}).'
    recommendation: ['First of the variant.', 'Imaging: {{imaging}}.']`,
    card: `
  source: { by: milkRemoval.style, physiologic: ABM36, frequent: WHO }
  recommendation:
    - Then of the card.
    - { by: milkRemoval.style, physiologic: On demand., frequent: Frequent removal. }
  does_not_apply: [Seen elsewhere.]`,
    rest: `suggestions:
  - id: look
    recommended: true
    label: Order a look ({{side}})
    description: Draft order for a look
    order:
      text: Ultrasound of breast
      codes: [{ system: 'http://snomed.info/sct', code: '47079000', display: Ultrasonography of breast }]
      codes_by_side:
        left: [{ system: 'http://loinc.org', code: 26215-4, display: US Breast - left }]
        right: [{ system: 'http://loinc.org', code: 26216-2, display: US Breast - right }]
        both: [{ system: 'http://loinc.org', code: 26214-7, display: US Breast - bilateral }]
        unspecified: [{ system: 'http://loinc.org', code: 24601-7, display: US Breast }]
      body_site: breast
      priority: { critical: urgent, warning: urgent, info: routine }
      occurs_in: response.dueHours
  - id: support
    label: Order support
    description: Draft order for support
    order: { text: Lactation support }`,
  },
])

const failed = present('no improvement after 48 h of antibiotics', fact('temperature 38.8 °C'))
const scope = (more: Partial<Scope> = {}): Scope => scopeOf({ failed }, { side: 'left', ...more })
const rendered = (
  more: Partial<Assessment> = {},
  scopes: readonly Scope[] = [scope()],
  call: CardCall = callOf(),
  cards: CardPack = pack,
): WireCard => {
  const [card] = chooseCards(cards, call, assessmentOf(scopes, more))
  if (!card?.wire) throw new Error('no card was given')
  return card.wire
}
const section = (card: WireCard, heading: string): readonly string[] =>
  (card.detail.split('### ').find((part) => part.startsWith(`${heading}\n`)) ?? '')
    .trim()
    .split('\n')
    .slice(1)

describe('the detail', () => {
  test('says first what to do, then why, then the source, and leaves out headings without lines', () => {
    const headings = [...rendered().detail.matchAll(/^### (.*)$/gmu)].map(([, heading]) => heading)

    expect(headings).toEqual(['Recommendation', 'Why', 'Source'])
  })

  test('Why holds each fact with its age, and no resource id', () => {
    expect(section(rendered(), 'Why')).toEqual(['- Temperature 38.8 °C (3 Mar 09:00, 0 min ago).'])
  })

  test('values of one thing stand side by side, the first and the newest ones', () => {
    const at = (hours: number, value: string) => {
      const when = now - hours * 3_600_000
      return fact(`temperature ${value}`, {
        when: { earliest: when, latest: when },
        series: { name: 'T', value },
      })
    }
    const course = present('fever', at(2, '38.7 °C'), at(40, '39.4 °C'), at(74, '39.0 °C'), at(60, '39.2 °C'))

    expect(section(rendered({}, [scopeOf({ failed: course })]), 'Why')).toEqual([
      '- T 39.0 °C (74 h ago), 39.4 °C (40 h ago), 38.7 °C (2 h ago).',
    ])
  })

  test('facts that only words told are marked', () => {
    const text = present('not improved', fact('words say not improved', { fromText: true }))

    expect(section(rendered({}, [scopeOf({ failed: text })]), 'Why')[0]).toMatch(/, free text\)\.$/u)
  })

  test('a fact of one of two breasts names its breast; a fact that both share is told once, without a side', () => {
    const own = present('no improvement', fact('temperature 38.8 °C'), fact('breast redness'))
    const both = [scopeOf({ failed: own }, { side: 'left' }), scopeOf({ failed }, { side: 'right' })]
    const lines = section(rendered({}, both), 'Why').join('\n')

    expect(lines.match(/38\.8/gu)).toHaveLength(1)
    expect(lines).toContain('- Temperature 38.8 °C')
    expect(lines).toContain('Left breast: breast redness')
  })

  test('a row without facts is told by its reason', () => {
    const bare = present('no improvement after 48 h of antibiotics')

    expect(section(rendered({}, [scopeOf({ failed: bare })]), 'Why')).toEqual([
      '- No improvement after 48 h of antibiotics.',
    ])
  })

  test('the lines are at most cards.maxLines, and Why loses its last lines first', () => {
    const many = present('many', ...Array.from({ length: 30 }, (_, n) => fact(`temperature number ${n}`)))
    const { detail } = rendered({ missing: ['reports could not be read'] }, [scopeOf({ failed: many })])
    const lines = detail.split('\n').filter((line) => line !== '')

    expect(lines.length).toBeLessThanOrEqual(12)
    expect(detail).toContain('Reports could not be read.')
    expect(detail).toContain('- First of the variant.')
  })

  test('On this chart names what is there with its consequence, and nothing that is not there', () => {
    const implants = present('breast implants on record', fact('breast implants'))
    const scopes = [scopeOf({ failed, 'chart-implants': implants, 'chart-diabetes': 'absent' })]

    expect(section(rendered({}, scopes), 'On this chart')).toEqual([
      '- Breast implants on record: only under ultrasound, away from the implant.',
    ])
  })

  test('with one line less, Why has one line less', () => {
    const many = present('many', ...Array.from({ length: 30 }, (_, n) => fact(`temperature number ${n}`)))
    const lengthWith = (maxLines: number) => {
      const parameters = { ...pack.parameters, 'cards.maxLines': maxLines }
      const { detail } = rendered({}, [scopeOf({ failed: many })], callOf(), { ...pack, parameters })
      return detail.split('\n').filter((line) => line !== '').length
    }

    expect([lengthWith(8), lengthWith(7)]).toEqual([8, 7])
  })

  test('What is missing names what could not be read, and a suppression that could not be told', () => {
    const scopes = [scopeOf({ failed, 'known-ibc': 'cannot-tell' })]

    expect(section(rendered({ missing: ['reports could not be read'] }, scopes), 'What is missing')).toEqual([
      '- Reports could not be read. Known-ibc cannot be told.',
    ])
  })

  test('Recommendation: what every card adds, the lines of the variant, then the feeding sentence last', () => {
    const lines = section(
      rendered({
        additions: ['More than one infant was born.'],
        feeding: { phrase: 'plain', sentences: ['Breastfeeding can continue.'], safeMilk: 'Milk is safe.' },
      }),
      'Recommendation',
    )

    expect(lines).toEqual([
      '- More than one infant was born.',
      '- First of the variant.',
      '- Breastfeeding can continue. Milk is safe.',
    ])
  })

  test('the feeding sentence says that the milk is safe at a stage of inflammation alone', () => {
    const feeding = { phrase: 'plain', sentences: ['It can go on.'], safeMilk: 'Milk is safe.' } as const
    const last = (stage: Scope['stage']) =>
      section(rendered({ feeding }, [scope({ stage })]), 'Recommendation').at(-1)

    expect(last('bacterial-mastitis')).toBe('- It can go on. Milk is safe.')
    expect(last('engorgement')).toBe('- It can go on.')
  })

  test('a variant without a recommendation of its own has that of the card, in the style of the site', () => {
    const lines = section(
      rendered({}, [scopeOf({ 'stage-abscess': 'present' })], callOf(), packOf([{}])),
      'Recommendation',
    )

    expect(lines.length).toBeGreaterThan(0)
  })

  test('a line whose value is empty is left out, and printed when there is a value', () => {
    const values = { ...scope().values, imaging: 'abscess, 3 cm' }

    expect(section(rendered({}, [scope({ values })]), 'Recommendation')).toContain(
      '- Imaging: abscess, 3 cm.',
    )
  })

  test('where redness is spoken of, the skin line stands once beside it', () => {
    const skin = present('redness', fact('breast redness'), fact('breast redness, 8 cm'))
    const lines = section(rendered({}, [scopeOf({ failed: skin })]), 'Why')

    expect(lines.join('\n').match(/On dark skin (?:it|redness) may look purple/gu)).toHaveLength(1)
  })

  test('Source names the guideline and that no clinician has reviewed the card', () => {
    expect(section(rendered(), 'Source')).toEqual([
      '- ABM Clinical Protocol #36 (2022). Draft: no clinical review yet.',
    ])
  })
})

describe('the order a card is about', () => {
  const draft = (name: string): DraftOrder => ({
    source: 'MedicationRequest/d1',
    resourceType: 'MedicationRequest',
    evaluated: true,
    needs: [],
    stopsFeeding: false,
    breastReason: false,
    side: 'unspecified',
    name,
  })
  const withDraft = (name: string) =>
    rendered({}, [scopeOf({ 'draft-antibiotic': 'present' }, { draft: draft(name) })], callOf('order-sign'))

  test('is named first in Why', () => {
    expect(section(withDraft('Cephalexin 500 mg'), 'Why')[0]).toBe('- Order now: Cephalexin 500 mg')
  })

  test.each(['<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', 'a|b`c`', 'x\u202Ey', 'l1\n# l2'])(
    'SEC-060 %j stays harmless text',
    (name) => {
      const { detail, summary } = withDraft(name)

      expect(detail).not.toMatch(/<img|[^\\]\]\(javascript|\u202E|\n# l2/u)
      expect(summary).not.toContain(name)
    },
  )

  test('is not named by a row that is not about a draft', () => {
    const card = rendered({}, [scopeOf({ failed }, { draft: draft('Cephalexin') })], callOf('order-sign'))

    expect(card.detail).not.toContain('Cephalexin')
  })
})

describe('the wire card', () => {
  test('R4 the source is the guideline, with the topic of the kind', () => {
    expect(rendered().source).toEqual({
      label: 'ABM Clinical Protocol #36 (2022)',
      url: 'https://doi.org/10.1089/bfm.2022.29207.kbm',
      topic: { system: 'https://cds.example.org/CodeSystem/card-kind', code: 'sample', display: 'Sample' },
    })
  })

  test('the wording style of the site chooses text and source', () => {
    const frequent = packOf(
      [
        {
          card: `
  source: { by: milkRemoval.style, physiologic: ABM36, frequent: WHO }
  recommendation: [{ by: milkRemoval.style, physiologic: On demand., frequent: Frequent removal. }]`,
        },
      ],
      'parameters: { milkRemoval.style: frequent }',
    )
    const card = rendered({}, [scopeOf({ 'stage-abscess': 'present' })], callOf(), frequent)

    expect(card.source.label).toMatch(/^WHO/u)
    expect(section(card, 'Recommendation')).toContain('- Frequent removal.')
  })

  test('R12 override reasons: those of the card, then the one of every card, each with a display', () => {
    const reasons = rendered().overrideReasons ?? []

    expect(reasons.map(({ code }) => code)).toEqual(['patient-declines', 'other'])
    expect(reasons.every(({ display, system }) => display !== '' && system !== '')).toBe(true)
  })

  test('SEC-062 the links are the sources and the page of the card; the SMART app only for clients that take it', () => {
    const smart = packOf([{}], undefined, { smartLaunchUrl: 'https://cds.example.org/smart/launch' })
    const scopes = [scopeOf({ 'stage-abscess': 'present' })]
    const read = [
      {
        label: 'ACR breast imaging in lactation (2018)',
        url: 'https://doi.org/10.1016/j.jacr.2018.09.013',
        type: 'absolute',
      },
      {
        label: 'Why this advice: evidence, rule, limits',
        url: 'https://cds.example.org/cards/sample/attributes',
        type: 'absolute',
      },
    ]

    expect(rendered({}, scopes, callOf(), smart).links).toEqual(read)
    expect(rendered({}, scopes, callOf('patient-view', { links: ['smart-app'] }), smart).links).toEqual([
      ...read,
      {
        label: 'Open the breast check',
        url: 'https://cds.example.org/smart/launch',
        type: 'smart',
        appContext: callOf().invocationId,
      },
    ])
    expect(
      rendered({}, scopes, callOf('patient-view', { links: ['smart-app'] }), packOf([{}])).links,
    ).toEqual(read)
  })

  test('R9, SEC-063 a suggestion creates one draft for the patient of the call, with codes, side, reason and time', () => {
    const { suggestions = [], selectionBehavior } = rendered()

    expect(selectionBehavior).toBe('any')
    expect(suggestions.map(({ isRecommended }) => isRecommended)).toEqual([true, undefined])
    expect(suggestions[0]).toMatchObject({ label: 'Order a look (left breast)' })
    expect(suggestions[0]?.actions).toEqual([
      {
        type: 'create',
        description: 'Draft order for a look',
        resource: {
          resourceType: 'ServiceRequest',
          status: 'draft',
          intent: 'proposal',
          priority: 'urgent',
          code: {
            coding: [
              { system: 'http://snomed.info/sct', code: '47079000', display: 'Ultrasonography of breast' },
              { system: 'http://loinc.org', code: '26215-4', display: 'US Breast - left' },
            ],
            text: 'Ultrasound of breast',
          },
          subject: { reference: 'Patient/p1' },
          occurrenceDateTime: '2026-03-05T09:00:00.000Z',
          reasonCode: [
            {
              coding: [{ system: 'http://snomed.info/sct', code: '45198002', display: 'Mastitis' }],
              text: 'Mastitis',
            },
          ],
          bodySite: [
            {
              coding: [
                { system: 'http://snomed.info/sct', code: '80248007', display: 'Left breast structure' },
              ],
              text: 'Left breast',
            },
          ],
        },
      },
    ])
    expect(suggestions[1]?.actions[0]?.resource['code']).toEqual({ text: 'Lactation support' })
  })

  test.each([
    [['left'], '26215-4'],
    [['right'], '26216-2'],
    [['left', 'right'], '26214-7'],
    [['unspecified'], '24601-7'],
  ] as const)('an order for %j has the code of the side', (sides, code) => {
    const scopes = sides.map((side) => scope({ side }))

    expect(JSON.stringify(rendered({}, scopes).suggestions)).toContain(code)
  })

  test('ids are UUIDs, all different, the same for the same call, others for another', () => {
    const ids = (call: CardCall) => {
      const card = rendered({}, [scope()], call)
      return [card.uuid, ...(card.suggestions ?? []).map(({ uuid }) => uuid)]
    }
    const another = { ...callOf(), invocationId: '5b1f8d43-20a4-4a7e-8a34-3a1a5e8a4b11' }
    const sameMoment = {
      ...callOf(),
      invocationId: `${callOf().invocationId.slice(0, 13)}-4a7e-8a34-3a1a5e8a4b11`,
    }

    expect(
      ids(callOf()).every((id) =>
        /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u.test(id),
      ),
    ).toBe(true)
    expect(new Set([...ids(callOf()), ...ids(another), ...ids(sameMoment)]).size).toBe(9)
    expect(ids(callOf())).toEqual(ids(callOf()))
  })

  test('ids begin with the time that the id of the invocation begins with, so they are stored in their order', () => {
    const { uuid, suggestions } = rendered()
    const begin = callOf().invocationId.slice(0, 13)

    expect([uuid, suggestions?.[0]?.uuid].map((id) => id?.slice(0, 13))).toEqual([begin, begin])
  })

  test('a summary that a value made too long is cut below 140 characters', () => {
    const values = { ...scope().values, coverFor: '9'.repeat(200) }

    expect(rendered({}, [scope({ values })]).summary).toHaveLength(139)
  })
})

describe('the content hash', () => {
  const hashOf = (
    more: Partial<Assessment> = {},
    scopes: readonly Scope[] = [scope()],
    call: CardCall = callOf(),
  ) => chooseCards(pack, call, assessmentOf(scopes, more))[0]?.contentHash
  const withFacts = (...facts: Parameters<typeof present>[1][]) => [
    scope({ findings: new Map([['failed', present('no improvement', ...facts)]]) }),
  ]

  test('is the same for another call, later, with other resource ids and another order of facts', () => {
    const base = hashOf({}, withFacts(fact('a'), fact('b')))

    expect(hashOf({}, withFacts(fact('b'), fact('a')))).toBe(base)
    expect(hashOf({}, withFacts(fact('a', { source: 'Observation/z' }), fact('b')))).toBe(base)
    expect(hashOf({ now: now + 60_000 }, withFacts(fact('a'), fact('b')))).toBe(base)
    expect(hashOf({}, withFacts(fact('a'), fact('b')), { ...callOf(), invocationId: 'x' })).toBe(base)
  })

  test.each([
    ['another fact', withFacts(fact('a'), fact('c'))],
    ['a fact from text', withFacts(fact('a', { fromText: true }), fact('b'))],
    ['another value in the summary', [scope({ values: { ...scope().values, coverFor: '51 h' } })]],
    ['another side', [scope({ side: 'right' })]],
  ])('differs for %s', (_, scopes) => {
    expect(hashOf({}, scopes)).not.toBe(hashOf({}, withFacts(fact('a'), fact('b'))))
  })
})
