import type { SmartConfiguration } from '../../../src/workbench/smart-views.js'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

const parsed = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined)

const isLoopback = ({ hostname, protocol }: URL): boolean =>
  loopbackHosts.has(hostname) && (protocol === 'http:' || protocol === 'https:')

/** May a code be sent to this token endpoint? */
export function mayTakeCodes(endpoint: string, { origins, loopback }: SmartConfiguration): boolean {
  const url = parsed(endpoint)
  if (!url) return false
  return origins.includes(url.origin) || (loopback && isLoopback(url))
}

/** May the browser be sent to this authorization endpoint: https, or this machine in development? */
export function maySignIn(endpoint: string, { loopback }: SmartConfiguration): boolean {
  const url = parsed(endpoint)
  return url !== undefined && (url.protocol === 'https:' || (loopback && isLoopback(url)))
}
