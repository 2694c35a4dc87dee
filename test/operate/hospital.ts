import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDemoPatients } from '../../src/sandbox/demo-patients.js'
import { prefetchOf } from '../../src/sandbox/prefetch-of.js'
import { aSigner, aToken } from '../http/tokens.js'
import type { Signer, TokenChange } from '../http/tokens.js'

const iss = 'https://ehr.hospital-a.org/'
const publicUrl = 'https://cds.example.org'

/** A hospital that runs the service in production: its folder with settings and keys, and its EHR. */
export interface Hospital {
  folder: string
  /** What its EHR signs tokens with; replicas of one service have the same. */
  ehr: Signer
  /** The environment of the process. */
  env: Record<string, string>
  /** Writes the settings again with other keys in place. */
  configure: (more?: ConfigChange) => void
  site: (text: string) => void
  /** A header with a fresh token for a path. */
  authorization: (path: string, change?: TokenChange) => Promise<string>
  remove: () => void
}

/** Lines to add to the client, and to the file, of the settings. */
export interface ConfigChange {
  client?: readonly string[]
  file?: readonly string[]
}

/** Makes the folder of a hospital: production mode, one client whose tokens are required, a site without acceptance. */
export async function aHospital({
  database,
  ehr,
}: { database?: string; ehr?: Signer } = {}): Promise<Hospital> {
  const folder = mkdtempSync(join(tmpdir(), 'hospital-'))
  const signer = ehr ?? (await aSigner())
  const at = (name: string): string => join(folder, name)
  mkdirSync(at('data'))
  writeFileSync(at('pseudonym.key'), `1 ${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(at('signing.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  writeFileSync(at('keys.json'), JSON.stringify({ keys: [signer.jwk] }))
  writeFileSync(at('site.yaml'), '')
  const configure = ({ client = [], file = [] }: ConfigChange = {}): void =>
    writeFileSync(
      at('config.yaml'),
      [
        'mode: production',
        `publicUrl: ${publicUrl}`,
        'auth: required',
        'audit: { keyFile: pseudonym.key, signingKeyFile: signing.pem, spoolDir: data/spool }',
        'site: site.yaml',
        ...file,
        'clients:',
        `  - id: hospital-a`,
        `    iss: ${iss}`,
        `    jwks: keys.json`,
        ...client.map((line) => `    ${line}`),
        '',
      ].join('\n'),
    )
  configure()
  return {
    folder,
    ehr: signer,
    env: {
      CONFIG: at('config.yaml'),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      AUDIT_DATABASE: database ?? `file:${at('data/audit.db')}`,
    },
    configure,
    site: (text) => writeFileSync(at('site.yaml'), text),
    authorization: async (path, change) =>
      `Bearer ${await aToken(signer, { aud: publicUrl + path, iss, now: Date.now() }, change)}`,
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** The line of a site's settings that lets drafts be shown in production. */
export const accepted = 'acceptedDrafts: { role: breastfeeding medicine, on: 2026-06-01 }\n'

const patients = makeDemoPatients('fhir-fixtures', Date.now)

/** A `patient-view` request for a fixture's patient, as if her story were told now, with complete prefetch. */
export const viewOf = (patientId: string): Record<string, unknown> => ({
  hook: 'patient-view',
  hookInstance: randomUUID(),
  context: { userId: 'Practitioner/1', patientId },
  prefetch: prefetchOf(patients.of(patientId), patientId),
})

export const viewPath = '/cds-services/mastitis-patient-view'

/** Posts JSON, as a value or as text that is ready; the answer with its body read. */
export async function post(
  url: string,
  body: unknown,
  authorization?: string,
): Promise<{ status: number; body: Answer }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}

/** As much of an answer as these tests look at. */
export interface Answer {
  cards?: { uuid: string; summary: string; source: { topic: { code: string } } }[]
  resourceType?: string
}

export const topicsOf = ({ cards = [] }: Answer): readonly string[] =>
  cards.map(({ source }) => source.topic.code)
