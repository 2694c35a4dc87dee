/**
 * What stands before the query, in characters that every parser reads alike: no escapes, backslashes, path parameters
 * (`;`), blanks or user-info. With one of them an address may name one place to us and another to the server.
 */
const absolute = /^https?:\/\/[\w.:[\]-]{1,255}(?:\/[\w.~!$&'()*+,=:@/-]*)?$/i
const relative = /^[\w.~!$&'()*+,=/-]*$/

/** A step of dots alone, which leads out of where an address seems to be. */
const dotStep = /(?:^|\/)\.+(?:\/|$)/

/**
 * Parses an address that came from outside, or refuses it.
 *
 * Shape: absolute (or relative to `base`, where one is given) http(s) without user-info or fragment, https only in
 *        production, and nothing before the query that two parsers may read differently.
 */
export function safeUrl(text: string, mode: 'production' | 'development', base?: string): URL | undefined {
  if (text.length > 8_192 || text.includes('#')) return undefined
  const place = text.split('?', 1)[0] ?? ''
  const plain = absolute.test(place) || (base !== undefined && relative.test(place))
  if (!plain || dotStep.test(place) || !URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  return url.protocol === 'https:' || mode === 'development' ? url : undefined
}

/** The path without trailing slashes: "https://x/r4/" and "https://x/r4" are one base. */
const basePath = (url: URL): string => url.pathname.replace(/\/{1,8}$/, '')

/**
 * Does `url` lie at or below `base`: same scheme, host and port, and the path cut at a segment boundary?
 *
 * Edge: "/r4evil" is not below "/r4".
 */
export function isBelow(url: URL, base: URL): boolean {
  if (url.protocol !== base.protocol || url.host !== base.host) return false
  const path = basePath(base)
  return url.pathname === path || url.pathname.startsWith(`${path}/`)
}

const isLoopbackName = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

/** What a client may reach, as far as the address alone tells. */
export interface ReachRules {
  fhirServers: readonly string[]
  /** Any public https server, and http on loopback in development mode. */
  allowAnyFhirServer: boolean
}

/**
 * The FHIR base a request names, if its client may use it.
 *
 * Edge: a trailing slash makes no difference; a query is refused.
 */
export function allowedBase(
  fhirServer: string,
  rules: ReachRules,
  mode: 'production' | 'development',
): URL | undefined {
  const url = safeUrl(fhirServer, mode)
  if (!url || url.search !== '') return undefined
  url.pathname = basePath(url)
  if (rules.allowAnyFhirServer && (url.protocol === 'https:' || isLoopbackName(url.hostname))) return url
  const listed = rules.fhirServers.some((server) => {
    const base = safeUrl(server, mode)
    return base !== undefined && isBelow(url, base)
  })
  return listed ? url : undefined
}
