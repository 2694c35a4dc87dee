import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../../errors.js'
import { keyIdOf } from '../checkpoint.js'

/** The public key, which can seal comments but not open them. */
export interface SealingKey {
  publicPem: string
  keyId: string
}

/** The private key, which the `privacy` role keeps away from the service. */
export interface OpeningKey {
  privatePem: string
  keyId: string
}

const makeFix =
  'make a pair elsewhere with: openssl genpkey -algorithm x25519 -out private.pem; and bring only what openssl pkey -in private.pem -pubout prints'

const problem = (file: string, says: string, fix = makeFix): ConfigError =>
  new ConfigError([{ file, says, fix }])

/** Can the key agree on an encryption key? X25519 and P-256 keys can, signing keys cannot. */
const canAgree = ({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean =>
  type === 'x25519' || (type === 'ec' && details?.namedCurve === 'prime256v1')

const publicPemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string

function publicKeyIn(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return canAgree(key) ? key : undefined
  } catch {
    return undefined // the text is no PEM key
  }
}

/**
 * Reads the public key that seals comments.
 *
 * Edge:   a private key is refused, because no account on the host of the service may be able to read comments.
 * Throws: `ConfigError` when the file is missing, or holds anything but a public X25519 or P-256 key in PEM.
 */
export function readSealingKey(path: string): SealingKey {
  let pem: string
  try {
    pem = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as { code?: string }
    throw problem(path, code === 'ENOENT' ? 'does not exist' : 'cannot be read')
  }
  if (pem.includes('PRIVATE KEY'))
    throw problem(
      path,
      'holds a private key, with which comments could be read',
      'take it off this machine, and put here only what openssl pkey -in private.pem -pubout prints',
    )
  const key = publicKeyIn(pem)
  if (!key) throw problem(path, 'is no public X25519 or P-256 key in PEM')
  const publicPem = publicPemOf(key)
  return { publicPem, keyId: keyIdOf(publicPem) }
}

/**
 * Reads the private key that opens comments.
 *
 * Missing: `undefined` when the text is no private X25519 or P-256 key in PEM, or needs a passphrase.
 */
export function openingKeyOf(pem: string): OpeningKey | undefined {
  try {
    const key = createPrivateKey(pem)
    if (!canAgree(key)) return undefined
    return {
      privatePem: key.export({ type: 'pkcs8', format: 'pem' }) as string,
      keyId: keyIdOf(publicPemOf(createPublicKey(key))),
    }
  } catch {
    return undefined // no PEM key, a public key, or a key with a passphrase
  }
}
