import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'

/** What each room may import besides itself, `units` and `errors` (style.md section 1, product.md section 5). */
const mayImport: Record<string, readonly string[]> = {
  units: [],
  'errors.ts': [],
  protocol: [],
  'settings.ts': [],
  gather: ['protocol', 'settings.ts'],
  facts: ['gather'],
  assess: ['facts', 'gather'],
  cards: ['assess', 'facts', 'gather', 'protocol', 'settings.ts'],
  audit: ['cards', 'assess', 'facts', 'gather', 'protocol', 'settings.ts'],
  'library.ts': ['cards', 'assess', 'facts'],
  'decide.ts': ['cards', 'assess', 'facts', 'gather', 'protocol', 'audit', 'settings.ts', 'library.ts'],
  sandbox: ['gather', 'protocol'],
}

/** Rooms whose imports of an earlier room may only be types. */
const typesOnly: Record<string, readonly string[]> = {
  facts: ['gather'],
  assess: ['gather'],
  cards: ['gather', 'protocol', 'settings.ts'],
  audit: ['cards', 'assess', 'facts', 'gather', 'protocol', 'settings.ts'],
}

const pureRooms = ['facts', 'assess', 'cards', 'units']

const src = resolve('src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(src, name))

const roomOf = (file: string): string => relative(src, file).split('/')[0] ?? ''

interface Import {
  from: string
  to: string
  specifier: string
  typeOnly: boolean
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8')
  const pattern = /^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'/gm
  return [...text.matchAll(pattern)].map(([, type, specifier = '']) => ({
    from: file,
    to: specifier.startsWith('.') ? resolve(dirname(file), specifier.replace(/\.js$/, '.ts')) : '',
    specifier,
    typeOnly: type !== undefined,
  }))
}

const imports = files.flatMap(importsOf)
const shown = ({ from, specifier }: Import): string => `${relative(src, from)} imports ${specifier}`

test('rooms import only the rooms before them on the path', () => {
  const forbidden = imports.filter(({ from, to }) => {
    const allowed = mayImport[roomOf(from)]
    if (!allowed || to === '') return false
    const target = roomOf(to)
    return target !== roomOf(from) && !['units', 'errors.ts', ...allowed].includes(target)
  })

  expect(forbidden.map(shown)).toEqual([])
})

test('rooms that may only know the shape of an earlier room import its types alone', () => {
  const forbidden = imports.filter(
    ({ from, to, typeOnly }) =>
      to !== '' && !typeOnly && (typesOnly[roomOf(from)] ?? []).includes(roomOf(to)),
  )

  expect(forbidden.map(shown)).toEqual([])
})

test('AUD-022 one command opens comments, and nothing else in the house can', () => {
  const openers = imports.filter(({ to, typeOnly }) => to.endsWith('comments/open-comment.ts') && !typeOnly)

  expect(openers.map(({ from }) => relative(src, from))).toEqual(['cli/audit-comments.ts'])
})

test('express stays in http and in the demo FHIR server', () => {
  const forbidden = imports.filter(
    ({ from, specifier }) =>
      specifier === 'express' && !['http', 'app.ts', 'main.ts', 'sandbox'].includes(roomOf(from)),
  )

  expect(forbidden.map(shown)).toEqual([])
})

test('fhir-kit-client is owned by one module', () => {
  const owners = new Set(
    imports.filter(({ specifier }) => specifier === 'fhir-kit-client').map(({ from }) => from),
  )

  expect([...owners].map((file) => relative(src, file))).toEqual(['gather/fhir-access.ts'])
})

test('http and cli never import each other', () => {
  const forbidden = imports.filter(
    ({ from, to }) =>
      (roomOf(from) === 'http' && roomOf(to) === 'cli') || (roomOf(from) === 'cli' && roomOf(to) === 'http'),
  )

  expect(forbidden.map(shown)).toEqual([])
})

test('the pure rooms touch no clock, network, disk, logger or environment', () => {
  const loader = /^cards\/load/
  const impure = files
    .filter((file) => pureRooms.includes(roomOf(file)) && !loader.test(relative(src, file)))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8')
      const clock = /Date\.now|new Date\(\)|Math\.random|process\.env|randomUUID/.test(text)
      const outside = importsOf(file).filter(({ specifier }) =>
        /^(node:(fs|net|http|https|dns|child_process|os)|winston|undici|express)/.test(specifier),
      )
      return clock || outside.length > 0 ? [relative(src, file)] : []
    })

  expect(impure).toEqual([])
})

test('only config.ts reads the environment', () => {
  const readers = files.filter((file) => readFileSync(file, 'utf8').includes('process.env'))

  expect(readers.map((file) => relative(src, file))).toEqual(['config.ts'])
})
