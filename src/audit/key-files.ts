import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '../errors.js'
import type { Problem } from '../errors.js'

/** The master key of pseudonyms in each epoch; the highest epoch is in force, older ones only lead back. */
export type EpochKeys = ReadonlyMap<number, Uint8Array>

/** How a key file is found: its path, and whether it may be made when it is not there. */
export interface KeyPlace {
  path: string
  mayCreate: boolean
  /** Told when a key was made, so that the operator keeps it. */
  onCreated: (path: string) => void
}

const problem = (path: string, says: string, fix: string): ConfigError =>
  new ConfigError([{ file: path, says, fix } satisfies Problem])

/** Writes a new file that only its owner may read; never over an old one. */
function writeSecret(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
}

function readOrCreate({ path, mayCreate, onCreated }: KeyPlace, make: () => string, fix: string): string {
  if (!existsSync(path)) {
    if (!mayCreate) throw problem(path, 'does not exist', fix)
    writeSecret(path, make())
    onCreated(path)
  }
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw problem(path, 'cannot be read', 'name a file that the user of the service may read')
  }
}

const epochLine = /^(\d{1,6})\s+([0-9a-f]{64,})$/i

const keyFix =
  'write lines of an epoch number and 64 hexadecimal digits, such as: echo "1 $(openssl rand -hex 32)"'

/**
 * Reads the master keys of pseudonyms: one line per epoch, "1 <64 hexadecimal digits>".
 *
 * Edge:   to change the key, add a line with the next number; taking an old line away unlinks its pseudonyms for good.
 * Throws: `ConfigError` when the file is missing and may not be made, or holds anything else.
 */
export function readEpochKeys(place: KeyPlace): EpochKeys {
  const content = readOrCreate(place, () => `1 ${randomBytes(32).toString('hex')}\n`, keyFix)
  const keys = new Map<number, Uint8Array>()
  for (const line of content.split('\n').filter((text) => text.trim() !== '')) {
    const [, epoch, key] = epochLine.exec(line.trim()) ?? []
    if (epoch === undefined || key === undefined || keys.has(Number(epoch)))
      throw problem(place.path, 'is no pseudonym key file', keyFix)
    keys.set(Number(epoch), Buffer.from(key, 'hex'))
  }
  if (keys.size === 0) throw problem(place.path, 'is empty', keyFix)
  return keys
}

/** The Ed25519 key that signs checkpoints, and the public half that anybody verifies with. */
export interface SigningKey {
  privateKey: KeyObject
  publicPem: string
}

const signingFix = 'make one with: openssl genpkey -algorithm ed25519'

/**
 * Reads the key that signs checkpoints.
 *
 * Throws: `ConfigError` when the file is missing and may not be made, or is no Ed25519 private key.
 */
export function readSigningKey(place: KeyPlace): SigningKey {
  const make = (): string =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const pem = readOrCreate(place, make, signingFix)
  try {
    const privateKey = createPrivateKey(pem)
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('another kind of key')
    const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string
    return { privateKey, publicPem }
  } catch {
    throw problem(place.path, 'is no Ed25519 private key in PEM', signingFix)
  }
}
