import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { tryCommand } from '../../src/cli/try-command.js'
import { catchPrinted } from './printed.js'

jest.setTimeout(60_000)

const printed = catchPrinted()
const folder = mkdtempSync(join(tmpdir(), 'try-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a record of the fixtures is read beside the chart of the patient', async () => {
  await tryCommand(['healthy-lactating'])
  expect(printed()).toBe('No card.\n')

  await tryCommand(['healthy-lactating', '--with', 'peau-d-orange-left'])
  expect(printed()).toMatch(/^\[warning\] Possible inflammatory breast cancer/mu)
})

test('a record is refused that is not there, or is no list of resources', async () => {
  const bundle = join(folder, 'bundle.json')
  writeFileSync(bundle, '{ "resourceType": "Bundle" }')

  await expect(tryCommand(['healthy-lactating', '--with', 'no-such-record'])).rejects.toThrow(
    'no-such-record.json cannot be read. Name one of fhir-fixtures, or a file.',
  )
  await expect(tryCommand(['healthy-lactating', '--with', bundle])).rejects.toThrow(
    'holds no list of FHIR resources.',
  )
})

test('a value outside the safe range is refused, without the number of a line that nobody wrote', async () => {
  const asked = (value: string) => tryCommand(['healthy-lactating', '--what-if', `lump.days=${value}`])

  await expect(asked('29')).rejects.toThrow(/^--what-if lump\.days is outside the safe range; use 7 to 28$/u)
  expect(await asked('28')).toBe(0)
})

test('npm run try says that the service is not built, where it is not', async () => {
  copyFileSync('package.json', join(folder, 'package.json'))
  const { PATH = '' } = process.env
  const told = await new Promise<string>((resolve) => {
    execFile('npm', ['run', 'try', '--', '--list'], { cwd: folder, env: { PATH } }, (_, _out, err) =>
      resolve(err),
    )
  })

  expect(told).toMatch(/^not built; run npm run build$/mu)
  expect(told).not.toContain('MODULE_NOT_FOUND')
})
