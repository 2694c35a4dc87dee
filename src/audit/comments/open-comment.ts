import { commitmentOf } from '../chain.js'
import type { OpeningKey } from './comment-keys.js'
import { agreement } from './seal-comment.js'
import type { CommentAndSalt, SealedComment } from './seal-comment.js'

/**
 * The result of opening one sealed comment with one private key.
 *
 * Shape: `whole` is the comment as sent. `altered` was opened, but does not match the commitment of its record.
 *        `damaged` cannot be opened, although it names this key. `other-key` names the key that opens the comment.
 */
export type OpenedComment =
  | { state: 'whole' | 'altered'; comment: string }
  | { state: 'damaged' }
  | { state: 'other-key'; keyId: string }

/** Opens one sealed comment, and compares it with the commitment of its record. */
export type OpenComment = (kept: SealedComment) => Promise<OpenedComment>

/**
 * Makes the function that opens comments with one private key.
 *
 * Missing: a comment that cannot be opened is a result, not an error.
 * Privacy: returns free text of clinicians, which may name a patient; for the `privacy` role only (AUD-092).
 */
export async function makeOpenComment({ privatePem, keyId }: OpeningKey): Promise<OpenComment> {
  const [{ compactDecrypt }, { importPKCS8 }, { decodeProtectedHeader }] = await Promise.all([
    import('jose/jwe/compact/decrypt'),
    import('jose/key/import'),
    import('jose/decode/protected_header'),
  ])
  const key = await importPKCS8(privatePem, agreement)
  const kidOf = (sealed: string): unknown => {
    try {
      return decodeProtectedHeader(sealed)['kid']
    } catch {
      return undefined // the text has no readable header
    }
  }
  return async ({ sealed, commitment }) => {
    const kid = kidOf(sealed)
    if (typeof kid === 'string' && kid !== keyId) return { state: 'other-key', keyId: kid }
    try {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: [agreement],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      const inside = JSON.parse(Buffer.from(plaintext).toString('utf8')) as Partial<CommentAndSalt>
      const { salt, comment } = inside
      if (typeof salt !== 'string' || typeof comment !== 'string') return { state: 'damaged' }
      return { state: commitmentOf(salt, comment) === commitment ? 'whole' : 'altered', comment }
    } catch {
      return { state: 'damaged' } // the seal is broken, or the sealed value is not from this service
    }
  }
}
