import fc from 'fast-check'

/** A marker that no answer may repeat. */
export const canary = 'Zzcanary-7f3a'

const oddities: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  canary,
  `<img src=x onerror=alert(1)>${canary}`,
  '\u0000\u202e\ud800',
  '9999-99-99',
  '2026-02-30T25:61:61Z',
  'a'.repeat(5_000),
  [],
  {},
  [null],
  [[]],
  [{}],
  { resourceType: 'OperationOutcome' },
  { resourceType: 'Bundle', entry: [null, {}, { resource: null }, { resource: 5 }] },
  { reference: `Patient/${canary}` },
  { coding: [null, { system: 5, code: {} }], text: 5 },
  { value: 'x', unit: [], system: null, code: 5 },
]

/** One change to a body: at which place, how, and with what. */
export interface Mutation {
  place: number
  kind: 'replace' | 'remove' | 'wrap' | 'copy' | 'hostile-key'
  oddity: number
}

export const aMutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(1_000_000),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'wrap', 'copy', 'hostile-key'),
  oddity: fc.nat(oddities.length - 1),
})

interface Place {
  holder: Record<string, unknown>
  key: string
}

/** Every place in a value where something stands, down to a depth. */
function placesIn(value: unknown, depth: number, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found
  const holder = value as Record<string, unknown>
  for (const key of Object.keys(holder)) {
    found.push({ holder, key })
    if (depth > 0) placesIn(holder[key], depth - 1, found)
  }
  return found
}

/** The body with these changes; the original stays as it is. */
export function mutated(body: unknown, mutations: readonly Mutation[]): unknown {
  const copy = structuredClone(body)
  for (const { place, kind, oddity } of mutations) {
    const places = placesIn(copy, place % 3 === 0 ? 1 : 64) // every third change is near the top
    const at = places[place % Math.max(1, places.length)]
    if (!at) continue
    const { holder, key } = at
    const odd = structuredClone(oddities[oddity])
    if (kind === 'replace') holder[key] = odd
    else if (kind === 'remove') Reflect.deleteProperty(holder, key)
    else if (kind === 'wrap') holder[key] = [holder[key]]
    else if (kind === 'copy') holder[`${key}2`] = holder[key]
    else
      Object.defineProperty(holder, '__proto__', {
        value: { x: odd },
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return copy
}
