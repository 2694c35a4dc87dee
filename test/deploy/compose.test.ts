import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { loadSettings } from '../../src/config/config.js'

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text, minItems: 1 }
const only = (properties: Record<string, object>, required: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})

/** The part of the Compose specification that our file uses; any other key is a spelling mistake until it is added here. */
const composeFile = only(
  {
    name: text,
    services: {
      type: 'object',
      additionalProperties: {
        ...only({
          build: only({ context: text }, ['context']),
          image: { type: 'string', pattern: ':[A-Za-z0-9._-]+$', not: { pattern: ':latest$' } },
          environment: { type: 'object', additionalProperties: { type: 'string' } },
          ports: { type: 'array', items: { type: 'string', pattern: '^127\\.0\\.0\\.1:\\d+:\\d+$' } },
          volumes: texts,
          depends_on: {
            type: 'object',
            additionalProperties: only({ condition: { enum: ['service_started', 'service_healthy'] } }, [
              'condition',
            ]),
          },
          user: text,
          read_only: { type: 'boolean' },
          cap_drop: texts,
          security_opt: texts,
          mem_limit: { type: 'string', pattern: '^\\d+[mg]$' },
          stop_grace_period: { type: 'string', pattern: '^\\d+s$' },
          restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
          healthcheck: only({ test: texts, interval: text, timeout: text, retries: { type: 'integer' } }, [
            'test',
          ]),
        }),
        oneOf: [{ required: ['image'] }, { required: ['build'] }],
      },
    },
    volumes: { type: 'object', additionalProperties: { type: 'null' } },
  },
  ['services'],
)

interface ComposeFile {
  services: Record<
    string,
    { volumes?: string[]; environment?: Record<string, string> } & Record<string, unknown>
  >
  volumes: Record<string, null>
}

const compose = parse(readFileSync('deploy/compose.yaml', 'utf8')) as ComposeFile

test('deploy/compose.yaml keeps to the Compose specification, pins its images and listens on loopback alone', () => {
  const validate = new Ajv({ allErrors: true, strictRequired: false }).compile(composeFile)
  validate(compose)

  expect(validate.errors ?? []).toEqual([])
})

test('it runs the service, PostgreSQL and HAPI FHIR', () => {
  expect(Object.keys(compose.services)).toEqual(['mastitis-cds', 'postgres', 'hapi'])
})

test('SEC-133 the service is confined as in production', () => {
  expect(compose.services['mastitis-cds']).toMatchObject({
    user: '65532:65532',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  })
})

test('every named volume is declared and every password comes from outside the file', () => {
  const mounted = Object.values(compose.services)
    .flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''))
    .filter((source) => !source.startsWith('.'))

  expect(mounted.sort()).toEqual(Object.keys(compose.volumes).sort())
  for (const { environment = {} } of Object.values(compose.services))
    for (const [name, value] of Object.entries(environment))
      if (/password|postgres:\/\//i.test(name + value)) expect(value).toContain('${POSTGRES_PASSWORD:?')
})

test('its settings are well formed and reach HAPI by its name in the network', () => {
  const { mode, clients } = loadSettings({ CONFIG: 'deploy/compose/config.yaml' })

  expect(mode).toBe('development')
  expect(clients[0]?.fhirServers).toContain('http://hapi:8080/fhir')
})
