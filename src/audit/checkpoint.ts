import { createHash, createPublicKey, hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { canonicalJson } from './canonical-json.js'
import { signatureBytes } from './signed-head.js'
import type { Head } from './signed-head.js'

/** Where a checkpoint stands among those of one stream. */
export interface CheckpointLink {
  /** The stream whose process made it. */
  by: string
  /** From 1, without gaps. */
  number: number
  /** Hash of the checkpoint before; of the first one, zeros. */
  previous: string
}

/** What a checkpoint says, before it is signed. */
export interface CheckpointStatement extends Partial<CheckpointLink> {
  at: string
  /**
   * Heads of other streams, whose signatures held, that grew since the checkpoint before; in the order of their names. The
   * stream of the checkpoint itself needs none: its record follows on all records before it.
   */
  heads: readonly Head[]
  /** Merkle root over the heads. */
  root: string
  /** First 16 hexadecimal digits of the SHA-256 of the public key. */
  keyId: string
}

/** A signed checkpoint; those made before streams were signed have no link. Nobody without the private key can make one for another past. */
export interface Checkpoint extends CheckpointStatement {
  /** Ed25519 over the canonical JSON of the statement, base64. */
  signature: string
}

const node = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()

const leaf = ({ stream, seq, hash: hashed }: Head): Buffer =>
  createHash('sha256')
    .update(Buffer.of(0))
    .update(canonicalJson({ stream, seq, hash: hashed }))
    .digest()

/**
 * The Merkle root over stream heads; one head can later be proven without showing the others.
 *
 * Edge:   an odd node at the end of a level moves up as it is; no heads give the hash of nothing.
 * Source: https://www.rfc-editor.org/rfc/rfc6962#section-2.1 (leaf and node prefixes)
 */
export function merkleRoot(heads: readonly Head[]): string {
  let level = heads.map(leaf)
  if (level.length === 0) return hash('sha256', '', 'hex')
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left) above.push(right ? node(left, right) : left)
    }
    level = above
  }
  return level[0]?.toString('hex') ?? ''
}

/** A short name of a public key, to see which one a checkpoint was signed with. */
export const keyIdOf = (publicPem: string): string => {
  const der = createPublicKey(publicPem).export({ type: 'spki', format: 'der' })
  return hash('sha256', der, 'hex').slice(0, 16)
}

const statementText = ({ at, by, number, previous, heads, root, keyId }: CheckpointStatement): Buffer =>
  Buffer.from(
    canonicalJson({ at, by, number, previous, heads: heads.map((head) => ({ ...head })), root, keyId }),
  )

/** The hash by which the next checkpoint names this one. */
export const checkpointHash = (checkpoint: Checkpoint): string =>
  hash('sha256', Buffer.concat([statementText(checkpoint), Buffer.from(checkpoint.signature)]), 'hex')

/** Signs a checkpoint over stream heads; `link` binds it to the one before. */
export function signCheckpoint(
  heads: readonly Head[],
  at: string,
  key: { privateKey: KeyObject; keyId: string },
  link?: CheckpointLink,
): Checkpoint {
  const sorted = heads
    .map(({ stream, seq, hash: hashed }) => ({ stream, seq, hash: hashed }))
    .sort((a, b) => (a.stream < b.stream ? -1 : 1))
  const statement: CheckpointStatement = {
    at,
    ...link,
    heads: sorted,
    root: merkleRoot(sorted),
    keyId: key.keyId,
  }
  return { ...statement, signature: sign(null, statementText(statement), key.privateKey).toString('base64') }
}

/** Does the signature stand under exactly these heads? */
export function checkpointHolds(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  try {
    return (
      merkleRoot(checkpoint.heads) === checkpoint.root &&
      verify(null, statementText(checkpoint), publicKey, signatureBytes(checkpoint.signature))
    )
  } catch {
    return false // not even the shape of a checkpoint
  }
}
