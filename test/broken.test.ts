import { capitalised } from '../src/assess/words.js'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { FindingName } from '../src/assess/finding-names.js'
import type { Verdict } from '../src/assess/finding.js'
import { evaluate } from '../src/cli/evaluate.js'
import { readFixture, readOrders } from '../src/cli/fixture.js'
import type { HookName } from '../src/protocol/hook-request.js'
import { libraryWith } from './cases/ask.js'
import { storyTime } from './patients/chart-builder.js'

const library = libraryWith()
const folder = 'fhir-fixtures/broken'

/** Asks the service about one broken chart, through the real path. */
async function ask(name: string, hook: HookName = 'patient-view', orderNames: readonly string[] = []) {
  const told = readFixture('fhir-fixtures', join(folder, `${name}.json`), storyTime)
  const orders = readOrders('fhir-fixtures', orderNames, told.patientId)
  const { cards, trace } = await evaluate({ fixture: { ...told, at: storyTime }, hook, orders }, library)
  return { kinds: cards.map(({ source }) => source.topic.code), cards, trace }
}

const feed = 'continue-breastfeeding'
type Row = readonly [file: string, finding: FindingName, because: RegExp, cards: readonly string[]]

/** What is broken, the finding that it leaves open, the reason it gives, and all the cards that may still come. */
const open: readonly Row[] = [
  ['temperature-unit-kelvin', 'failed', /temperature unit is not Cel or \[degF\]/, [feed, 'reassess']],
  ['temperature-without-value', 'failed', /temperature has no number/, [feed, 'reassess']],
  ['temperature-time-malformed', 'failed', /time could not be read/, [feed, 'reassess']],
  ['temperature-data-absent', 'failed', /temperature was not obtained/, [feed, 'reassess']],
  ['temperature-out-of-range-without-unit', 'failed', /temperature has no unit/, [feed, 'reassess']],
  ['temperature-out-of-range-celsius', 'failed', /temperature is outside 30-45/, [feed, 'reassess']],
  ['temperature-only-a-bound', 'failed', /temperature is only a bound/, [feed, 'reassess']],
  ['temperature-status-missing', 'failed', /status could not be read/, [feed, 'reassess']],
  ['pain-score-out-of-range', 'failed', /pain score is outside 0-10/, [feed, 'reassess']],
  ['redness-extent-unit-wrong', 'failed', /size unit is not cm/, [feed, 'reassess']],
  ['antibiotic-start-missing', 'failed', /start of an antibiotic not recorded/, [feed, 'reassess']],
  ['antibiotic-start-malformed', 'ibc-r3b', /start of an antibiotic not recorded/, [feed, 'reassess']],
  ['antibiotic-status-missing', 'window-none', /status could not be read/, [feed, 'reassess']],
  ['antibiotic-supply-unit-unknown', 'cover-48h', /duration could not be read/, [feed, 'reassess']],
  [
    'medication-reference-dangling',
    'window-none',
    /medicine has no code that we know/,
    ['breastfeeding-caution', 'reassess'],
  ],
  ['peau-d-orange-value-unknown', 'ibc-r1', /peau d'orange recorded as unknown/, [feed, 'reassess']],
  ['peau-d-orange-value-unreadable', 'ibc-r1', /value of the sign could not be read/, [feed, 'reassess']],
  ['peau-d-orange-data-absent', 'ibc-r1', /peau d'orange recorded as unknown/, [feed, 'reassess']],
  ['peau-d-orange-without-time', 'ibc-r1', /peau d'orange recorded without a date/, [feed, 'reassess']],
  ['lactation-time-malformed', 'lactating', /time could not be read/, []],
  ['delivery-date-malformed', 'probably-lactating', /no readable valueDateTime/, []],
  ['condition-onset-malformed', 'stage-abscess', /onset could not be read/, ['reassess']],
  [
    'tuberculosis-onset-malformed',
    'milk-caution-row',
    /conditions could not be read/,
    ['breastfeeding-caution'],
  ],
  [
    'blood-pressure-component-unit-wrong',
    'sepsis-critical',
    /systolic .* is not mm\[Hg\]/,
    [feed, 'reassess'],
  ],
  ['heart-rate-unit-wrong', 'sepsis-warning', /heart rate unit is not/, [feed, 'reassess']],
  ['heart-rate-of-1180', 'sepsis-warning', /heart rate is outside 20-300/, [feed, 'reassess']],
  ['respiratory-rate-of-180', 'sepsis-warning', /respiratory rate is outside 2-100/, [feed, 'reassess']],
  [
    'oxygen-saturation-as-fraction',
    'sepsis-critical',
    /oxygen saturation is outside 30-100/,
    [feed, 'reassess'],
  ],
  ['respiratory-rate-without-unit', 'sepsis-warning', /respiratory rate has no unit/, [feed, 'reassess']],
  ['lactate-unit-wrong', 'sepsis-critical', /lactate unit is not/, [feed, 'reassess']],
  ['creatinine-without-unit', 'sepsis-critical', /creatinine has no unit/, [feed, 'reassess']],
  ['sepsis-onset-malformed', 'sepsis-critical', /onset could not be read/, [feed, 'reassess']],
  ['ultrasound-time-malformed', 'stage-abscess', /report time could not be read/, [feed, 'reassess']],
  ['ultrasound-status-missing', 'stage-abscess', /report status could not be read/, [feed, 'reassess']],
]

test.each(open)('%s: %s cannot be told', async (file, finding, because, expected) => {
  const { kinds, trace } = await ask(file)
  const verdicts = trace.assessment.scopes.map(({ findings }) => findings.get(finding))

  expect(verdicts.map((found) => found?.verdict)).toEqual(['cannot-tell'])
  expect(verdicts[0]?.because).toMatch(because)
  expect([...kinds].sort()).toEqual([...expected].sort())
})

type Documented = readonly [
  file: string,
  finding: FindingName,
  verdict: Verdict,
  reading: string,
  cards: readonly string[],
]

/** Broken in a way for which the clinical contract says how it is read. */
const documented: readonly Documented[] = [
  ['temperature-without-time', 'response-unknown', 'present', '3.3: stands in no window', ['reassess', feed]],
  ['temperature-of-nobody', 'response-unknown', 'present', '3.2: dropped and counted', ['reassess', feed]],
  [
    'ultrasound-without-conclusion',
    'ultrasound-collection',
    'absent',
    '3.7: indeterminate',
    ['ultrasound', feed, 'culture'],
  ],
  ['birth-date-malformed', 'failed', 'present', '1.1 P5: in scope', ['ultrasound', feed, 'culture']],
  ['gender-unreadable', 'failed', 'present', '1.1 P5: in scope', ['ultrasound', feed, 'culture']],
  [
    'lactation-value-unreadable',
    'lactation-unknown',
    'present',
    '1.2: reads unknown',
    ['document-lactation'],
  ],
  ['condition-status-unreadable', 'stage-abscess', 'present', '3.2: as if absent', [feed, 'ultrasound']],
  ['lactation-data-absent', 'lactation-unknown', 'present', '1.2: reads unknown', ['document-lactation']],
  [
    'hiv-onset-malformed',
    'milk-plan-hiv',
    'present',
    '1.4 F10: whatever its date',
    ['breastfeeding-caution'],
  ],
]

test.each(documented)('%s: %s is %s (%s)', async (file, finding, verdict, _reading, expected) => {
  const { kinds, trace } = await ask(file)

  expect(trace.assessment.scopes.map(({ findings }) => findings.get(finding)?.verdict)).toEqual([verdict])
  expect([...kinds].sort()).toEqual([...expected].sort())
})

const all = readdirSync(folder).map((name) => name.replace('.json', ''))

test('every broken fixture has its row, and every row its fixture', () => {
  expect([...open, ...documented].map(([file]) => file).sort()).toEqual(all.sort())
})

test.each(all)(
  '%s answers on every hook, and never more than asks when a suppressant is ordered',
  async (file) => {
    for (const hook of ['order-select', 'order-sign'] as const) {
      const { cards } = await ask(file, hook, ['cabergoline'])

      expect(cards.every(({ indicator }) => indicator !== 'critical')).toBe(true)
    }
  },
)

test.each(open.filter(([, , , cards]) => cards.includes('reassess')))(
  '%s: the card that asks names what is missing',
  async (file) => {
    const { cards, trace } = await ask(file)
    const asks = cards.find(({ source }) => source.topic.code === 'reassess')

    expect(asks?.summary).not.toContain('a date could not be read')
    expect(trace.assessment.missing).not.toEqual([])
    for (const line of trace.assessment.missing) expect(asks?.detail).toContain(capitalised(line))
  },
)

test('a temperature without a time is named as missing', async () => {
  const { trace } = await ask('temperature-without-time')

  expect(trace.assessment.missing).toEqual(['temperature recorded without a time'])
})
