import type { Request } from 'express'
import { ProtocolError } from '../errors.js'
import type { Settings } from '../config/settings.js'

/** A FHIR server that may launch the app, and where the app may send a code or a token. */
export interface LaunchServer {
  /** Its base URL, without a slash at the end. */
  iss: string
  /** Its own origin, and those of its token endpoint. */
  origins: readonly string[]
}

const withoutSlash = (url: string): string => url.replace(/\/{1,8}$/, '')
const isLoopback = (url: string): boolean =>
  URL.canParse(url) && /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url)

/**
 * The server that launches the app, if it may: it is listed for the app, or is a FHIR server of a client; in development
 * any server of this machine may.
 *
 * Edge:    a slash at the end makes no difference; everything else must be equal.
 * Privacy: nobody learns of one hospital's servers by asking for another's.
 * Source:  SEC-076.
 */
export function launchServer(iss: string, { smart, clients, mode }: Settings): LaunchServer | undefined {
  const asked = withoutSlash(iss)
  const listed = smart.issuers.find((each) => withoutSlash(each.iss) === asked)
  const known =
    listed !== undefined || clients.some(({ fhirServers }) => fhirServers.map(withoutSlash).includes(asked))
  if (!known && !(mode === 'development' && isLoopback(asked))) return undefined
  return { iss: asked, origins: [...new Set([new URL(asked).origin, ...(listed?.tokenOrigins ?? [])])] }
}

/** Is it one of these? */
export const hasServer = (bases: readonly string[], { iss }: LaunchServer): boolean =>
  bases.some((base) => withoutSlash(base) === iss)

/**
 * The same, for an answer that cannot be given without it.
 *
 * Throws: `ProtocolError` (400) when no server, or none that may, is named.
 */
export function neededLaunchServer(iss: unknown, settings: Settings): LaunchServer {
  if (typeof iss !== 'string' || iss === '')
    throw new ProtocolError('PROTOCOL_FIELD_MISSING', 'Name the FHIR server that launched the app.', 'iss')
  const server = launchServer(iss, settings)
  if (!server)
    throw new ProtocolError(
      'PROTOCOL_FIELD_INVALID',
      'This FHIR server is not on the list of those that may launch the app (smart.issuers, fhirServers of the clients).',
      'iss',
    )
  return server
}

/** What the policy of a page of the app adds to `connect-src`: the servers of the launch that its address names. */
export const launchOrigins =
  (parameter: 'iss' | 'server', settings: Settings) =>
  (req: Request): readonly string[] => {
    const server = launchServer(parameterOf(req, parameter) ?? '', settings)
    const ofThisMachine = settings.mode === 'development' ? ['http://127.0.0.1:*', 'http://localhost:*'] : []
    return [...(server?.origins ?? []), ...ofThisMachine]
  }

/** One parameter of the address that was asked for. */
export const parameterOf = ({ url }: Request, name: string): string | undefined =>
  new URLSearchParams(url.split('?', 2)[1] ?? '').get(name) ?? undefined
