import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { codesCommand } from '../../src/cli/codes-command.js'
import { readFrequencies } from '../../src/cli/code-frequencies.js'
import { UsageError } from '../../src/cli/usage-error.js'
import { catchPrinted } from './printed.js'

const printed = catchPrinted()

const columns = 'resource,system,code,display,count'
const vitals = 'https://ehr.example.org/vitals'

function fileOf(...rows: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'codes-')), 'codes.csv')
  writeFileSync(file, [columns, ...rows].join('\n'))
  return file
}

const known = [
  'Condition,http://hl7.org/fhir/sid/icd-10,O91.2,,310',
  'Observation,http://loinc.org,8310-5,Body temperature,98000',
  'MedicationRequest,http://fhir.de/CodeSystem/bfarm/atc,J01CF05,,200',
  'Condition,http://hl7.org/fhir/sid/icd-10,E11.9,Type 2 diabetes,9000',
]

test('a site whose codes are known is told so', async () => {
  expect(await codesCommand(['coverage', fileOf(...known)])).toBe(0)
  expect(printed()).toContain('Every code that concerns the service is known.')
  expect(printed()).not.toContain('localCodes')
})

test('a measure under a local code is shown with its bar and the line to paste', async () => {
  const file = fileOf(
    ...known,
    `Observation,${vitals},T1,"Temp, oral",120934`,
    `Observation,${vitals},P1,Pulse,60000`,
  )
  expect(await codesCommand(['coverage', file])).toBe(1)
  expect(printed()).toMatch(
    /120,934 █{24} Observation .*T1 "Temp, oral": known by its words, but no search asks for it/,
  )
  expect(printed()).toMatch(/60,000 █{12} {12} Observation/)
  expect(printed()).toContain(
    `  temperature:\n    - { system: '${vitals}', code: 'T1', display: 'Temp, oral' }`,
  )
})

test('the lines to paste make the code known', async () => {
  const site = join(mkdtempSync(join(tmpdir(), 'site-')), 'site.yaml')
  writeFileSync(
    site,
    `localCodes:\n  temperature:\n    - { system: '${vitals}', code: 'T1', display: 'Temp' }\n`,
  )
  expect(await codesCommand(['coverage', fileOf(`Observation,${vitals},T1,Temp,5`), '--site', site])).toBe(0)
})

test.each([
  [
    'a breast code that only its chapter places',
    'Condition,http://hl7.org/fhir/sid/icd-10,N64.9,,40',
    'breast',
  ],
  ['a breast code by its display', 'Observation,urn:exam,B7,Breast contour,40', 'breast'],
  ['a word of lactation', 'Observation,urn:exam,L1,Lactogenesis stage,40', 'lactation'],
  ['a medicine without words', 'MedicationRequest,urn:drugs,77,,40', 'nobody can tell'],
])('%s that is not known is listed under its subject, with a set to choose', async (_, row, subject) => {
  expect(await codesCommand(['coverage', fileOf(row)])).toBe(1)
  expect(printed()).toMatch(new RegExp(`^${subject}\\n +40 █+ .*NOT KNOWN$`, 'm'))
  expect(printed()).toContain(`# ${subject}: choose a set`)
})

test.each([
  ['no such file', ['coverage', './none.csv'], 'There is no file ./none.csv. Name a CSV file'],
  ['no file named', ['coverage'], 'Write mastitis-cds codes coverage <file.csv>'],
  ['another verb', ['list', 'x'], 'Write mastitis-cds codes coverage <file.csv>'],
])('%s is answered with what to do', (_, args, says) => {
  expect(() => codesCommand(args)).toThrow(says)
})

test.each([
  ['a column is missing', 'resource,code,count\nCondition,x,1', 'lacks system, display. Write the columns'],
  ['there are no rows', columns, 'has no row below its columns'],
  ['a count is no number', `${columns}\nCondition,s,c,d,many`, 'Row 2 of f.csv has the count "many"'],
  ['a code is missing', `${columns}\nCondition,s,,d,3`, 'Row 2 of f.csv has no code'],
])('a file in which %s is refused with the row and what to write', (_, text, says) => {
  expect(() => readFrequencies('f.csv', text)).toThrow(UsageError)
  expect(() => readFrequencies('f.csv', text)).toThrow(says)
})

test('cells in quotes keep commas, line ends and quotes; columns may stand in any order', () => {
  const text = '\uFEFFcount,Code,display,resource,system\r\n7,c,"a ""b"",\nd",Condition,s\r\n\r\n'
  expect(readFrequencies('f.csv', text)).toEqual([
    { count: 7, code: 'c', display: 'a "b",\nd', resource: 'Condition', system: 's' },
  ])
})
