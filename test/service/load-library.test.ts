import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readContent } from '../../src/cards/content/load-content.js'
import { cardsCheck } from '../../src/cli/cards-check.js'
import { CardError } from '../../src/errors.js'
import { readText } from '../../src/terminology/text/read-text.js'
import { loadLibrary, type LibraryOptions } from '../../src/service/load-library.js'
import { catalogue } from '../../src/workbench/catalogue.js'
import { rounds } from '../depth.js'

let folder = ''
const options = (): LibraryOptions => ({
  cardsDir: join(folder, 'cards'),
  mode: 'production',
  canonicalBase: 'https://cds.example.org',
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cards-'))
  cpSync('cards', join(folder, 'cards'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const change = (file: string, from: string, to: string): void => {
  const path = join(folder, 'cards', file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  writeFileSync(path, text.replace(from, to))
}
const site = (text: string): string => {
  writeFileSync(join(folder, 'site.yaml'), text)
  return join(folder, 'site.yaml')
}

test('the content of the repository loads: codes, zone, parameters and cards', () => {
  const { reading, parameters, pack } = loadLibrary(options())

  expect(reading.zone).toBe('UTC')
  expect(reading.codes.codingIn('ultrasound', { system: 'http://snomed.info/sct', code: '47079000' })).toBe(
    true,
  )
  expect(parameters['response.dueHours']).toBe(48)
  expect(pack.parameters).toBe(parameters)
  expect(pack.cards.length).toBeGreaterThan(0)
})

test('the site changes parameters, codes and accepted drafts', () => {
  const file = site(`
acceptedDrafts: { role: head of obstetrics, on: 2026-12-01 }
parameters: { time.defaultZone: Europe/Berlin }
localCodes: { ultrasound: [{ system: 'https://hospital.example/codes', code: US-MAMMA }] }
`)
  const { reading, pack } = loadLibrary({ ...options(), site: file })

  expect(reading.zone).toBe('Europe/Berlin')
  expect(
    reading.codes.codingIn('ultrasound', { system: 'https://hospital.example/codes', code: 'US-MAMMA' }),
  ).toBe(true)
  expect(pack.draftsAccepted).toBe(true)
})

test('a site says in which languages texts are read, the usual one first; without it English is', () => {
  const german = loadLibrary({ ...options(), site: site('languages: [de, en]') })

  expect([...german.words.byLanguage.keys()]).toEqual(['de', 'en'])
  expect([...loadLibrary(options()).words.byLanguage.keys()]).toEqual(['en'])
})

test('a kind of text that the usual language has no words for is read in the next one', () => {
  const { words } = loadLibrary({ ...options(), site: site('languages: [de, en]') })
  const { readings } = readText({ kind: 'condition', text: 'Puerperal mastitis' }, words)

  expect(readings).toMatchObject([{ term: 'set', value: 'mastitis-lactational' }])
})

test('a site without English stops the start, because reports and orders would be read by nobody', () => {
  expect(() => loadLibrary({ ...options(), site: site('languages: [de]') })).toThrow(/lacks "en".*add en/u)
})

test('a language without words stops the start, with the languages there are', () => {
  const file = site('languages: [en, fr]')

  expect(() => loadLibrary({ ...options(), site: file })).toThrow(
    /site\.yaml:1 there are no words of the language "fr"; use de, en/u,
  )
})

test('mistakes in cards, parameters, codes and site stop the start, all at once', () => {
  change('ultrasound/card.yaml', 'ultrasound-allowed', 'ultrasound-alowed')
  const file = site('parameters: { lump.days: 99 }\nlocalCodes: { ultrasuond: [{ system: x:y, code: a }] }')
  let thrown: unknown
  try {
    loadLibrary({ ...options(), site: file })
  } catch (error) {
    thrown = error
  }

  expect(thrown).toBeInstanceOf(CardError)
  const { message } = thrown as CardError
  expect(message).toMatch(
    /ultrasound\/card\.yaml:\d+ unknown finding "ultrasound-alowed"; did you mean "ultrasound-allowed"/u,
  )
  expect(message).toMatch(/lump\.days is outside the safe range/u)
  expect(message).toMatch(/ultrasuond/u)
})

test.each([
  ['a parameter that is missing', 'lump.days:', 'lump.dais:', /lacks the parameter "lump\.days"/u],
  [
    'a default outside its range',
    'value: 14\n  unit: d\n  range: [7, 28]',
    'value: 6\n  unit: d\n  range: [7, 28]',
    /lump\.days: is outside the safe range/u,
  ],
  ['a parameter without a range', '  range: [7, 28]\n', '', /lump\.days: needs a range/u],
])('parameters.yaml with %s stops the start', (_, from, to, line) => {
  change('parameters.yaml', from, to)

  expect(() => loadLibrary(options())).toThrow(line)
})

test('a card folder whose card.yaml is gone stops the start: no card is lost in silence', () => {
  rmSync(join(folder, 'cards', 'sepsis', 'card.yaml'))

  expect(() => loadLibrary(options())).toThrow(/cards\/sepsis\/card\.yaml:1 the file must be object/u)
})

test('SEC-106 one changed byte in a content file stops the start, or shows in the hash that is recorded', () => {
  const { fileHashes, hash } = loadLibrary(options()).pack
  const some = [...fileHashes.keys()].filter((_, at) => at % rounds(5, 23) === 0)
  const silent = some.filter((name) => {
    const path = join(folder, name)
    const bytes = readFileSync(path)
    const flipped = Buffer.from(bytes)
    const middle = Math.floor(bytes.length / 2)
    flipped[middle] = (flipped[middle] ?? 0) ^ 1
    writeFileSync(path, flipped)
    try {
      const { pack } = loadLibrary(options())
      return pack.hash === hash || pack.fileHashes.get(name) === fileHashes.get(name)
    } catch (error) {
      return !(error instanceof CardError)
    } finally {
      writeFileSync(path, bytes)
    }
  })

  expect(fileHashes.size).toBeGreaterThan(20)
  expect(silent).toEqual([])
})

test('read again, only a changed file is another object: a reload parses what is new', () => {
  const { cardsDir } = options()
  const before = readContent(cardsDir)
  change('ultrasound/card.yaml', 'title:', 'title: ')
  const after = readContent(cardsDir)
  const others = after.folders.filter(({ card }, at) => card !== before.folders[at]?.card)

  expect(others.map(({ kind }) => kind)).toEqual(['ultrasound'])
  expect(after.parameters).toBe(before.parameters)
  expect(after.schemas).toBe(before.schemas)
})

test('SEC-106 every content file that is read is under a hash', () => {
  const read = readdirSync(join(folder, 'cards'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:card\.yaml|^parameters\.yaml|^codes\/.*\.yaml)$/.test(name),
  )
  const { fileHashes } = loadLibrary(options()).pack

  expect(read.filter((name) => !fileHashes.has(`cards/${name}`))).toEqual([])
})

test('cards check prints nothing but the counts, and exits 0, when all is well', () => {
  const lines: string[] = []

  expect(cardsCheck({ cardsDir: join(folder, 'cards') }, (line) => lines.push(line))).toBe(0)
  expect(lines).toEqual([expect.stringMatching(/^\d+ cards are well formed; \d+ of them are drafts$/u)])
})

test.each([
  [
    'a mistyped key',
    '  because: after-drainage-not-better is present',
    '  becuase: after-drainage-not-better is present',
    /^cards\/ultrasound\/cases\.yaml:\d+ \/\d+ lacks "because"; add "because"$/mu,
  ],
  ['broken YAML', '- case:', '- case: [', /^cards\/ultrasound\/cases\.yaml:\d+ is not valid YAML/mu],
])(
  'cases.yaml with %s: cards check names file, line and fix, and the service starts without it',
  (_, from, to, line) => {
    change('ultrasound/cases.yaml', from, to)
    const lines: string[] = []

    expect(cardsCheck({ cardsDir: join(folder, 'cards') }, (text) => lines.push(text))).toBe(1)
    expect(lines.join('\n')).toMatch(line)
    const { pack } = loadLibrary(options())
    const { cards } = catalogue(options().cardsDir, pack, false)
    const without = cards.filter(({ cases }) => cases.length === 0).map(({ kind }) => kind)
    expect(without).toEqual(['ultrasound'])
  },
)

test('cards check prints each problem, and exits 1', () => {
  change('ultrasound/evidence.md', '## ACR', '## XCR')
  const lines: string[] = []

  expect(cardsCheck({ cardsDir: join(folder, 'cards') }, (line) => lines.push(line))).toBe(1)
  expect(lines).toEqual([
    'cards/ultrasound/evidence.md has no heading for the source ACR; add "## ACR"',
    '1 problem',
  ])
})
