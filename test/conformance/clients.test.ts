import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { WireCard } from '../../src/cards/chosen-card.js'
import type { ClientSettings, Settings } from '../../src/config/settings.js'
import { aClient, post } from '../http/rig.js'
import type { Answer } from '../http/rig.js'
import { aSigner, aToken } from '../http/tokens.js'
import type { Signer, TokenChange } from '../http/tokens.js'
import { startWhole, storyTime } from '../http/whole.js'
import type { Whole } from '../http/whole.js'

type Json = Record<string, unknown>
const folder = 'fhir-fixtures/requests'
const recorded = (name: string): Json => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as Json

let whole: Whole
let es384: Signer, rs256: Signer, rs384: Signer
beforeAll(async () => {
  ;[es384, rs256, rs384] = await Promise.all([
    aSigner('ES384', 'sandbox-key'),
    aSigner('RS256', 'NjUzYjk0ZjQ3YzAxNDc5ZjhjYTU3OTAyMDhlZDUwZGY'),
    aSigner('RS384', 'ab+c/dEf123=='),
  ])
  whole = await startWhole({ auth: 'required', clients: presets() })
})
afterAll(() => whole.close())

/** The settings that docs/clients gives for each client, with keys of our own. */
function presets(): Settings['clients'] {
  const preset = (id: string, signer: Signer, change: Partial<ClientSettings> = {}): ClientSettings =>
    aClient({ id, iss: `https://${id}.example.org`, jwks: { keys: [signer.jwk] }, ...change })
  return [
    preset('sandbox', es384),
    preset('crd-request-generator', rs256, { algorithms: ['RS256'], maxTokenLifetimeMs: 86_400_000 }),
    preset('epic-shaped', rs384, {
      algorithms: ['RS384'],
      audiences: ['cds-of-the-site'],
      subjects: ['client-1'],
    }),
    preset('cerner-shaped', rs384),
    preset('meld', rs384, { audiences: ['sand_man'] }),
  ]
}

const seconds = storyTime / 1_000
/** What each client's token looks like, beside what every token has. */
const tokens: Readonly<Record<string, { signer: () => Signer; aud?: string } & TokenChange>> = {
  sandbox: { signer: () => es384 },
  'crd-request-generator': { signer: () => rs256, claims: { exp: seconds + 86_400 } },
  'epic-shaped': {
    signer: () => rs384,
    aud: 'cds-of-the-site',
    claims: { nbf: seconds - 300, exp: seconds + 900, sub: 'client-1' },
  },
  'cerner-shaped': { signer: () => rs384 },
  meld: { signer: () => rs384, aud: 'sand_man' },
}

async function send(name: string, path: string): Promise<Answer> {
  const client = name.split('/')[0] ?? ''
  const { signer, aud, ...change } = tokens[client] ?? { signer: () => es384 }
  const token = await aToken(
    signer(),
    { aud: aud ?? `https://cds.example.org${path}`, iss: `https://${client}.example.org`, now: storyTime },
    change,
  )
  return post(whole.base + path, recorded(name), { authorization: `Bearer ${token}` })
}
const kinds = ({ body }: Answer): string[] =>
  (body as { cards: WireCard[] }).cards.map(({ source }) => source.topic.code)

// what the client sends, and what the clinician gets
const calls: readonly (readonly [string, number, readonly string[]])[] = [
  ['sandbox/patient-view', 200, ['ultrasound', 'continue-breastfeeding', 'culture']],
  ['sandbox/order-select-as-the-screen-opens', 200, []],
  ['sandbox/order-select-antibiotic', 200, ['second-antibiotic']],
  ['sandbox/order-sign', 200, []],
  ['crd-request-generator/order-sign-own-prefetch-keys', 412, []],
  ['crd-request-generator/order-sign-with-our-keys', 200, ['lactation-suppressant']],
  ['epic-shaped/patient-view', 200, ['ultrasound', 'continue-breastfeeding', 'culture']],
  ['epic-shaped/order-sign-200-character-ids', 200, ['lactation-suppressant']],
  ['cerner-shaped/patient-view', 200, ['ultrasound', 'continue-breastfeeding', 'culture']],
  ['meld/patient-view', 200, ['ultrasound', 'continue-breastfeeding', 'culture']],
]

test.each(calls)('P5 H5 the recorded shape %s is answered %i', async (name, status, expected) => {
  const hook = recorded(name)['hook'] as string
  const answer = await send(name, `/cds-services/mastitis-${hook}`)

  expect(answer.status).toBe(status)
  if (status === 200) expect(kinds(answer)).toEqual(expected)
})

const feedback = [
  'sandbox/feedback-accepted',
  'sandbox/feedback-overridden',
  'sandbox/feedback-overridden-without-reason',
  'epic-shaped/feedback',
]

test.each(feedback)('B4 AUD-020 the recorded feedback %s is taken', async (name) => {
  const answer = await send(name, '/cds-services/mastitis-patient-view/feedback')

  expect(answer.status).toBe(200)
  const { length } = recorded(name)['feedback'] as unknown[]
  expect(answer.body).toEqual({ received: length, kept: Array.from({ length }, (_, at) => at) })
})

test('a constant hookInstance may come again and again', async () => {
  const name = 'crd-request-generator/order-sign-with-our-keys'

  for (let call = 0; call < 2; call++)
    expect((await send(name, '/cds-services/mastitis-order-sign')).status).toBe(200)
})

test('every recorded request is asked in a test, and every client has a page', () => {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(`${folder}/${name}`).map((file) => `${name}/${file.replace('.json', '')}`),
    )

  expect(files.sort()).toEqual([...calls.map(([name]) => name), ...feedback].sort())
  for (const client of Object.keys(tokens))
    expect(readFileSync(`docs/clients/${client}.md`, 'utf8')).toContain('iss:')
})
