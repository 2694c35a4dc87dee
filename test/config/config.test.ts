import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { loadSettings } from '../../src/config/config.js'
import { durationMs, sizeBytes } from '../../src/config/quantities.js'
import type { ConfigError } from '../../src/errors.js'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

/** The environment of a process whose CONFIG holds this text. */
const withFile = (text: string, more: Record<string, string> = {}): Record<string, string> => {
  const file = join(folder, `${++files}.yaml`)
  writeFileSync(file, text)
  return { CONFIG: file, ...more }
}
const refused = (env: Record<string, string>): ConfigError['problems'] => {
  try {
    loadSettings(env)
  } catch (error) {
    return (error as ConfigError).problems
  }
  return []
}
const problems = (env: Record<string, string>): string[] =>
  refused(env).map(({ line, says }) => `${line ?? ''} ${says}`.trim())
const fixes = (env: Record<string, string>): (string | undefined)[] => refused(env).map(({ fix }) => fix)

const production = `
mode: production
publicUrl: https://cds.example.org
clients:
  - id: hospital-a
    iss: https://ehr.hospital-a.org/
    jwks: https://ehr.hospital-a.org/keys
    fhirServers: [https://fhir.hospital-a.org/r4]
`
const changed = (from: string, to: string): string => production.replace(from, to)

test('without a file the built-in development client applies and no token is needed', () => {
  const { mode, host, port, publicUrl, auth, clients, limits } = loadSettings({})

  expect({ mode, host, port, publicUrl, auth }).toEqual({
    mode: 'development',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    auth: 'off',
  })
  expect(clients).toHaveLength(1)
  expect(clients[0]).toMatchObject({
    id: 'development',
    allowAnyFhirServer: true,
    corsOrigins: ['https://sandbox.cds-hooks.org', 'http://localhost:*'],
  })
  expect(limits.perClientPerMinute).toBe(0)
})

test('a short production file is filled with the documented defaults', () => {
  const settings = loadSettings(withFile(production))

  expect(settings).toMatchObject({
    mode: 'production',
    host: '0.0.0.0',
    auth: 'required',
    discovery: 'open',
    canonicalBase: 'https://cds.example.org',
    audit: { database: 'file:./data/audit.db', retentionDays: 2192, comments: false },
    limits: {
      bodyBytes: 2_097_152,
      depth: 64,
      nodes: 80_000,
      perClientPerMinute: 6_000,
      perAddressPerMinute: 600,
      concurrent: 64,
    },
    jwks: { refetchCooldownMs: 30_000 },
    trustProxyHops: 0,
  })
  expect(settings.admin).toBeUndefined()
  expect(settings.clients[0]).toEqual({
    id: 'hospital-a',
    iss: 'https://ehr.hospital-a.org/',
    jwks: 'https://ehr.hospital-a.org/keys',
    algorithms: ['ES384', 'RS384'],
    tenants: [],
    audiences: [],
    maxTokenLifetimeMs: 3_600_000,
    fhirServers: ['https://fhir.hospital-a.org/r4'],
    allowAnyFhirServer: false,
    allowNetworks: [],
    corsOrigins: [],
    rulesMode: 'live',
    onMissingData: '412',
    deadlineMs: 2_500,
    requestTimeoutMs: 1_500,
    actionSelectionBehavior: false,
    links: ['smart-app'],
    cardsOff: [],
  })
})

test('settings are frozen at every depth', () => {
  const settings = loadSettings(withFile(production))

  expect(Object.isFrozen(settings) && Object.isFrozen(settings.clients[0]?.algorithms)).toBe(true)
})

test('files named in the file are found from its folder', () => {
  const text = changed('jwks: https://ehr.hospital-a.org/keys', 'jwks: ./keys.json')
  const settings = loadSettings(withFile(`${text}\nsite: ./site.yaml\naudit: { keyFile: audit.key }`))

  expect(settings.clients[0]?.jwks).toBe(join(folder, 'keys.json'))
  expect(settings.siteFile).toBe(join(folder, 'site.yaml'))
  expect(settings.audit.keyFile).toBe(join(folder, 'audit.key'))
})

test('onMissingData may be written as number or text', () => {
  for (const written of ['412', '"412"'])
    expect(
      loadSettings(withFile(changed('    iss:', `    onMissingData: ${written}\n    iss:`))).clients[0]
        ?.onMissingData,
    ).toBe('412')
})

test('every bad variable is named at once', () => {
  const found = problems({
    PORT: '70000',
    LOG_LEVEL: 'loud',
    AUDIT_DATABASE: 'mysql://x',
    HOST: '',
    CONFIG: '/nowhere',
  })

  expect(found).toHaveLength(5)
  for (const name of ['PORT', 'LOG_LEVEL', 'AUDIT_DATABASE', 'HOST', 'CONFIG'])
    expect(found.join()).toContain(name)
})

test('SEC-093 every bad key is named at once, with its line', () => {
  const text = `mode: production
publicUrl: not-a-url
colour: blue
clients:
  - id: a b
    iss: x
    jwks: k
    deadline: 2500
    corsOrigins: [https://x.org/path]
    allowNetworks: [10.0.0.0/40]
limits: { body: 4gb }
`
  const found = problems(withFile(text))

  for (const says of [
    /^1 the file has the unknown key "colour"/,
    /^2 publicUrl /,
    /^5 clients.0.id /,
    /^8 clients.0.deadline /,
    /^9 clients.0.corsOrigins.0 /,
    /^10 clients.0.allowNetworks.0 /,
    /^11 limits.body /,
  ])
    expect(found).toContainEqual(expect.stringMatching(says))
  expect(found).toHaveLength(7)
})

test.each([
  ['allowNetworks', '"::/0"', /public addresses need no entry/],
  ['allowNetworks', '0.0.0.0/0', /public addresses need no entry/],
  ['allowNetworks', '"::ffff:0:0/96"', /public addresses need no entry/],
  ['allowNetworks', '10.0.0.0/7', /public addresses need no entry/],
  ['fhirServers', '"https://fhir.hospital-a.org/r4/..;/"', /without query, percent signs, semicolons/],
  ['fhirServers', '"https://fhir.hospital-a.org/r4/%2e%2e"', /without query, percent signs, semicolons/],
  ['fhirServers', '"https://fhir.hospital-a.org/r4?x=1"', /without query, percent signs, semicolons/],
])('SEC-020 SEC-021 %s: [%s] is refused with a sentence that says what to write', (key, value, says) => {
  const text = changed('    fhirServers: [https://fhir.hospital-a.org/r4]\n', '') + `    ${key}: [${value}]\n`

  expect(fixes(withFile(text))).toEqual([expect.stringMatching(says)])
})

test.each(['10.1.0.0/16', '192.168.7.7', 'fd12::/16', '172.16.0.0/12'])(
  'SEC-021 allowNetworks may be the private network %s',
  (network) => {
    const settings = loadSettings(withFile(`${production}    allowNetworks: ["${network}"]\n`))

    expect(settings.clients[0]?.allowNetworks).toEqual([network])
  },
)

test('AUD-022 comments are kept sealed or not at all: without a key for them the setting is refused', () => {
  expect(problems(withFile(`${production}\naudit: { comments: true }`))).toEqual([
    expect.stringMatching(/^10 audit\.comments is true, but "audit\.commentsKeyFile" is not there/),
  ])
  expect(
    loadSettings(withFile(`${production}\naudit: { comments: true, commentsKeyFile: ./public.pem }`)).audit,
  ).toMatchObject({ comments: true, commentsKeyFile: join(folder, 'public.pem') })
})

test.each([
  ['mode: [', /^1 is not valid YAML/],
  ['mode: production\nmode: development', /^2 is not valid YAML/],
  ['[]', /must be object/],
  ['', /must be object/],
])('a file that is %j is refused', (text, says) => {
  expect(problems(withFile(text))[0]).toMatch(says)
})

test.each([
  ['SEC-001 auth off', `${production}\nauth: off`, /^10 auth is off/],
  ['SEC-013 an http publicUrl', changed('https://cds', 'http://cds'), /^3 publicUrl is not https/],
  ['no publicUrl', changed('publicUrl: https://cds.example.org', ''), /publicUrl is not https/],
  ['no clients', 'mode: production\npublicUrl: https://cds.example.org', /clients is empty/],
  [
    'SEC-013 an http FHIR server',
    changed('https://fhir', 'http://fhir'),
    /^8 clients.0.fhirServers.0 is not https/,
  ],
  ['SEC-011 an http key set', changed('jwks: https', 'jwks: http'), /^7 clients.0.jwks is not https/],
  [
    'the public sandbox as client',
    changed('https://ehr.hospital-a.org/\n', 'https://sandbox.cds-hooks.org\n'),
    /public sandbox/,
  ],
  ['a client without jwks', changed('    jwks: https://ehr.hospital-a.org/keys\n', ''), /lacks "jwks"/],
  ['a client without iss', changed('    iss: https://ehr.hospital-a.org/\n', ''), /lacks "iss"/],
  [
    'a deadline over 8 s',
    changed('    iss:', '    deadline: 8001ms\n    iss:'),
    /clients.0.deadline is out of range/,
  ],
])('production refuses to start with %s', (_, text, says) => {
  expect(problems(withFile(text)).join('\n')).toMatch(says)
})

test('a file that does not say its mode means production', () => {
  expect(loadSettings(withFile(changed('mode: production', ''))).mode).toBe('production')
})

test('NODE_ENV production refuses development mode and a missing file', () => {
  expect(problems({ NODE_ENV: 'production' })[0]).toMatch(/NODE_ENV/)
  expect(problems(withFile('mode: development', { NODE_ENV: 'production' }))[0]).toMatch(/NODE_ENV/)
  expect(problems(withFile(production, { NODE_ENV: 'production' }))).toEqual([])
})

const second = (lines: string): string => `${production}
  - id: hospital-b
    jwks: https://ehr.hospital-b.org/keys
${lines}`

test.each([
  ['the same iss without tenants', '    iss: https://ehr.hospital-a.org/', 1],
  ['the same iss with tenants on one side only', '    iss: https://ehr.hospital-a.org/\n    tenants: [t]', 1],
  ['another iss', '    iss: https://ehr.hospital-b.org/', 0],
])('SEC-091 two clients with %s are told apart or refused', (_, lines, count) => {
  expect(problems(withFile(second(lines)))).toHaveLength(count)
})

test('SEC-091 clients with one iss and tenants apart may stand side by side; a common tenant is refused', () => {
  const tenants = (a: string, b: string): string =>
    second(`    iss: https://ehr.hospital-a.org/\n    tenants: [${b}]`).replace(
      '    jwks: https://ehr.hospital-a.org/keys',
      `    tenants: [${a}]\n    jwks: https://ehr.hospital-a.org/keys`,
    )

  expect(problems(withFile(tenants('t1', 't2')))).toEqual([])
  expect(problems(withFile(tenants('t1', 't1, t2')))).toHaveLength(1)
})

test('SEC-084 a problem names the key, never the value', () => {
  const found = problems(
    withFile(changed('jwks: https://ehr.hospital-a.org/keys', 'jwks: { keys: Zzcanary }')),
  )

  expect(found.length).toBeGreaterThan(0)
  expect(found.join()).not.toContain('Zzcanary')
})

test.each([
  ['2500ms', 2_500],
  ['30s', 30_000],
  ['5m', 300_000],
  ['1h', 3_600_000],
  ['2192d', 189_388_800_000],
  ['1 h', 3_600_000],
  ['2500', undefined],
  ['1w', undefined],
  ['-1s', undefined],
  [2_500, undefined],
])('the duration %j is %j ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms)
})

test.each([
  ['4mb', 4_194_304],
  ['512KB', 524_288],
  ['10b', 10],
  ['4gb', undefined],
  ['4', undefined],
])('the size %j is %j bytes', (text, bytes) => {
  expect(sizeBytes(text)).toBe(bytes)
})

test.each([
  ['body: 8mb', 'body: 8193kb'],
  ['depth: 512', 'depth: 513'],
  ['nodes: 400000', 'nodes: 400001'],
])('SEC-041 SEC-042 limits.%s is accepted, %s is refused', (accepted, refused) => {
  const [name] = accepted.split(':')

  expect(problems(withFile(`${production}limits: { ${accepted} }`))).toEqual([])
  expect(problems(withFile(`${production}limits: { ${refused} }`))).toEqual([
    expect.stringMatching(new RegExp(`^9 limits\\.${name} `)),
  ])
})

test.each(['memory:', 'file::memory:'])(
  'production refuses an audit that is gone with the process: %s',
  (database) => {
    expect(problems(withFile(production, { AUDIT_DATABASE: database }))).toEqual([
      'AUDIT_DATABASE keeps no record, and without a record production gives no advice',
    ])
  },
)

test('SEC-084 the address of the audit database can stand in a file; AUDIT_DATABASE wins over it', () => {
  const file = join(folder, 'database')
  writeFileSync(file, 'postgres://cds:secret@db/audit\n')

  expect(loadSettings({ AUDIT_DATABASE_FILE: file }).audit.database).toBe('postgres://cds:secret@db/audit')
  expect(loadSettings({ AUDIT_DATABASE_FILE: file, AUDIT_DATABASE: 'memory:' }).audit.database).toBe(
    'memory:',
  )
  expect(problems({ AUDIT_DATABASE_FILE: join(folder, 'missing') })).toEqual([
    'AUDIT_DATABASE_FILE is not valid',
  ])
})

test.each(['clientCa: ./ca.pem', 'mutualTls: required', 'allowAddresses: [192.0.2.0/24]'])(
  'SEC-014 no setting pretends to check certificates or addresses of callers: %s is refused',
  (line) => {
    expect(problems(withFile(`${production}    ${line}\n`)).join()).toContain('unknown key')
    expect(problems(withFile(`${line}\n${production}`)).join()).toContain('unknown key')
  },
)

test.each(['clientSecret: hush', 'privateKeyFile: ./key.pem', 'tokenUrl: https://ehr.hospital-a.org/token'])(
  'SEC-030 the service takes no key of its own towards a FHIR server, so none can leak: %s is refused',
  (line) => {
    const found = problems(withFile(`${production}    ${line}\n`)).join()

    expect(found).toContain('unknown key')
    expect(found).not.toContain('hush')
  },
)
