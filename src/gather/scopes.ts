/** A clinical SMART scope, parsed; `limit` is the query of a v2 scope that grants only a part of the type. */
interface Scope {
  type: string
  read: boolean
  search: boolean
  limit?: string
}

/**
 * How much of a resource type the scopes grant: all, nothing, or the resources of some categories.
 *
 * Shape: categories are FHIR tokens ("system|code"); the list is empty when the limits of the scopes are not categories
 *        alone.
 */
export type Grant = 'all' | 'nothing' | { categories: readonly string[] }

const clinicalScope = /^(?:patient|user|system)\/(\*|[A-Za-z]{1,64})\.([a-z*]{1,8})(?:\?(.*))?$/

function parseScope(text: string): Scope | undefined {
  const match = text.length <= 512 ? clinicalScope.exec(text) : null
  if (!match) return undefined
  const [, type = '', rights = '', limit] = match
  const v1 = rights === 'read' || rights === '*'
  const v2 = rights !== 'write' && /^[cruds]+$/.test(rights)
  return {
    type,
    read: v1 || (v2 && rights.includes('r')),
    search: v1 || (v2 && rights.includes('s')),
    ...(limit !== undefined && { limit }),
  }
}

/** The categories of a limit; none when the limit has anything beside one `category`. */
function categoriesIn(limit: string): readonly string[] {
  const parameters = [...new URLSearchParams(limit)]
  const [first] = parameters
  return parameters.length === 1 && first?.[0] === 'category' ? first[1].split(',').filter(Boolean) : []
}

/**
 * Builds the answer to "how much of this type do the scopes allow reading or searching?", for SMART v1 and v2.
 *
 * Edge:    a v2 scope limited by a query ("?category=…") grants a part, because results with gaps must not read as
 *          "none".
 * Missing: without scopes, or without a scope about resources, every request is sent and the server decides.
 */
export function scopeRule(scope: string | undefined): (type: string, use: 'read' | 'search') => Grant {
  const scopes = (scope ?? '').split(/\s+/, 200).flatMap((text) => parseScope(text) ?? [])
  if (scopes.length === 0) return () => 'all'
  return (type, use) => {
    const granting = scopes.filter((each) => (each.type === '*' || each.type === type) && each[use])
    if (granting.length === 0) return 'nothing'
    if (granting.some(({ limit }) => limit === undefined)) return 'all'
    return { categories: [...new Set(granting.flatMap(({ limit }) => categoriesIn(limit ?? '')))] }
  }
}
