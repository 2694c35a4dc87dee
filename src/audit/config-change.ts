import type { Settings } from '../config/settings.js'
import { changedValues } from './content-change.js'

/** Settings as flat names and values: "clients.hospital-a.rulesMode" → "silent". */
export type ConfigSnapshot = Readonly<Record<string, string>>

/** The body of a `config-change` record. */
export interface ConfigChangeBody {
  settings: ConfigSnapshot
  /** Lines such as "clients.hospital-a.cardsOff [] → ["ultrasound"]"; absent for the first settings of a store. */
  changes?: readonly string[]
}

/** Settings that may hold a password or the place of a secret; a record says only that they changed. */
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
 * Flattens the settings of the process for a record.
 *
 * Shape:   clients are named by their id, not by their index.
 * Privacy: secrets, and addresses with passwords, are replaced by a keyed pseudonym, which shows only that they
 *          changed.
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

/** Lists the differences in words; secrets only as "changed". */
export const configChanges = (before: ConfigSnapshot, after: ConfigSnapshot): readonly string[] =>
  changedValues(before, after).map((line) => line.replace(/ changed:.*$/, ' changed'))
