import type { Request } from 'express'
import { ProtocolError } from '../errors.js'
import type { Settings } from '../config/settings.js'

/** A FHIR server that may launch the app, and the origins to which the app may send a code or a token. */
export interface LaunchServer {
  /** The base URL, without a slash at the end. */
  iss: string
  /** The origin of the server, and the origins of its token endpoint. */
  origins: readonly string[]
}

const withoutSlash = (url: string): string => url.replace(/\/{1,8}$/, '')
const isLoopback = (url: string): boolean =>
  URL.canParse(url) && /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url)

/**
 * Finds the server that launches the app, if the app or a client lists the server; in development any server on
 * loopback is allowed too.
 *
 * Edge:    a slash at the end makes no difference; all other characters must be equal.
 * Privacy: the result for one server tells nothing about the servers of other hospitals.
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

/** Is the launch server among these base URLs? */
export const hasServer = (bases: readonly string[], { iss }: LaunchServer): boolean =>
  bases.some((base) => withoutSlash(base) === iss)

/**
 * Finds the server that launches the app, for a response that needs the server.
 *
 * Throws: `ProtocolError` (400) when the request names no server, or a server that may not launch the app.
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

/** The origins that a page of the app adds to `connect-src`: the servers of the launch that the page address names. */
export const launchOrigins =
  (parameter: 'iss' | 'server', settings: Settings) =>
  (req: Request): readonly string[] => {
    const server = launchServer(parameterOf(req, parameter) ?? '', settings)
    const ofThisMachine = settings.mode === 'development' ? ['http://127.0.0.1:*', 'http://localhost:*'] : []
    return [...(server?.origins ?? []), ...ofThisMachine]
  }

/** Reads one query parameter of the request URL. */
export const parameterOf = ({ url }: Request, name: string): string | undefined =>
  new URLSearchParams(url.split('?', 2)[1] ?? '').get(name) ?? undefined
