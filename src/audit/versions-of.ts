import type { CardPack } from '../cards/card-pack.js'
import type { HookName } from '../protocol/hook-request.js'
import type { Versions } from './invocation-body.js'

const none: ReadonlySet<string> = new Set()

/** Computes the versions that a record names for one pack; called once, at start and at each reload. */
export function versionsOf(engine: string, pack: CardPack): Versions {
  const asked = new Map<HookName, Set<string>>()
  for (const { kind, rowsOf } of pack.cards)
    for (const [hook, rows] of rowsOf) {
      const kinds = asked.get(hook) ?? new Set<string>()
      asked.set(hook, kinds)
      if (rows.length > 0) kinds.add(kind)
    }
  return {
    engine,
    pack: { version: pack.version, hash: pack.hash },
    asked: (hook) => asked.get(hook) ?? none,
  }
}
