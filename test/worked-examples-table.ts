import type { Case } from './cases/case-file.js'

/**
 * The worked examples of clinical 8.1, each with the whole answer in the order of the wire.
 *
 * Shape: number, words, patient of `fhir-fixtures/`, answer, what differs from opening the chart at the usual time.
 */
export const workedExamples: readonly (readonly [
  number: number,
  words: string,
  patient: string,
  answer: readonly string[],
  more?: Partial<Case>,
])[] = [
  [
    1,
    '47 h of dicloxacillin, redness the same',
    'antibiotic-47h-not-improving',
    ['continue-breastfeeding mastitis (info)'],
  ],
  [
    2,
    '48 h 10 min',
    'antibiotic-48h-not-improving',
    [
      'ultrasound no-improvement (warning)',
      'continue-breastfeeding mastitis (info)',
      'culture no-improvement (info)',
    ],
    { at: '2026-03-03T09:10:00Z' },
  ],
  [
    3,
    '73 h',
    'antibiotic-72h-not-improving',
    [
      'punch-biopsy no-response (warning)',
      'continue-breastfeeding mastitis (info)',
      'culture no-improvement (info)',
    ],
    { at: '2026-03-03T10:00:00Z' },
  ],
  [
    4,
    '73 h, ultrasound 24 h ago without collection',
    'antibiotic-73h-ultrasound-no-collection',
    [
      'punch-biopsy no-response-scanned (critical)',
      'continue-breastfeeding mastitis (info)',
      'culture no-improvement (info)',
    ],
  ],
  [
    5,
    '73 h, ultrasound 24 h ago shows an abscess',
    'antibiotic-73h-ultrasound-abscess',
    ['drainage collection (warning)', 'continue-breastfeeding abscess (info)'],
  ],
  [
    6,
    '96 h, nothing recorded since the start',
    'antibiotic-96h-nothing-recorded',
    ['reassess no-response (warning)', 'continue-breastfeeding mastitis (info)'],
  ],
  [
    7,
    '96 h, afebrile, redness recorded absent',
    'antibiotic-96h-improved',
    ['continue-breastfeeding mastitis (info)'],
  ],
  [
    8,
    '96 h, fever gone, redness only present',
    'antibiotic-96h-fever-gone-redness-present',
    ['continue-breastfeeding mastitis (info)'],
  ],
  [
    9,
    '96 h, never febrile, redness only present',
    'antibiotic-96h-never-febrile-redness-present',
    ['reassess no-response (warning)', 'continue-breastfeeding mastitis (info)'],
  ],
  [
    10,
    '30 h of cephalexin, 38.6 to 39.8, new lump',
    'antibiotic-30h-worse-new-lump',
    ['reassess early-worse (warning)', 'continue-breastfeeding mastitis (info)'],
  ],
  [
    11,
    'antibiotic cancelled 5 days ago, still febrile',
    'antibiotic-cancelled-still-febrile',
    ['continue-breastfeeding mastitis (info)', 'reassess no-antibiotic (info)'],
  ],
  [
    12,
    'start known only as a date',
    'antibiotic-start-date-only',
    ['continue-breastfeeding mastitis (info)'],
    { at: '2026-03-03T15:00:00Z' },
  ],
  [
    13,
    'amoxicillin alone for 192 h',
    'amoxicillin-alone-192h-febrile',
    [
      'punch-biopsy no-response-any (warning)',
      'continue-breastfeeding mastitis (info)',
      'culture no-improvement (info)',
    ],
  ],
  [
    14,
    'cefazolin with doses, then cephalexin, 80 h',
    'cefazolin-then-cephalexin-with-doses',
    [
      'punch-biopsy no-response (warning)',
      'continue-breastfeeding mastitis (info)',
      'culture no-improvement (info)',
    ],
  ],
  [
    15,
    'cefazolin without doses, then cephalexin',
    'cefazolin-then-cephalexin-without-doses',
    [
      'ultrasound no-improvement (warning)',
      'continue-breastfeeding mastitis (info)',
      'culture no-improvement (info)',
    ],
  ],
  [
    16,
    "peau d'orange first recorded today",
    'peau-d-orange-today-no-antibiotic',
    ['punch-biopsy skin-sign (warning)', 'ultrasound ibc (warning)'],
  ],
  [17, "peau d'orange entered in error", 'peau-d-orange-entered-in-error', []],
  [17, "peau d'orange denied", 'peau-d-orange-denied-in-note', []],
  [
    18,
    'dark skin, pain and swelling for 30 h',
    'dark-skin-pain-swelling-fever-30h',
    ['continue-breastfeeding mastitis (info)', 'reassess no-antibiotic (info)'],
  ],
  [19, 'day 3, both breasts swollen, not graded', 'day-3-both-breasts-swollen-ungraded', []],
  [
    19,
    'day 3, both breasts swollen, moderate',
    'day-3-both-breasts-swollen-moderate',
    ['continue-breastfeeding milk-stasis (info)'],
  ],
  [
    20,
    'day 21, both breasts red and painful, 38.6',
    'day-21-both-breasts-red-febrile',
    ['continue-breastfeeding mastitis (info)', 'culture both-sides (info)'],
  ],
  [
    21,
    'fever and tachycardia once',
    'fever-tachycardia-once',
    ['sepsis first-step (warning)', 'continue-breastfeeding with-sepsis (info)'],
  ],
  [
    21,
    'fever and tachycardia, both again 20 min later',
    'fever-tachycardia-repeated',
    ['sepsis source-on-record (critical)', 'continue-breastfeeding with-sepsis (info)'],
  ],
  [
    21,
    'fever and tachycardia with a respiratory rate of 26',
    'fever-tachycardia-tachypnoea',
    ['sepsis source-on-record (critical)', 'continue-breastfeeding with-sepsis (info)'],
  ],
  [
    22,
    '98.6 degrees Fahrenheit and tachycardia',
    'tachycardia-afebrile',
    ['continue-breastfeeding mastitis (info)'],
  ],
  [23, 'stillbirth ten days ago', 'stillbirth-mastitis-day-10', ['mastitis-after-loss loss (info)']],
  [
    23,
    'stillbirth, cabergoline selected, 118/70',
    'stillbirth-mastitis-day-10',
    [],
    { hook: 'order-select', drafts: ['cabergoline'] },
  ],
  [
    23,
    'stillbirth, cabergoline selected, SBP 150',
    'stillbirth-mastitis-blood-pressure-150',
    ['drug-caution suppressant-safety (warning)'],
    { hook: 'order-select', drafts: ['cabergoline'] },
  ],
  [24, 'mastitis on the list for five months', 'mastitis-on-problem-list-5-months', []],
  [25, 'BI-RADS 4 three weeks ago', 'birads-4-no-biopsy', ['punch-biopsy suspicious-imaging (warning)']],
  [
    26,
    'mastitis again 21 days after ten days of cephalexin',
    'mastitis-again-same-side',
    ['ultrasound recurrence (info)', 'continue-breastfeeding mastitis (info)', 'culture recurrence (info)'],
  ],
  [
    27,
    'mastitis twenty days ago, healed; pyelonephritis, ceftriaxone for 50 h, 38.4',
    'healed-mastitis-antibiotic-for-kidney',
    [],
  ],
  [28, 'influenza, 39.3, both breasts tender and swollen', 'influenza-both-breasts-tender', []],
  [
    29,
    'pregnant and breastfeeding, mastitis',
    'pregnant-and-breastfeeding-mastitis',
    ['continue-breastfeeding mastitis (info)'],
  ],
  [
    30,
    '48 h 10 min, MRSA has grown, susceptible to sulfamethoxazole-trimethoprim',
    'antibiotic-48h-not-improving',
    [
      'ultrasound no-improvement (warning)',
      'culture result-known (warning)',
      'continue-breastfeeding mastitis (info)',
    ],
    { with: ['culture-mrsa-sulfa-susceptible'] },
  ],
]

/** The rows of the table in the rule book, in the order of the examples; the first of a number has its anchor. */
export const rowsOfBook = (): readonly string[] =>
  workedExamples.map(([number, words, , answer], place) => {
    const first = workedExamples.findIndex(([other]) => other === number) === place
    const anchor = first ? `<a id="8.1-example-${number}"></a>` : ''
    return `| ${anchor}${number} | ${words} | ${answer.length > 0 ? answer.join(' · ') : 'no card'} |`
  })
