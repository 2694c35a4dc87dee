/**
 * A URL up to its query, in characters that every parser reads in the same way: no escapes, backslashes, path
 * parameters (`;`), blanks or user-info. With one of these a URL may mean one address to this service and another to
 * the server.
 */
const absolute = /^https?:\/\/[\w.:[\]-]{1,255}(?:\/[\w.~!$&'()*+,=:@/-]*)?$/i
const relative = /^[\w.~!$&'()*+,=/-]*$/

/** A path segment of dots alone, which leads to another folder than the path seems to name. */
const dotStep = /(?:^|\/)\.+(?:\/|$)/

/**
 * Parses an address from outside, or returns undefined for an unsafe address.
 *
 * Shape: absolute (or relative to a given `base`) http(s) without user-info or fragment, https only in production, and
 *        up to the query only characters that every parser reads in the same way.
 */
export function safeUrl(text: string, mode: 'production' | 'development', base?: string): URL | undefined {
  if (text.length > 8_192 || text.includes('#')) return undefined
  const place = text.split('?', 1)[0] ?? ''
  const plain = absolute.test(place) || (base !== undefined && relative.test(place))
  if (!plain || dotStep.test(place) || !URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  return url.protocol === 'https:' || mode === 'development' ? url : undefined
}

/** The path without trailing slashes: "https://x/r4/" and "https://x/r4" are the same base. */
const basePath = (url: URL): string => url.pathname.replace(/\/{1,8}$/, '')

/**
 * Does `url` lie at or below `base`: same scheme, host and port, and a path that begins with whole segments of the
 * base?
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

/** The FHIR servers that a client may use, judged by the URL alone. */
export interface ReachRules {
  fhirServers: readonly string[]
  /** Allows any public https server, and in development mode http on loopback. */
  allowAnyFhirServer: boolean
}

/**
 * The FHIR base URL of a request, if its client may use that server.
 *
 * Edge: a trailing slash makes no difference; a URL with a query is refused.
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
