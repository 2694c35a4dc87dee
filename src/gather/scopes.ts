/** A clinical SMART scope, parsed; `limited` marks a v2 scope that grants only a part of the type. */
interface Scope {
  type: string
  read: boolean
  search: boolean
  limited: boolean
}

const clinicalScope = /^(?:patient|user|system)\/(\*|[A-Za-z]{1,64})\.([a-z*]{1,8})(\?.*)?$/

function parseScope(text: string): Scope | undefined {
  const match = text.length <= 512 ? clinicalScope.exec(text) : null
  if (!match) return undefined
  const [, type = '', rights = '', query] = match
  const v1 = rights === 'read' || rights === '*'
  const v2 = rights !== 'write' && /^[cruds]+$/.test(rights)
  return {
    type,
    read: v1 || (v2 && rights.includes('r')),
    search: v1 || (v2 && rights.includes('s')),
    limited: query !== undefined,
  }
}

/**
 * Builds the test "do the scopes allow reading or searching this type?", for SMART v1 and v2.
 *
 * Edge:    a v2 scope limited by a query ("?category=…") does not show the whole type and therefore grants nothing
 *          here, because results with gaps must not read as "none".
 * Missing: without scopes, or without a scope about resources, every request is sent and the server decides.
 */
export function scopeRule(scope: string | undefined): (type: string, use: 'read' | 'search') => boolean {
  const scopes = (scope ?? '').split(/\s+/, 200).flatMap((text) => parseScope(text) ?? [])
  if (scopes.length === 0) return () => true
  return (type, use) =>
    scopes.some((each) => (each.type === '*' || each.type === type) && each[use] && !each.limited)
}
