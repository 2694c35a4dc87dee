import { createHash, createPublicKey, hash, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { canonicalJson } from './canonical-json.js'
import { signatureBytes } from './signed-head.js'
import type { Head } from './signed-head.js'

/** The position of a checkpoint among the checkpoints of its stream. */
export interface CheckpointLink {
  /** The stream of the process that made the checkpoint. */
  by: string
  /** The number of the checkpoint, from 1 without gaps. */
  number: number
  /** The hash of the checkpoint before; zeros for the first checkpoint. */
  previous: string
}

/** The content of a checkpoint that is signed. */
export interface CheckpointStatement extends Partial<CheckpointLink> {
  at: string
  /**
   * The heads of other streams that grew since the checkpoint before, with valid signatures, in the order of their
   * names. The stream of the checkpoint itself is left out, because the checkpoint's record follows all earlier records
   * of that stream.
   */
  heads: readonly Head[]
  /** The Merkle root over the heads. */
  root: string
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  keyId: string
}

/**
 * A signed checkpoint, which nobody can forge without the private key. Checkpoints from before streams were signed have
 * no link.
 */
export interface Checkpoint extends CheckpointStatement {
  /** Ed25519 over the canonical JSON of the statement, in base64. */
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
 * Computes the Merkle root over stream heads, which allows the proof of one head without the others.
 *
 * Edge:   an odd node at the end of a level moves up unchanged; without heads the root is the hash of nothing.
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

/** A short id of a public key, which tells with which key a checkpoint was signed. */
export const keyIdOf = (publicPem: string): string => {
  const der = createPublicKey(publicPem).export({ type: 'spki', format: 'der' })
  return hash('sha256', der, 'hex').slice(0, 16)
}

const statementText = ({ at, by, number, previous, heads, root, keyId }: CheckpointStatement): Buffer =>
  Buffer.from(
    canonicalJson({ at, by, number, previous, heads: heads.map((head) => ({ ...head })), root, keyId }),
  )

/** The hash by which the next checkpoint names this checkpoint. */
export const checkpointHash = (checkpoint: Checkpoint): string =>
  hash('sha256', Buffer.concat([statementText(checkpoint), Buffer.from(checkpoint.signature)]), 'hex')

/** Signs a checkpoint over stream heads; `link` binds the checkpoint to the checkpoint before. */
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

/** Is the signature valid for exactly these heads? */
export function checkpointHolds(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  try {
    return (
      merkleRoot(checkpoint.heads) === checkpoint.root &&
      verify(null, statementText(checkpoint), publicKey, signatureBytes(checkpoint.signature))
    )
  } catch {
    return false // the value does not have the shape of a checkpoint
  }
}
