import { randomUUID } from 'node:crypto'
import type { Settings } from '../../config/settings.js'
import { commitmentOf } from '../chain.js'
import { readSealingKey } from './comment-keys.js'
import type { SealingKey } from './comment-keys.js'

/** A comment nobody here can read, and what its record says of it. */
export interface SealedComment {
  /** Salted SHA-256 of the words; the salt is inside the sealed text, so that nobody can guess words from it. */
  commitment: string
  /** Compact JWE. */
  sealed: string
}

/** What is inside a sealed text. */
export interface CommentAndSalt {
  salt: string
  comment: string
}

/** Seals the words of one comment. */
export type SealComment = (comment: string) => Promise<SealedComment>

/** A key of its own for every comment, agreed with the public key. */
export const agreement = 'ECDH-ES'

/**
 * Makes the function that seals comments for one public key; the library is loaded only then.
 *
 * Shape:   compact JWE, ECDH-ES and A256GCM, over the JSON of salt and comment; `kid` says which key opens it.
 * Privacy: what it gives can be read with the private key alone, which is not here.
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
 * How the settings want comments sealed.
 *
 * Missing: `undefined` when they are not kept, which is the default.
 * Throws:  `ConfigError` when the key file is missing or holds anything but a public key.
 */
export async function sealFor({
  comments,
  commentsKeyFile,
}: Settings['audit']): Promise<SealComment | undefined> {
  if (!comments || commentsKeyFile === undefined) return undefined
  return makeSealComment(readSealingKey(commentsKeyFile))
}
