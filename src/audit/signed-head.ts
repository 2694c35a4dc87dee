import { sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { StoredRecord } from './record.js'

/** The last record of a stream at some moment. */
export interface Head {
  stream: string
  seq: number
  hash: string
}

/**
 * The last record of a stream, signed by the process that wrote it, so that rights on the database alone do not allow
 * adding a record to a stream or starting a stream.
 */
export interface SignedHead extends Head {
  /** The moment of the signature. */
  at: string
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  keyId: string
  /** Ed25519 over the canonical JSON of the other members, in base64. */
  signature: string
}

/** Signs a record as the head of its stream, with the key of this process. */
export type SignHead = (record: Pick<StoredRecord, 'stream' | 'seq' | 'hash'>) => SignedHead

/** The signed text; the members are written in the order of RFC 8785, so plain JSON is canonical here. */
const statementText = ({ at, hash, keyId, seq, stream }: Omit<SignedHead, 'signature'>): Buffer =>
  Buffer.from(JSON.stringify({ at, hash, keyId, seq, stream }))

/** Makes the function that signs heads; one signature takes some 50 µs. */
export const makeSignHead =
  (key: { privateKey: KeyObject; keyId: string }, clock: () => number): SignHead =>
  ({ stream, seq, hash }) => {
    const statement = { stream, seq, hash, at: new Date(clock()).toISOString(), keyId: key.keyId }
    return {
      ...statement,
      signature: sign(null, statementText(statement), key.privateKey).toString('base64'),
    }
  }

/**
 * Decodes a signature. Throws `SyntaxError` for a text that is not canonical base64, because two texts could mean one
 * signature.
 */
export function signatureBytes(signature: string): Buffer {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.toString('base64') !== signature) throw new SyntaxError('not base64')
  return bytes
}

/** Is the signature valid for exactly this head? */
export function headHolds(head: SignedHead, publicKey: KeyObject): boolean {
  try {
    return verify(null, statementText(head), publicKey, signatureBytes(head.signature))
  } catch {
    return false // the value does not have the shape of a signed head
  }
}

const anchorWord = 'anchor'

/** Writes a signed head as one short line, to be kept where the service cannot change it. */
export const anchorLine = ({ at, stream, seq, hash, keyId, signature }: SignedHead): string =>
  [anchorWord, at, stream, seq, hash, keyId, signature].join(' ')

/**
 * Reads the signed head of an anchor line.
 *
 * Edge:    text of a log or a mail before the word "anchor" is ignored.
 * Missing: `undefined` when the text is no anchor line; the signature is not checked here.
 */
export function anchorOf(line: string): SignedHead | undefined {
  const words = line.trim().split(/\s+/)
  const [, at, stream, seq, hash, keyId, signature] = words.slice(words.lastIndexOf(anchorWord))
  if (!words.includes(anchorWord)) return undefined
  if (at === undefined || stream === undefined || !/^\d{1,15}$/.test(seq ?? '')) return undefined
  if (hash === undefined || keyId === undefined || signature === undefined) return undefined
  return { at, stream, seq: Number(seq), hash, keyId, signature }
}
