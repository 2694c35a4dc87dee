import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readContent } from '../src/cards/content/load-content.js'
import { checkConfigFile } from '../src/config/file-schema.js'
import { checkLibrary } from '../src/service/load-library.js'
import { discovery } from '../src/protocol/discovery.js'
import { hookNames } from '../src/protocol/hook-request.js'
import { idsIn } from './conformance/titles.js'
import { anchorsIn } from './page-anchors.js'
import { testedBlock } from './tested-block.js'

const connect = readFileSync('docs/connect.md', 'utf8')

test('S5 the guide names every hook, service and limit, and leads to every prefetch string and error', () => {
  const prefetch = readFileSync('docs/generated/prefetch.md', 'utf8')
  for (const hook of hookNames) expect(connect).toContain(`| \`${hook}\` | \`mastitis-${hook}\` |`)
  for (const setting of [
    'limits.body',
    'limits.concurrent',
    'deadline',
    'selectionBehavior: any',
    'onMissingData',
  ])
    expect(connect).toContain(setting)
  for (const template of Object.values(discovery.services[0]?.prefetch ?? {}))
    expect(prefetch).toContain(template)
  for (const page of ['generated/prefetch.md', 'generated/errors.md', 'clients/'])
    expect(connect).toContain(`(${page})`)
})

/** The keys of the configuration file; `cdsHooks` counts as one. */
function keysOf(schema: object, prefix = ''): readonly string[] {
  const { properties = {} } = schema as { properties?: Record<string, object> }
  return Object.entries(properties).flatMap(([name, inner]) => {
    const path = prefix + name
    if (name === 'clients') return keysOf((inner as { items: object }).items, 'clients[].')
    return 'properties' in inner && name !== 'cdsHooks' ? keysOf(inner, `${path}.`) : [path]
  })
}

/** The names in the first cells of a table; those after the first of a row share its prefix. */
const namesIn = (section: string): readonly string[] =>
  [...section.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = '']) => {
    const [first = '', ...others] = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    const prefix = first.slice(0, first.lastIndexOf('.') + 1)
    return [first, ...others.map((name) => prefix + name)]
  })

const settingsSection = connect.slice(
  connect.indexOf('## All settings'),
  connect.indexOf('## When it says no'),
)

test('the guide lists every key of the configuration file and every variable, and no other', () => {
  const variables = [...readFileSync('src/config/config.ts', 'utf8').matchAll(/env\['(\w+)'\]/g)]
  const wanted = new Set([...keysOf(checkConfigFile.schema as object), ...variables.map(([, name]) => name)])

  expect([...namesIn(settingsSection)].sort()).toEqual([...wanted].sort())
})

test("the site's file that the operator's page shows is one that a service starts with", () => {
  const site = { file: 'site.yaml', content: testedBlock('docs/operate.md', 'site') }
  const { problems, library } = checkLibrary(
    { ...readContent('cards'), site },
    { mode: 'production', canonicalBase: 'https://cds.example.org' },
  )

  expect(problems).toEqual([])
  expect(library?.parameters['response.dueHours']).toBe(36)
})

const pages = [
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'GLOSSARY.md', 'README.md', 'SECURITY.md', 'test/README.md'],
  ...['docs', 'docs/clients'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
]

test.each(pages)('%s links only to what is there', (page) => {
  const text = readFileSync(page, 'utf8')
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(([, target = '']) =>
    join(dirname(page), target),
  )

  expect(targets.filter((target) => !existsSync(target))).toEqual([])
})

const generated = readdirSync('docs/generated')
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs/generated', name))

test.each([...pages, ...generated])('%s links only to headings that are there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]*\.md)#([^)]+)\)/g)]
  const known = new Map<string, ReadonlySet<string>>()
  const lost = links.filter(([, target = '', anchor = '']) => {
    const file = join(dirname(page), target)
    if (!known.has(file)) known.set(file, anchorsIn(readFileSync(file, 'utf8')))
    return !known.get(file)?.has(anchor)
  })

  expect(lost.map(([link]) => link)).toEqual([])
})

/** How far each group of the checklist goes. */
const groups: readonly (readonly [from: number, to: number])[] = [
  [1, 14],
  [20, 31],
  [40, 52],
  [60, 67],
  [70, 76],
  [80, 86],
  [90, 93],
  [100, 110],
]
const wanted = groups.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, at) => `SEC-${String(from + at).padStart(3, '0')}`),
)
const rows = new Map(
  [...readFileSync('docs/security.md', 'utf8').matchAll(/^\| (SEC-\d{3}) \| (.+?) \| (.+) \|$/gm)].map(
    ([, id = '', , proof = '']) => [id, proof] as const,
  ),
)

test('every line of the security checklist, A to H, is on the page once', () => {
  expect([...rows.keys()]).toEqual(wanted)
})

test.each(wanted)('%s has tests that start with its id, or a reason', (id) => {
  const proof = rows.get(id) ?? ''
  const files = [...proof.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file)

  if (files.length === 0) expect(proof.length).toBeGreaterThan(40)
  expect(files.filter((file) => !existsSync(file) || !idsIn(file).has(id))).toEqual([])
})

/** The names of the files of a room that end so, without folders and ending. */
const namesBelow = (folder: string, ending: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .map((name) => basename(name, ending))
    : []

test('every suite has the name of a file of its room, or stands in test/README.md', () => {
  const named = new Set(
    [...readFileSync('test/README.md', 'utf8').matchAll(/`([\w-]+\/?)`/g)].map(([, name = '']) => name),
  )
  const rooms = readdirSync('test', { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && (!named.has(`${entry.name}/`) || existsSync(join('src', entry.name))),
    )
    .map(({ name }) => name)
  const suites = [
    ...readdirSync('test').flatMap((name) =>
      name.endsWith('.test.ts') ? [['', basename(name, '.test.ts')] as const] : [],
    ),
    ...rooms.flatMap((room) =>
      namesBelow(join('test', room), '.test.ts').map((name) => [room, name] as const),
    ),
  ]
  const strangers = suites.filter(
    ([room, name]) => !named.has(name) && !namesBelow(join('src', room), '.ts').includes(name),
  )

  expect(strangers.map((suite) => suite.join('/'))).toEqual([])
})
