import type { CardPack } from '../cards/card-pack.js'
import type { HookName } from '../protocol/hook-request.js'
import type { RowConditions, Versions } from './invocation-body.js'

const none: ReadonlyMap<string, readonly RowConditions[]> = new Map()

/** What a record says of one pack; worked out once, at start and at each reload. */
export function versionsOf(engine: string, pack: CardPack): Versions {
  const asked = new Map<HookName, Map<string, readonly RowConditions[]>>()
  for (const { kind, rowsOf } of pack.cards)
    for (const [hook, rows] of rowsOf) {
      const kinds = asked.get(hook) ?? new Map<string, readonly RowConditions[]>()
      asked.set(hook, kinds)
      if (rows.length > 0) kinds.set(kind, rows)
    }
  return {
    engine,
    pack: { version: pack.version, hash: pack.hash },
    asked: (hook) => asked.get(hook) ?? none,
  }
}
