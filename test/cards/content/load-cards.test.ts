import { describe, expect, test } from '@jest/globals'
import { problemLine } from '../../../src/errors.js'
import { loadCards } from '../../../src/cards/content/load-cards.js'
import { readContent } from '../../../src/cards/content/load-content.js'
import { contentOf, loaded, packOf, problemsOf, realPack, type CardParts } from '../content-of.js'

const rows = (more: string): string => `
  - row: first
    on: [patient-view]
    indicator: info
    variant: plain
    because: A rule.
    ${more}`
const summary = (text: string): string => `
  plain: { summary: '${text}' }`

test('a card without mistakes has no problems', () => {
  expect(problemsOf([{}])).toEqual([])
})

describe('a malformed card names file, line and fix', () => {
  test.each<[string, CardParts, RegExp]>([
    ['broken YAML', { card: '\n  source: [' }, /^cards\/sample\/card\.yaml:\d+ is not valid YAML/u],
    ['a key twice', { rest: 'id: again' }, /is not valid YAML: Map keys must be unique/u],
    ['an unknown key', { rest: 'colour: red' }, /has the unknown key "colour"; remove or correct the key/u],
    ['a missing key', { card: '\n  recommendation: [Look at it.]' }, /card lacks "source"; add "source"/u],
    ['no recommendation', { card: '\n  source: ACR' }, /has no recommendation; write what to do/u],
    [
      'an unknown hook',
      { rows: rows('all: [failed]').replace('patient-view', 'patient-vew') },
      /must be one of patient-view, order-select, order-sign/u,
    ],
    [
      'an unknown finding',
      { rows: rows('all: [faild]') },
      /card\.yaml:17 unknown finding "faild"; did you mean "failed"\?/u,
    ],
    [
      'an unknown finding far from any',
      { rows: rows('all: [zzzzzzzz]') },
      /unknown finding "zzzzzzzz"; use a name of/u,
    ],
    [
      'an unknown finding in none',
      { rows: rows('all: [failed]\n    none: [known-icb]') },
      /unknown finding "known-icb"; did you mean "known-ibc"/u,
    ],
    [
      'an unknown finding in any',
      { rows: rows('any: [ibc-r9]') },
      /unknown finding "ibc-r9"; did you mean "ibc-r/u,
    ],
    [
      'an unknown stage',
      { rows: rows('all: [stage: [phlegmom]]') },
      /card\.yaml:17 unknown stage "phlegmom"; did you mean "phlegmon"\? \(src\/assess\/stages\.ts\)/u,
    ],
    [
      'a stage named as a finding',
      { rows: rows('all: [stage-abscess]') },
      /card\.yaml:17 names the stage "abscess" as a finding; write "stage: \[abscess\]"/u,
    ],
    ['no stage at all', { rows: rows('all: [stage: []]') }, /stage must NOT have fewer than 1 items/u],
    [
      'a stage twice',
      { rows: rows('all: [stage: [abscess, abscess]]') },
      /stage must NOT have duplicate items/u,
    ],
    [
      'a finding of the draft on patient-view',
      { rows: rows('all: [draft-incision]') },
      /asks about a draft order on patient-view/u,
    ],
    [
      'a row name twice',
      { rows: rows('all: [failed]') + rows('all: [recurrence]') },
      /has the row "first" twice/u,
    ],
    [
      'an unknown variant',
      { rows: rows('all: [failed]').replace('plain', 'plane') },
      /unknown variant "plane"; did you mean "plain"/u,
    ],
    [
      'a variant that no row shows',
      { variants: `${summary('A summary.')}\n  spare: { summary: 'Another one.' }` },
      /no row shows the variant "spare"/u,
    ],
    [
      'a switch that is no boolean',
      { rows: rows('all: [failed]\n    switch: cards.max') },
      /"cards\.max" is no boolean parameter/u,
    ],
    [
      'an unknown placeholder',
      { variants: summary('Seen at {{hors}} h.') },
      /unknown placeholder \{\{hors\}\}/u,
    ],
    [
      'a mistyped parameter',
      { variants: summary('Seen at {{response.dueHour}} h.') },
      /did you mean "response\.dueHours"/u,
    ],
    [
      'a section',
      { variants: summary('{{#side}}Left{{/side}} side.') },
      /fills in words and never computes/u,
    ],
    ['an open brace', { variants: summary('Seen at {{side h.') }, /braces of a placeholder are not closed/u],
    [
      'a summary that can be too long',
      { variants: summary(`${'a'.repeat(110)} {{drug}}`) },
      /can become 141 characters long; shorten it to 139/u,
    ],
    [
      'a value without bound in a summary',
      { variants: summary('Allergies: {{allergies}}.') },
      /holds a value without a longest length/u,
    ],
    [
      'an unknown source',
      { card: '\n  source: ARC\n  recommendation: [Look at it.]' },
      /unknown source "ARC"; did you mean "ACR"/u,
    ],
    [
      'a choice without a text for the value in force',
      { card: '\n  source: ACR\n  recommendation: [{ by: milkRemoval.style, frequent: Often. }]' },
      /has no text for milkRemoval\.style = physiologic/u,
    ],
    [
      'a choice by an unknown parameter',
      { card: '\n  source: ACR\n  recommendation: [{ by: milkRemoval.stile, frequent: Often. }]' },
      /unknown parameter "milkRemoval\.stile"/u,
    ],
    [
      'HTML in a text',
      { card: '\n  source: ACR\n  recommendation: ["Look <b>now</b>."]' },
      /has HTML signs or a line break/u,
    ],
    [
      'a draft that says it was reviewed',
      { rest: 'reviewed: { on: 2026-12-01, role: obstetrics, again_by: 2027-12-01 }' },
      /a draft says that it was reviewed/u,
    ],
    [
      'a body site that is not known',
      {
        rest: 'suggestions: [{ id: x, label: Look, description: Look at it, order: { text: Look, body_site: arm } }]',
      },
      /must be one of breast, skin-of-breast/u,
    ],
    [
      'a suggestion of an unknown variant',
      {
        rest: 'suggestions: [{ id: x, variants: [plane], label: Look, description: Look at it, order: { text: Look } }]',
      },
      /unknown variant "plane"/u,
    ],
    [
      'two recommended suggestions',
      {
        rest: 'suggestions: [{ id: x, recommended: true, label: Look, description: Look at it, order: { text: Look } }, { id: y, recommended: true, label: Look, description: Look at it, order: { text: Look } }]',
      },
      /recommends more than one for "plain"/u,
    ],
    [
      'an order time that is no number',
      {
        rest: 'suggestions: [{ id: x, label: Look, description: Look at it, order: { text: Look, occurs_in: orders.intent } }]',
      },
      /"orders\.intent" is no number/u,
    ],
    [
      'an override time that is no number',
      { head: 'suppression: { override_hours: orders.intent }' },
      /"orders\.intent" is no number/u,
    ],
    [
      'a card that replaces an unknown one',
      { rows: rows('all: [failed]\n    replaces: [sampel]') },
      /replaces the unknown card "sampel"; did you mean "sample"/u,
    ],
  ])('%s', (_, parts, line) => {
    const problems = problemsOf([parts])

    expect(problems.join('\n')).toMatch(line)
    expect(problems.every((problem) => problem.startsWith('cards/sample/'))).toBe(true)
  })

  const broken = (from: string, to: string): string => {
    const content = contentOf([{}])
    const [folder] = content.folders
    if (!folder) throw new Error('no folder')
    const text = folder.card.content.replace(from, to)
    const card = { ...folder.card, content: text }
    return loadCards(
      { ...content, folders: [{ ...folder, card }] },
      { mode: 'development', canonicalBase: 'https://x.example' },
    )
      .problems.map(problemLine)
      .join('\n')
  }

  test.each([
    [
      'an unknown override code',
      '[patient-declines]',
      '[patient-decline]',
      /unknown override code "patient-decline"; did you mean "patient-declines"/u,
    ],
    ['another id than the folder', 'id: sample', 'id: simple', /is not the folder's name "sample"/u],
    ['AUD-040 a missing attribute', '  limits: None known.\n', '', /attributes lacks "limits"/u],
    [
      'AUD-041 an unknown attribute',
      '  limits:',
      '  colour_of_eyes: not used\n  limits:',
      /has the unknown attribute "colour_of_eyes"/u,
    ],
    [
      'AUD-040 an attribute that denies what the gate reads',
      '  limits:',
      '  sex: not used\n  limits:',
      /denies "sex", which the patient gate reads/u,
    ],
    [
      'AUD-040 an attribute that denies what a finding of its rows reads',
      '  limits:',
      '  health_status_assessments: not used\n  limits:',
      /denies "health_status_assessments", which the feeding sentence reads/u,
    ],
    [
      'AUD-040 an attribute that claims what no rule reads',
      '  limits:',
      '  race: used for risk\n  limits:',
      /claims to use "race", which no rule reads/u,
    ],
    ['a review that is missing', 'status: draft', 'status: active', /is active without a review/u],
    [
      'dates out of order',
      'revised: 2026-11-24',
      'revised: 2026-11-23',
      /was revised before it was released/u,
    ],
  ])('%s', (_, from, to, line) => {
    expect(broken(from, to)).toMatch(line)
  })

  test('a source without its heading in evidence.md', () => {
    const content = contentOf([{}])
    const folders = content.folders.map((folder) => ({
      ...folder,
      evidence: { file: 'x', content: '# none' },
    }))
    const { problems } = loadCards(
      { ...content, folders },
      { mode: 'development', canonicalBase: 'https://x.example' },
    )

    expect(problems.map(problemLine)).toEqual([
      'cards/sample/evidence.md has no heading for the source ACR; add "## ACR"',
    ])
  })

  test('two cards with the same order', () => {
    expect(problemsOf([{ id: 'one' }, { id: 'two' }])).toEqual([
      'cards/two/card.yaml has the same order as "one"; give each card its own place',
    ])
  })

  test('all problems are listed, each once', () => {
    const problems = problemsOf([
      { rows: rows('all: [faild]\n    none: [known-icb]'), variants: summary('At {{hors}} h.') },
    ])

    expect(problems).toHaveLength(3)
    expect(new Set(problems).size).toBe(3)
  })

  test('a red-flag card must say that it is one', () => {
    expect(problemsOf([{ id: 'sepsis' }]).join()).toMatch(/is a red-flag card but does not say so/u)
    expect(problemsOf([{ id: 'sepsis', head: 'red_flag: true' }])).toEqual([])
  })
})

describe('site.yaml', () => {
  test.each([
    // site                                              value in force
    ['parameters: { lump.days: 7 }', 7],
    ['parameters: { lump.days: 28 }', 28],
    ['', 14],
  ] as const)('%j: lump.days is %d', (site, value) => {
    expect(packOf([{}], site).parameters['lump.days']).toBe(value)
  })

  test.each([
    [
      'just below the range',
      'parameters: { lump.days: 6 }',
      'site.yaml:1 lump.days is outside the safe range; use 7 to 28',
    ],
    [
      'just above the range',
      'parameters: { lump.days: 29 }',
      'site.yaml:1 lump.days is outside the safe range; use 7 to 28',
    ],
    [
      'a temperature outside',
      '\nparameters:\n  fever.threshold: 38.6',
      'site.yaml:3 fever.threshold is outside the safe range; use 37.8 to 38.5',
    ],
    [
      'a number as text',
      'parameters: { lump.days: "14" }',
      'site.yaml:1 lump.days must be a number; use 7 to 28',
    ],
    [
      'a choice that is none',
      'parameters: { orders.intent: plans }',
      'site.yaml:1 orders.intent is none of the choices; use proposal or plan or order',
    ],
    [
      'an unknown name',
      'parameters: { lump.day: 14 }',
      'site.yaml:1 unknown parameter "lump.day"; did you mean "lump.days"? (cards/parameters.yaml)',
    ],
    [
      'a zone that does not exist',
      'parameters: { time.defaultZone: Europe/Nowhere }',
      'site.yaml:1 time.defaultZone must be an IANA time zone; use a name such as Europe/Berlin',
    ],
    [
      'a link that is not https',
      'parameters: { loss.url: "javascript:alert(1)" }',
      'site.yaml:1 loss.url must be an https URL; change the text',
    ],
    [
      'a text that stops milk removal',
      'parameters: { hiv.text: "Stop breastfeeding at once." }',
      'site.yaml:1 hiv.text advises to stop milk removal or feeding; change the text',
    ],
    [
      'sepsis off without a reason',
      'parameters: { sepsis.enabled: false }',
      'site.yaml:1 sepsis.enabled: false needs a recorded reason; write sepsis.enabled: { value: false, reason: … }',
    ],
    [
      'an unknown key',
      'paramters: {}',
      'site.yaml:1 the file has the unknown key "paramters"; remove or correct the key',
    ],
    [
      'an unknown card',
      'cards: { sampel: { shown: false } }',
      'site.yaml:1 unknown card "sampel"; did you mean "sample"? (cards/)',
    ],
    [
      'accepted drafts without a date',
      'acceptedDrafts: { role: head of obstetrics }',
      'site.yaml:1 /acceptedDrafts lacks "on"; add "on"',
    ],
  ])('refuses %s', (_, site, line) => {
    expect(problemsOf([{}], site)).toEqual([line])
  })

  test('a red-flag card is switched off only with a recorded reason', () => {
    const red = [{ id: 'ultrasound', head: 'red_flag: true' }]

    expect(problemsOf(red, 'cards: { ultrasound: { shown: false } }')).toEqual([
      'site.yaml:1 switches off the red-flag card "ultrasound" without a recorded reason; write ultrasound: { shown: false, reason: … }',
    ])
    expect(
      packOf(red, 'cards: { ultrasound: { shown: false, reason: radiology runs its own rule } }').switchedOff,
    ).toEqual(new Map([['ultrasound', 'radiology runs its own rule']]))
  })

  test('sepsis may be off with a reason', () => {
    expect(
      problemsOf([{}], 'parameters: { sepsis.enabled: { value: false, reason: local screen is in use } }'),
    ).toEqual([])
  })

  test('local links and names reach the sources', () => {
    const pack = packOf(
      [{}],
      'parameters: { policy.url: "https://hospital.example/mastitis", sepsis.source: Our sepsis pathway }',
    )

    expect(pack.sources['CHARTER']?.url).toBe('https://hospital.example/mastitis')
    expect(pack.sources['CMQCC']?.label).toBe('Our sepsis pathway')
  })

  test('local codes and the CPT licence are passed on', () => {
    const { site } = loaded(
      [{}],
      'localCodes: { ultrasound: [{ system: "urn:x", code: US1 }] }\ncptLicence: true',
    )

    expect(site.localCodes.get('ultrasound')).toEqual([{ system: 'urn:x', code: 'US1' }])
    expect(site.cptLicence).toBe(true)
  })
})

describe('the content of the repository', () => {
  const production = { mode: 'production', canonicalBase: 'https://cds.example.org' } as const
  const pack = realPack(production)

  test('has no problems', () => {
    expect(loadCards(readContent('cards'), production).problems.map(problemLine)).toEqual([])
  })

  test('holds the kinds of clinical 6.2 in their order', () => {
    expect(pack.cards.map(({ kind }) => kind)).toEqual([
      'sepsis',
      'punch-biopsy',
      'ultrasound',
      'drainage',
      'lactation-suppressant',
      'second-antibiotic',
      'breastfeeding-caution',
      'mastitis-after-loss',
      'continue-breastfeeding',
      'stop-breastfeeding-order',
      'culture',
      'reassess',
      'drug-caution',
      'antibiotic-ordered',
      'incision-drainage',
      'document-lactation',
      'non-lactational',
    ])
  })

  test('product decision 14: every card is a draft, and production does not accept them by itself', () => {
    expect(new Set(pack.cards.map(({ status }) => status))).toEqual(new Set(['draft']))
    expect(pack.draftsAccepted).toBe(false)
  })

  test('every override reason of the list is offered by some card, except the one that clients may still send', () => {
    const offered = new Set(
      pack.cards
        .flatMap(({ variants }) => variants)
        .flatMap(({ overrideReasons }) => overrideReasons.map(({ code }) => code)),
    )

    expect(Object.keys(pack.overrideReasons.reasons).filter((code) => !offered.has(code))).toEqual([
      'not-clinically-relevant',
    ])
  })

  test('a change of any content file changes the hash of the pack', () => {
    const content = readContent('cards')
    const changed = { ...content, sources: { ...content.sources, content: `${content.sources.content}\n` } }

    expect(loadCards(changed, production).pack?.hash).not.toBe(pack.hash)
  })
})

describe('a malformed file that all cards share stops the start', () => {
  const broken = (
    part: 'everyCard' | 'sources' | 'overrideReasons' | 'parameters',
    from: string,
    to: string,
  ) => {
    const content = contentOf([{}])
    const file = { ...content[part], content: content[part].content.replace(from, to) }
    return loadCards(
      { ...content, [part]: file },
      { mode: 'development', canonicalBase: 'https://x.example' },
    )
      .problems.map(problemLine)
      .join('\n')
  }

  test.each([
    ['everyCard', 'skin_tone:', 'skin_ton:', /every-card\.yaml:\d+ the file lacks "skin_tone"/u],
    [
      'everyCard',
      'consent by local rules.',
      'Stop breastfeeding.',
      /every-card\.yaml:\d+ advises to stop milk removal/u,
    ],
    ['everyCard', '  phlegmon: {', '  flegmon: {', /every-card\.yaml:\d+ stage_reasons lacks "phlegmon"/u],
    [
      'everyCard',
      '  phlegmon: {',
      '  flegmon: {',
      /every-card\.yaml:\d+ stage_reasons has the unknown stage "flegmon"; did you mean "phlegmon"/u,
    ],
    ['everyCard', '    left:\n', '    lft:\n', /every-card\.yaml:\d+ .*lacks "left"/u],
    [
      'sources',
      'https://doi.org/10.1089',
      'http://doi.org/10.1089',
      /sources\.yaml:\d+ \/ABM36\/url must match/u,
    ],
    ['sources', 'CHARTER:', 'CHARTR:', /sources\.yaml:1 the file lacks "CHARTER"/u],
    [
      'overrideReasons',
      'hl7: patient-refuses',
      'hl7: patient-refused',
      /override-reasons\.yaml:\d+ patient-declines maps to the unlisted category/u,
    ],
    ['overrideReasons', '[other]', '[none-such]', /every_card offers the unknown "none-such"/u],
    ['parameters', '  unit: a\n', '', /parameters\.yaml:\d+ \/gate\.minAgeYears lacks "unit"/u],
  ] as const)('%s with %j as %j', (part, from, to, line) => {
    expect(broken(part, from, to)).toMatch(line)
  })
})
