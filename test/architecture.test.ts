import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import ts from 'typescript'

/** What one room may import: everything of some rooms and files, and only the types of others. */
interface Rule {
  uses: readonly string[]
  types: readonly string[]
}

const rule = (uses: readonly string[], types: readonly string[] = []): Rule => ({ uses, types })

/**
 * Every room of `src/`, in the order of the path, with what it may import besides itself, `units`, `errors.ts` and the
 * table of budgets. A room inside a room has its own line; a name of a room covers the rooms inside it.
 */
const rooms: Readonly<Record<string, Rule>> = {
  units: rule([]),
  'errors.ts': rule([]),
  protocol: rule([]),
  config: rule([
    'cards/content/yaml-file.ts',
    'gather/addresses.ts',
    'gather/safe-url.ts',
    'audit/store/database-file.ts',
  ]),
  gather: rule(['protocol', 'service/work-line.ts'], ['config']),
  terminology: rule([]),
  check: rule(['protocol', 'terminology']),
  facts: rule(['check', 'terminology'], ['gather']),
  assess: rule(['terminology'], ['facts', 'gather']),
  cards: rule([], ['assess', 'protocol']),
  'cards/choose': rule(['cards', 'assess'], ['config', 'facts', 'protocol']),
  'cards/content': rule(['cards', 'assess'], ['facts', 'protocol']),
  'decision.ts': rule(['assess', 'cards'], ['facts', 'service/library.ts']),
  audit: rule([], ['assess', 'cards', 'config', 'facts', 'gather', 'protocol']),
  'audit/replay': rule(
    ['audit', 'cards/choose', 'config/development-client.ts', 'decision.ts', 'gather/chart.ts'],
    ['facts', 'service/library.ts'],
  ),
  auditor: rule(['audit', 'service/load-library.ts'], ['config', 'service/library.ts']),
  'decide.ts': rule(
    ['assess', 'audit', 'cards', 'decision.ts', 'facts', 'gather', 'protocol', 'service/call-steps.ts'],
    ['config', 'service/library.ts', 'service/work-line.ts'],
  ),
  sandbox: rule(['gather', 'protocol']),
  workbench: rule(
    [
      'assess',
      'audit',
      'cards',
      'gather',
      'protocol',
      'sandbox',
      'service/decide-once.ts',
      'service/load-library.ts',
      'terminology',
    ],
    ['config', 'facts', 'service/library.ts', 'service/work-line.ts'],
  ),
  http: rule(
    [
      'audit',
      'cards',
      'check',
      'config',
      'gather',
      'protocol',
      'sandbox',
      'service/work-line.ts',
      'workbench',
    ],
    ['auditor', 'decide.ts', 'service/library.ts'],
  ),
  service: rule(
    [
      'audit',
      'cards',
      'check',
      'config',
      'decide.ts',
      'gather',
      'http',
      'protocol',
      'sandbox',
      'terminology',
    ],
    ['assess', 'facts'],
  ),
  cli: rule([
    'assess',
    'audit',
    'cards',
    'config',
    'facts',
    'gather',
    'protocol',
    'sandbox',
    'service',
    'terminology',
    'workbench',
  ]),
  'main.ts': rule(['config', 'http', 'service']),
}

/** What any room may import. */
const everyRoom = ['units', 'errors.ts', 'protocol/limits.ts']

const pureRooms = ['units', 'terminology', 'check', 'facts', 'assess', 'cards', 'decision.ts']

const src = resolve('src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`)

/** The innermost room of the table that a file stands in. */
const roomOf = (file: string): string | undefined =>
  Object.keys(rooms)
    .filter((room) => isIn(file, room))
    .sort((a, b) => b.length - a.length)[0]

interface Import {
  from: string
  /** The file below `src/`; empty for a package. */
  to: string
  specifier: string
  typeOnly: boolean
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const pattern = /^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'/gm
  return [...text.matchAll(pattern)].map(([, type, specifier = '']) => ({
    from: file,
    to: specifier.startsWith('.')
      ? relative(src, resolve(src, dirname(file), specifier.replace(/\.js$/, '.ts')))
      : '',
    specifier,
    typeOnly: type !== undefined,
  }))
}

const imports = files.flatMap(importsOf)
const shown = ({ from, specifier }: Import): string => `${from} imports ${specifier}`

test('every file stands in a room of the table', () => {
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
})

test('rooms import only what the table allows', () => {
  const broken = imports.flatMap((each) => {
    const from = roomOf(each.from) ?? ''
    const { uses, types } = rooms[from] ?? rule([])
    const allowed = (places: readonly string[]): boolean => places.some((place) => isIn(each.to, place))
    if (each.to === '' || roomOf(each.to) === from || allowed([...everyRoom, ...uses])) return []
    if (!allowed(types)) return [`${shown(each)}: ${from} may not import ${roomOf(each.to) ?? each.to}`]
    return each.typeOnly
      ? []
      : [`${shown(each)}: ${from} may import only types of ${roomOf(each.to) ?? each.to}`]
  })

  expect(broken).toEqual([])
})

/** The first circle of imports that can be walked from a file; types count like values. */
function circleFrom(start: string, known: Set<string>): readonly string[] | undefined {
  const walk = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (known.has(file)) return undefined
    const found = imports
      .filter(({ from, to }) => from === file && to !== '')
      .reduce<readonly string[] | undefined>(
        (circle, { to }) => circle ?? walk(to, [...path, file]),
        undefined,
      )
    known.add(file)
    return found
  }
  return walk(start, [])
}

test('no file imports itself by way of others, not even for types', () => {
  const known = new Set<string>()
  const circles = files.flatMap((file) => {
    const circle = circleFrom(file, known)
    return circle ? [`circle of imports: ${circle.join(' → ')}`] : []
  })

  expect(circles).toEqual([])
})

const most = { linesOfFile: 300, linesOfFunction: 60, parameters: 4 }

interface MeasuredFunction {
  name: string
  lines: number
  parameters: number
}

/** Every function and method of a file, also those inside others. */
function functionsOf(file: string): readonly MeasuredFunction[] {
  const text = readFileSync(join(src, file), 'utf8')
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const lineOf = (position: number): number => tree.getLineAndCharacterOfPosition(position).line
  const found: MeasuredFunction[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
      const line = lineOf(node.getStart())
      found.push({
        name: `${file} ${name?.getText() ?? `line ${line + 1}`}`,
        lines: lineOf(node.end) - line + 1,
        parameters: node.parameters.length,
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

const functions = files.flatMap(functionsOf)

const faultsOf = ({ name, lines, parameters }: MeasuredFunction): readonly string[] => [
  ...(lines > most.linesOfFunction ? [`${name}: ${lines} lines, at most ${most.linesOfFunction}`] : []),
  ...(parameters > most.parameters ? [`${name}: ${parameters} parameters, at most ${most.parameters}`] : []),
]

test('a function has at most 60 lines and four parameters', () => {
  expect(functions.flatMap(faultsOf)).toEqual([])
})

test('a file has at most 300 lines', () => {
  const over = files.flatMap((file) => {
    const lines = readFileSync(join(src, file), 'utf8').split('\n').length - 1
    return lines > most.linesOfFile ? [`${file}: ${lines} lines, at most ${most.linesOfFile}`] : []
  })

  expect(over).toEqual([])
})

test('AUD-022 one command opens comments, and nothing else in the house can', () => {
  const openers = imports.filter(({ to, typeOnly }) => to.endsWith('comments/open-comment.ts') && !typeOnly)

  expect(openers.map(({ from }) => from)).toEqual(['cli/audit-comments.ts'])
})

test('express stays in http and in the demo FHIR server', () => {
  const forbidden = imports.filter(
    ({ from, specifier }) => specifier === 'express' && !['http', 'sandbox'].includes(roomOf(from) ?? ''),
  )

  expect(forbidden.map(shown)).toEqual([])
})

test('fhir-kit-client is owned by one module', () => {
  const owners = new Set(
    imports.filter(({ specifier }) => specifier === 'fhir-kit-client').map(({ from }) => from),
  )

  expect([...owners]).toEqual(['gather/patient-reader.ts'])
})

test('http and cli never import each other', () => {
  const forbidden = imports.filter(
    ({ from, to }) =>
      (roomOf(from) === 'http' && roomOf(to) === 'cli') || (roomOf(from) === 'cli' && roomOf(to) === 'http'),
  )

  expect(forbidden.map(shown)).toEqual([])
})

/** The reader of text names the parts of a text as linguists do ("token", "stretch"); its names are compared among themselves. */
const readerOfText = 'terminology/text'

/** The names that more than one of these files exports, with the files. */
function exportedTwice(among: readonly string[]): readonly (readonly [string, ReadonlySet<string>])[] {
  const exported = /^export (?:abstract |async )*(?:class|interface|type|enum|const|let|function\*?) (\w+)/gm
  const filesByName = new Map<string, Set<string>>()
  for (const file of among) {
    for (const [, name = ''] of readFileSync(join(src, file), 'utf8').matchAll(exported)) {
      filesByName.set(name, (filesByName.get(name) ?? new Set()).add(file))
    }
  }
  return [...filesByName].filter(([, exporters]) => exporters.size > 1)
}

test('no two files export the same name', () => {
  const ofReader = files.filter((file) => isIn(file, readerOfText))
  const others = files.filter((file) => !isIn(file, readerOfText))
  const twice = [...exportedTwice(ofReader), ...exportedTwice(others)]

  expect(twice.map(([name, exporters]) => `${name}: ${[...exporters].join(', ')}`)).toEqual([])
})

test('the pure rooms touch no clock, network, disk, logger or environment', () => {
  const loader = /^cards\/content\/load/
  const impure = files
    .filter((file) => pureRooms.some((room) => isIn(file, room)) && !loader.test(file))
    .filter((file) => {
      const clock = /Date\.now|new Date\(\)|Math\.random|process\.env|randomUUID/
      const outside = importsOf(file).filter(({ specifier }) =>
        /^(node:(fs|net|http|https|dns|child_process|os)|winston|undici|express)/.test(specifier),
      )
      return outside.length > 0 || clock.test(readFileSync(join(src, file), 'utf8'))
    })

  expect(impure).toEqual([])
})

test('only config.ts reads the environment', () => {
  const readers = files.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'))

  expect(readers).toEqual(['config/config.ts'])
})
