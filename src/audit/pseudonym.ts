import { createHmac, hkdfSync } from 'node:crypto'

/**
 * The kind of an identifier, which is part of the hashed text, so that a patient and a user with the same id differ.
 */
export type PseudonymKind =
  'patient' | 'user' | 'encounter' | 'hook-instance' | 'reason' | 'suggestion' | 'setting'

/** The number of pseudonyms in the cache. */
const mostRecent = 512

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Two base32 characters for each value of ten bits. */
const pairs = Array.from(
  { length: 1024 },
  (_, bits) => alphabet.charAt(bits >> 5) + alphabet.charAt(bits & 31),
)

/** Writes sixteen bytes as 26 characters of lower-case base32, without padding. */
function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    if (bits >= 10) {
      bits -= 10
      text += pairs[held >> bits] ?? ''
      held &= (1 << bits) - 1
    }
  }
  return text + (pairs[held << (10 - bits)] ?? '')
}

/**
 * Names one person within one client.
 *
 * Shape:   `e1.` (the key epoch) and 26 characters: the first 128 bits of an HMAC with the client's own key.
 * Privacy: nobody without the key can find the person; two clients give the same id two different names.
 */
export type Pseudonyms = (client: string, kind: PseudonymKind, id: string) => string

/**
 * Makes the pseudonym function from the master key of the key file.
 *
 * Shape:  each client's key is derived from the master key and the client's id (HKDF-SHA-256).
 * Source: AUD-110.
 */
export function makePseudonyms(masterKey: Uint8Array, epoch: number): Pseudonyms {
  const keys = new Map<string, Buffer>()
  const keyOf = (client: string): Buffer => {
    const known = keys.get(client)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', masterKey, `epoch-${epoch}`, `client:${client}`, 32))
    keys.set(client, key)
    return key
  }
  const recent = new Map<string, string>() // a call needs the pseudonyms of its patient and user twice
  return (client, kind, id) => {
    const asked = `${client}\u0000${kind}\u0000${id}`
    const known = recent.get(asked)
    if (known !== undefined) return known
    const digest = createHmac('sha256', keyOf(client)).update(`${epoch}\u0000${kind}\u0000${id}`).digest()
    const name = `e${epoch}.${base32(digest.subarray(0, 16))}`
    if (recent.size >= mostRecent) recent.clear()
    recent.set(asked, name)
    return name
  }
}

/** The pseudonyms of every epoch: the current pseudonym, and all pseudonyms that a person may have had. */
export interface EpochPseudonyms {
  newest: Pseudonyms
  all: readonly Pseudonyms[]
}

/** Makes the pseudonyms of each epoch of a key file. */
export function pseudonymsOf(keys: ReadonlyMap<number, Uint8Array>): EpochPseudonyms {
  const epochs = [...keys].sort(([one], [other]) => other - one)
  const all = epochs.map(([epoch, key]) => makePseudonyms(key, epoch))
  const [newest] = all
  if (!newest) throw new Error('there is no pseudonym key')
  return { newest, all }
}
