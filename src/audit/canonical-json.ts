/** A JSON value. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * Writes JSON in the canonical form of RFC 8785, so that equal values give equal bytes: sorted keys, no spaces,
 * ECMAScript numbers.
 *
 * Edge:   keys sort by UTF-16 code units, as the RFC requires; members that are `undefined` are left out, as in JSON.
 * Throws: `TypeError` for numbers that JSON cannot hold.
 * Source: https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError('JSON holds finite numbers only')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key]
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`]
    })
  return `{${members.join(',')}}`
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value)
