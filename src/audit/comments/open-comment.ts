import { commitmentOf } from '../chain.js'
import type { OpeningKey } from './comment-keys.js'
import { agreement } from './seal-comment.js'
import type { CommentAndSalt, SealedComment } from './seal-comment.js'

/**
 * What became of one sealed comment under one private key.
 *
 * Shape: `whole` is what was sent; `altered` was opened, but is not what its record commits to; `damaged` cannot be opened
 *        although it says it is for this key; `other-key` names the key that opens it.
 */
export type OpenedComment =
  | { state: 'whole' | 'altered'; comment: string }
  | { state: 'damaged' }
  | { state: 'other-key'; keyId: string }

/** Opens one sealed comment and holds it against the commitment of its record. */
export type OpenComment = (kept: SealedComment) => Promise<OpenedComment>

/**
 * Makes the function that opens comments with one private key.
 *
 * Missing: words that cannot be opened are an answer, not an error.
 * Privacy: gives the words of clinicians, which may name a patient; for the `privacy` role alone (AUD-092).
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
      return undefined // not even a header
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
      return { state: 'damaged' } // the seal does not hold, or what is inside is not ours
    }
  }
}
