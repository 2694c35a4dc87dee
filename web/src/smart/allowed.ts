import type { SmartConfiguration } from '../../../src/workbench/smart-views.js'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

const parsed = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined)

const isLoopback = ({ hostname, protocol }: URL): boolean =>
  loopbackHosts.has(hostname) && (protocol === 'http:' || protocol === 'https:')

/**
 * May this FHIR server launch the app? Asked before anything is fetched from it.
 *
 * Edge:   a slash at the end makes no difference; everything else must be equal. In development any server of this
 *         machine may.
 * Source: SEC-076.
 */
export function mayLaunch(iss: string, { issuers, loopback }: SmartConfiguration): boolean {
  const url = parsed(iss)
  if (!url || url.username !== '' || url.hash !== '') return false
  if (issuers.some((known) => withoutSlash(known) === withoutSlash(iss))) return true
  return loopback && isLoopback(url)
}

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
