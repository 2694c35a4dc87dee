import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { RequestHandler } from 'express'
import helmet from 'helmet'

const guard = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
})

/**
 * The security headers of an API response; a page replaces the Content-Security-Policy with its own.
 *
 * Shape: computed by helmet once, when the module loads, because the headers never change and every call would pay for
 *        them.
 */
export const apiHeaders: readonly (readonly [name: string, value: string])[] = [
  ...recorded(),
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['Cache-Control', 'no-store'],
]

function recorded(): (readonly [string, string])[] {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  guard(request, response, () => undefined)
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)])
}

/** Sets the security headers on every response, errors included. */
export const setSecurityHeaders: RequestHandler = (_req, res, next) => {
  for (const [name, value] of apiHeaders) res.setHeader(name, value)
  next()
}
