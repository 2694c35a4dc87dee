import type { Settings } from '../config/settings.js'
import { changedValues } from './content-change.js'

/** Settings as flat names and values: "clients.hospital-a.rulesMode" → "silent". */
export type ConfigSnapshot = Readonly<Record<string, string>>

/** The body of a `config-change` record. */
export interface ConfigChangeBody {
  settings: ConfigSnapshot
  /** "clients.hospital-a.cardsOff [] → ["ultrasound"]"; absent for the first settings of a store. */
  changes?: readonly string[]
}

/** Settings that can hold a password or say where a secret is: only whether they changed is recorded. */
const secret = /(^|\.)(audit\.database|jwks|keyFile|signingKeyFile|tokenFile|tokens\.\d+\.file)$/

function flatten(value: unknown, path: string, into: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null) into.set(path, value)
  else if (Array.isArray(value) && !value.some((item) => typeof item === 'object')) into.set(path, value)
  else
    for (const [name, member] of Object.entries(value as Record<string, unknown>)) {
      const step = (member as { id?: unknown } | undefined)?.id
      flatten(member, `${path}${path === '' ? '' : '.'}${typeof step === 'string' ? step : name}`, into)
    }
}

/**
 * The settings of the process as a record may keep them.
 *
 * Shape:   clients are named by their id, not their place.
 * Privacy: secrets and addresses with passwords are replaced by a keyed pseudonym, which only shows that they changed.
 */
export function configSnapshot(settings: Settings, pseudonym: (value: string) => string): ConfigSnapshot {
  const { jwks, ...rest } = settings
  const clients = settings.clients.map(({ jwks: keys, ...client }) => ({
    ...client,
    ...(keys !== undefined && { jwks: JSON.stringify(keys) }),
  }))
  const flat = new Map<string, unknown>()
  flatten({ ...rest, keyCooldownMs: jwks.refetchCooldownMs, clients }, '', flat)
  return Object.fromEntries(
    [...flat].flatMap(([name, value]) => {
      if (value === undefined) return []
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      return [[name, secret.test(name) ? `changed:${pseudonym(text)}` : text] as const]
    }),
  )
}

/** What is different, in words; secrets only as "changed". */
export const configChanges = (before: ConfigSnapshot, after: ConfigSnapshot): readonly string[] =>
  changedValues(before, after).map((line) => line.replace(/ changed:.*$/, ' changed'))
