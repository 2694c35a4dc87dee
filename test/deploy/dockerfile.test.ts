import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { imageOptions } from '../../bench/image-options.js'

/** One instruction of the Dockerfile, with its continued lines joined. */
interface Instruction {
  stage: number
  name: string
  rest: string
}

function instructionsOf(dockerfile: string): readonly Instruction[] {
  const lines = dockerfile
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  let stage = -1
  return lines.map((line) => {
    const [name = '', ...rest] = line.split(' ')
    if (name === 'FROM') stage += 1
    return { stage, name, rest: rest.join(' ') }
  })
}

const instructions = instructionsOf(readFileSync('Dockerfile', 'utf8'))
const last = Math.max(...instructions.map(({ stage }) => stage))
const named = (name: string, stage?: number): readonly string[] =>
  instructions
    .filter((each) => each.name === name && (stage === undefined || each.stage === stage))
    .map(({ rest }) => rest)
/** What a stage copies from the source folder. */
const copied = (stage: number): readonly string[] =>
  named('COPY', stage)
    .filter((rest) => !rest.startsWith('--from'))
    .flatMap((rest) => rest.split(' ').slice(0, -1))
const ignored = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line !== '')

test('SEC-133 the image runs as a user without rights, given by number', () => {
  expect(named('USER', last)).toEqual(['65532:65532'])
})

test('the image tells whether it lives, without a shell or a further program', () => {
  const [check = ''] = named('HEALTHCHECK', last)

  expect(check).toContain('/health/live')
  expect(check).toContain('CMD ["node"')
  expect(named('CMD', last)).toEqual(['["node", "dist/main.js"]'])
})

test('SEC-130 packages come from the lock alone, and none of their scripts runs', () => {
  const installs = named('RUN').filter((rest) => /npm (ci|install|i)\b/.test(rest))

  expect(installs).toHaveLength(2)
  for (const install of installs) {
    expect(install).toContain('npm ci')
    expect(install).toContain('--ignore-scripts')
  }
})

test('the image holds production packages alone', () => {
  expect(named('COPY', last).find((rest) => rest.includes('node_modules'))).toContain('--from=dependencies')
  expect(instructions.some(({ stage, rest }) => stage === 1 && rest.includes('--omit=dev'))).toBe(true)
})

test('every stage begins with one base, pinned to a major version of Node that is kept up (LTS)', () => {
  const bases = named('FROM').map((rest) => rest.split(' ')[0])

  expect(new Set(bases)).toEqual(new Set(['node:24-bookworm-slim']))
})

test('nothing is fetched from outside the source folder', () => {
  expect(named('ADD')).toEqual([])
  expect(named('RUN').filter((rest) => /curl|wget|https?:/.test(rest))).toEqual([])
})

test('SEC-044 SEC-082 the image drops __proto__ and clears DEBUG', () => {
  const [environment = ''] = named('ENV', last)

  expect(environment).toContain('--disable-proto=delete')
  expect(environment).toMatch(/DEBUG=(\s|$)/)
  expect(environment).toContain('NODE_ENV=production')
})

test('docs/operate.md names every option of node that the image sets', () => {
  const page = readFileSync('docs/operate.md', 'utf8')
  const options = imageOptions().split(' ')

  expect(options).toContain('--max-old-space-size=304')
  expect(options.filter((option) => !page.includes(`\`${option}\``))).toEqual([])
})

test('what the build needs is copied into its stage, and what the service reads into the image', () => {
  const needed = [
    'package.json',
    'package-lock.json',
    '.npmrc',
    'tsconfig.json',
    'src',
    'web',
    'cards',
  ].filter(existsSync)

  expect(copied(0)).toEqual(expect.arrayContaining(needed))
  expect(copied(last)).toEqual(
    expect.arrayContaining(['package.json', 'LICENSE', 'NOTICE', 'cards', 'fhir-fixtures']),
  )
  expect(named('COPY', last)).toContain('--from=build /app/dist dist')
  expect(
    [...copied(0), ...copied(last)].filter((source) => !existsSync(source) || ignored.includes(source)),
  ).toEqual([])
})

test('secrets, data and history stay out of the build', () => {
  expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'data', '.git', 'dist']))
  expect(named('ARG')).toEqual([])
})
