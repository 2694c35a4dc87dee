import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Settings } from '../config/settings.js'
import { ConfigError } from '../errors.js'
import type { FileProblem } from '../errors.js'
import { keyIdOf } from './checkpoint.js'
import { databaseFile } from './store/database-file.js'

/**
 * The master key of pseudonyms for each epoch; new pseudonyms use the highest epoch, older keys only find older
 * pseudonyms.
 */
export type EpochKeys = ReadonlyMap<number, Uint8Array>

/** The path of a key file, and whether a missing key file may be created. */
export interface KeyPlace {
  path: string
  mayCreate: boolean
  /** Must only the owner be able to read the file? True in production. */
  guarded: boolean
  /** Receives the path of a created key, so that the operator makes a copy. */
  onCreated: (path: string) => void
}

const problem = (path: string, says: string, fix: string): ConfigError =>
  new ConfigError([{ file: path, says, fix } satisfies FileProblem])

/** Writes a new file that only its owner may read, and never replaces an existing file. */
function writeSecret(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
}

const groupReads = 0o040
const othersMay = 0o007

/**
 * Names the problem with a secret file that other accounts can read.
 *
 * Edge:    a file of another owner that the process reads through its group is accepted, because Kubernetes mounts
 *          secrets in this way.
 * Missing: `undefined` when no other account can read the file, and when there is no such file.
 */
export function openToOthers(path: string): FileProblem | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return undefined
  const ours = found.uid === process.getuid?.()
  const isOpen = (found.mode & othersMay) !== 0 || (ours && (found.mode & groupReads) !== 0)
  if (!isOpen) return undefined
  const fix = `take the right away: chmod 600 ${path}`
  return { file: path, says: 'can be read by others than its owner', fix }
}

/**
 * Refuses in production a database file, or a log beside it, that every account on the host may read or write.
 *
 * Edge:   the group may have access, because the files of a volume belong to a group in Kubernetes.
 * Throws: `ConfigError` that names each such file.
 */
export function refuseOpenDatabase({ mode, audit }: Pick<Settings, 'mode' | 'audit'>): void {
  const file = databaseFile(audit.database)
  if (mode !== 'production' || file === undefined) return
  const open = [file, `${file}-wal`, `${file}-shm`].filter((path) => {
    const found = statSync(path, { throwIfNoEntry: false })
    return found !== undefined && (found.mode & othersMay) !== 0
  })
  if (open.length === 0) return
  throw new ConfigError(
    open.map((path) => ({
      file: path,
      says: 'can be read or written by everybody on this machine, and holds what is said of patients',
      fix: `take the right away: chmod o-rwx ${path}`,
    })),
  )
}

function readOrCreate(
  { path, mayCreate, guarded, onCreated }: KeyPlace,
  make: () => string,
  fix: string,
): string {
  if (!existsSync(path)) {
    if (!mayCreate) throw problem(path, 'does not exist', fix)
    writeSecret(path, make())
    onCreated(path)
  }
  const open = guarded ? openToOthers(path) : undefined
  if (open) throw new ConfigError([open])
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
 * Reads the master keys of pseudonyms: one line for each epoch, "1 <64 hexadecimal digits>".
 *
 * Edge:   to change the key, add a line with the next number. Removing an old line unlinks its pseudonyms permanently.
 * Throws: `ConfigError` when the file is missing and may not be created, is open to others, or holds anything else.
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

/** The Ed25519 key that signs heads and checkpoints, and its public key for verification. */
export interface SigningKey {
  privateKey: KeyObject
  publicKey: KeyObject
  publicPem: string
  keyId: string
}

const signingFix = 'make one with: openssl genpkey -algorithm ed25519'

/**
 * Reads the key that signs heads and checkpoints.
 *
 * Throws: `ConfigError` when the file is missing and may not be created, is open to others, or is no Ed25519 private
 *         key.
 */
export function readSigningKey(place: KeyPlace): SigningKey {
  const make = (): string =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const pem = readOrCreate(place, make, signingFix)
  try {
    const privateKey = createPrivateKey(pem)
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('another kind of key')
    const publicKey = createPublicKey(privateKey)
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string
    return { privateKey, publicKey, publicPem, keyId: keyIdOf(publicPem) }
  } catch {
    throw problem(place.path, 'is no Ed25519 private key in PEM', signingFix)
  }
}
