import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import type { FhirResource } from 'fhir/r4.js'
import { labelledReadings } from '../../src/cli/labelled-readings.js'
import { newestDateIn } from '../../src/cli/patient-records.js'
import { isQuiet, quietPage, quietSummary } from '../../src/cli/quiet-page.js'
import { tallyFile } from '../../src/cli/quiet-run.js'
import { libraryWith } from '../cases/ask.js'
import { ChartBuilder, concept, daysAgo, hoursAgo } from '../patients/chart-builder.js'

const library = libraryWith()
const folder = mkdtempSync(join(tmpdir(), 'quiet-'))
afterAll(() => rmSync(folder, { recursive: true }))

const grouped = (resources: readonly FhirResource[]) => ({
  Patient: resources.filter(({ resourceType }) => resourceType === 'Patient'),
  Others: resources.filter(({ resourceType }) => resourceType !== 'Patient'),
})

function collect(file: string, ...charts: readonly (readonly FhirResource[])[]): void {
  const lines = charts.map((chart, place) =>
    JSON.stringify({ source: `record ${place}`, resources: grouped(chart) }),
  )
  writeFileSync(join(folder, file), gzipSync(`${lines.join('\n')}\n`))
}

const well = new ChartBuilder('zz-well')
well.breastfeeding()
const ill = new ChartBuilder('zz-ill')
ill.breastfeeding(daysAgo(400))
ill.mastitis(daysAgo(399), 'left')

test('a patient who is well is counted, one with mastitis is a card, one without a Patient is skipped', async () => {
  collect('some.ndjson.gz', well.resources, ill.resources, ill.resources.slice(1))

  const tally = await tallyFile(folder, 'some.ndjson.gz', library, () => undefined)

  expect(tally).toMatchObject({ patients: 2, withoutPatient: 1, resources: 5, errors: [] })
  expect(tally.cards).toEqual([expect.stringMatching(/^record 1: continue-breastfeeding: Mastitis/)])
  expect(isQuiet({ files: [tally], labelled: [] })).toBe(false)
})

test('an answer that cannot be given is an error, named by its source', async () => {
  collect('odd.ndjson.gz', [{ resourceType: 'Patient', id: 'has a space' }])

  const { errors } = await tallyFile(folder, 'odd.ndjson.gz', library, () => undefined)

  expect(errors).toEqual([expect.stringMatching(/^record 0: /)])
})

test.each([
  [
    'the newest of several',
    { effectiveDateTime: '2020-01-01T10:00:00Z', issued: '2020-01-02T10:00:00Z' },
    '2020-01-02T10:00:00Z',
  ],
  ['a date stands for its end', { recordedDate: '2020-01-01' }, '2020-01-01T23:59:59Z'],
  [
    'a period within',
    { period: { start: '2019-01-01', end: '2021-05-05T00:00:00Z' } },
    '2021-05-05T00:00:00Z',
  ],
  [
    'a birth date and meta do not count',
    { birthDate: '2022-01-01', meta: { lastUpdated: '2023-01-01' } },
    undefined,
  ],
])('the time of the newest resource: %s', (_, resource, expected) => {
  expect(newestDateIn(resource)).toBe(expected === undefined ? undefined : Date.parse(expected))
})

test('labelled observations are compared with their reading', () => {
  const chart = new ChartBuilder('zz-label')
  const label = (id: string, breastfeeding: string, resource: FhirResource) => ({
    id,
    resource,
    label: { breastfeeding },
  })
  const list = [
    label('says yes', 'yes', chart.breastfeeding()),
    label('says no', 'no', chart.notBreastfeeding(hoursAgo(1))),
    label('labelled wrongly', 'yes', chart.notBreastfeeding(hoursAgo(1))),
    label('of the infant', 'n/a', chart.breastfeeding()),
    label(
      'another matter',
      'n/a',
      chart.observation(concept('ln', '82810-3', 'Pregnancy status'), hoursAgo(1), {}),
    ),
  ]
  writeFileSync(join(folder, 'breastfeeding-labelled.json'), JSON.stringify(list))

  const labelled = labelledReadings(folder, library.reading)

  expect(labelled.map(({ id, reading, agrees }) => [id, reading, agrees])).toEqual([
    ['says yes', 'yes', true],
    ['says no', 'no', true],
    ['labelled wrongly', 'no', false],
    ['of the infant', 'nothing', true],
    ['another matter', 'nothing', true],
  ])
  expect(quietSummary({ files: [], labelled })).toBe(
    '0 patients, 0 cards, 0 errors, 4 of 5 labels read as labelled',
  )
  expect(quietPage({ files: [], labelled })).toContain('| labelled wrongly | yes | no | **no** |')
})
