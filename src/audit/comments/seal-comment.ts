import { randomUUID } from 'node:crypto'
import type { Settings } from '../../config/settings.js'
import { commitmentOf } from '../chain.js'
import { readSealingKey } from './comment-keys.js'
import type { SealingKey } from './comment-keys.js'

/** A comment that the service cannot read, and the commitment in its record. */
export interface SealedComment {
  /**
   * The salted SHA-256 of the comment; the salt is inside the sealed text, so that nobody can guess the comment from
   * the hash.
   */
  commitment: string
  /** The compact JWE. */
  sealed: string
}

/** The content of a sealed text. */
export interface CommentAndSalt {
  salt: string
  comment: string
}

/** Seals one comment. */
export type SealComment = (comment: string) => Promise<SealedComment>

/** The key agreement: every comment gets a new key, agreed with the public key. */
export const agreement = 'ECDH-ES'

/**
 * Makes the function that seals comments for one public key; loads the library only when called.
 *
 * Shape:   compact JWE, ECDH-ES and A256GCM, over the JSON of salt and comment; `kid` names the key that opens the
 *          comment.
 * Privacy: only the private key, which is not on this host, opens a sealed comment.
 * Source:  RFC 7516, RFC 7518 section 4.6; AUD-022.
 */
export async function makeSealComment({ publicPem, keyId }: SealingKey): Promise<SealComment> {
  const [{ CompactEncrypt }, { importSPKI }] = await Promise.all([
    import('jose/jwe/compact/encrypt'),
    import('jose/key/import'),
  ])
  const key = await importSPKI(publicPem, agreement)
  return async (comment) => {
    const salt = randomUUID()
    const inside = JSON.stringify({ salt, comment } satisfies CommentAndSalt)
    const sealed = await new CompactEncrypt(Buffer.from(inside))
      .setProtectedHeader({ alg: agreement, enc: 'A256GCM', kid: keyId })
      .encrypt(key)
    return { commitment: commitmentOf(salt, comment), sealed }
  }
}

/**
 * Makes the sealing function that the settings ask for.
 *
 * Missing: `undefined` when comments are not stored, which is the default.
 * Throws:  `ConfigError` when the key file is missing or holds anything but a public key.
 */
export async function sealFor({
  comments,
  commentsKeyFile,
}: Settings['audit']): Promise<SealComment | undefined> {
  if (!comments || commentsKeyFile === undefined) return undefined
  return makeSealComment(readSealingKey(commentsKeyFile))
}
