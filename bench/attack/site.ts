import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyPair, exportJWK } from 'jose'
import type { CryptoKey, JWK } from 'jose'

/** Where the service says it is; tokens are meant for this URL. */
export const publicUrl = 'https://cds.attack.invalid'

/** An EHR that calls the service: its issuer and its key. */
export interface Ehr {
  id: string
  iss: string
  kid: string
  privateKey: CryptoKey
  jwk: JWK
}

/** The folder of a service in production with two clients, and their keys. */
export interface Site {
  folder: string
  database: string
  attacker: Ehr
  other: Ehr
  adminToken: string
  /** Environment of the service. */
  env: Record<string, string>
  /** Key and certificate of the FHIR server, which the service trusts. */
  tls: { key: string; cert: string }
}

async function anEhr(id: string): Promise<Ehr> {
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: `${id}-key`, use: 'sig' }
  return { id, iss: `https://${id}.attack.invalid`, kid: `${id}-key`, privateKey, jwk }
}

/**
 * A certificate for 127.0.0.1, since production asks FHIR servers by https alone.
 *
 * Throws: when there is no openssl on this machine.
 */
function certificate(folder: string): Site['tls'] {
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.pem')]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', key, '-out', cert]
  const whose = ['-subj', '/CN=attack', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...made, ...whose], { stdio: 'ignore' })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

/** Writes the folder of a service: settings, keys, and what the site accepted. */
export async function makeSite(root: string, fhirPort: number): Promise<Site> {
  const folder = mkdtempSync(join(root, 'site-'))
  const at = (name: string): string => join(folder, name)
  const [attacker, other] = await Promise.all([anEhr('attacker'), anEhr('other')])
  const adminToken = randomBytes(24).toString('hex')
  const { privateKey } = generateKeyPairSync('ed25519')
  mkdirSync(at('data'))
  const secret = { mode: 0o600 }
  writeFileSync(at('pseudonym.key'), `1 ${randomBytes(32).toString('hex')}\n`, secret)
  writeFileSync(at('signing.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), secret)
  writeFileSync(at('admin.token'), `${adminToken}\n`, secret)
  writeFileSync(at('site.yaml'), 'acceptedDrafts: { role: breastfeeding medicine, on: 2026-06-01 }\n')
  for (const { id, jwk } of [attacker, other])
    writeFileSync(at(`${id}.json`), JSON.stringify({ keys: [jwk] }))
  const tls = certificate(folder)
  const client = ({ id, iss }: Ehr): string[] => [
    `  - id: ${id}`,
    `    iss: ${iss}`,
    `    jwks: ${id}.json`,
    `    fhirServers: ['https://127.0.0.1:${fhirPort}']`,
    `    allowNetworks: ['127.0.0.0/8']`,
  ]
  const config = [
    'mode: production',
    `publicUrl: ${publicUrl}`,
    'auth: required',
    'audit: { keyFile: pseudonym.key, signingKeyFile: signing.pem, spoolDir: data/spool }',
    'admin: { port: 0, host: 127.0.0.1, tokenFile: admin.token }',
    'smart: { clientId: attack }',
    'site: site.yaml',
    'clients:',
    ...[attacker, other].flatMap(client),
  ]
  writeFileSync(at('config.yaml'), `${config.join('\n')}\n`)
  const database = `file:${at('data/audit.db')}`
  const env = {
    CONFIG: at('config.yaml'),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    AUDIT_DATABASE: database,
    NODE_EXTRA_CA_CERTS: at('tls.pem'),
  }
  return { folder, database, attacker, other, adminToken, env, tls }
}
