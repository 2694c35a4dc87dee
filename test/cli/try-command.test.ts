import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { tryCommand } from '../../src/cli/try-command.js'
import { catchPrinted } from './printed.js'

jest.setTimeout(60_000)

const ill = 'antibiotic-48h-not-improving'
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

const summariesIn = (text: string): readonly string[] => text.match(/^\[.+$/gmu) ?? []

/** The Bundle of a fixture as generators write it: every resource by the URN of its entry, and none with an id. */
function asGenerated(name: string): { entry: { fullUrl: string; resource: object }[] } {
  const text = readFileSync(join('fhir-fixtures', 'patients', name, 'bundle.json'), 'utf8')
  const { entry } = JSON.parse(text) as { entry: { resource: { resourceType: string; id: string } }[] }
  const urns = new Map(
    entry.map(({ resource: { resourceType, id } }) => [`${resourceType}/${id}`, randomUUID()]),
  )
  const moved = JSON.stringify(entry.map(({ resource: { id: _id, ...rest } }) => rest)).replaceAll(
    /"reference":"([^"]+)"/g,
    (whole, reference: string) =>
      urns.has(reference) ? `"reference":"urn:uuid:${urns.get(reference) ?? ''}"` : whole,
  )
  const resources = JSON.parse(moved) as object[]
  const addresses = [...urns.values()]
  return {
    entry: resources.map((resource, at) => ({ fullUrl: `urn:uuid:${addresses[at] ?? ''}`, resource })),
  }
}

test('a Bundle whose resources name one another by the address of their entries gives the same cards', async () => {
  const file = join(folder, 'generated.json')
  writeFileSync(file, JSON.stringify({ resourceType: 'Bundle', type: 'transaction', ...asGenerated(ill) }))
  await tryCommand([ill])
  const cards = summariesIn(printed())
  await tryCommand([file, '--at', '2026-03-03T09:00:00Z'])

  expect(summariesIn(printed())).toEqual([...cards, ...cards])
  expect(cards).not.toEqual([])
})

test('a Bundle with two Patients asks for --patient, and is then about that patient alone', async () => {
  const file = join(folder, 'two.json')
  const other = {
    fullUrl: 'urn:uuid:o',
    resource: { resourceType: 'Patient', id: 'other', gender: 'female' },
  }
  const { entry } = asGenerated(ill)
  writeFileSync(file, JSON.stringify({ resourceType: 'Bundle', entry: [other, ...entry] }))
  const [{ fullUrl } = { fullUrl: '' }] = entry

  await expect(tryCommand([file])).rejects.toThrow(
    /holds 2 Patients \(.*\)\. Name one with --patient <id>\.$/u,
  )
  await expect(tryCommand([file, '--patient', 'nobody'])).rejects.toThrow('does not hold the Patient')
  await tryCommand([file, '--patient', fullUrl, '--at', '2026-03-03T09:00:00Z'])
  const hers = summariesIn(printed())
  expect(hers).not.toEqual([])
  await tryCommand([file, '--patient', 'other', '--at', '2026-03-03T09:00:00Z'])
  expect(summariesIn(printed())).toEqual(hers)
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
