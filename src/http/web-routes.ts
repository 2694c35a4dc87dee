import { Router } from 'express'
import type { Request, RequestHandler } from 'express'
import { ProtocolError } from '../errors.js'
import { named, only } from './routes.js'
import { askEachTime, sendShared } from './shared-answer.js'
import type { WebFiles } from './web-files.js'

/** The path of each page, and its built file. */
export interface PageRoute {
  path: string
  file: string
  /** The further origins to which the page may connect; only the SMART app has any. */
  connect?: (req: Request) => readonly string[]
  /** Throws for a path below the page that names nothing. */
  check?: (name: string) => void
}

const selfOnly = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"]
const closed = ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]

/** The Content-Security-Policy of a page: only files of this service, no inline script or style. */
export const pagePolicy = (connect: readonly string[] = []): string =>
  [...selfOnly, ["connect-src 'self'", ...connect].join(' '), ...closed].join('; ')

/**
 * Serves the built pages from a fixed list of files in memory, so that no path can name another file.
 *
 * Shape:  hashed assets are cached for a year; pages are revalidated each time.
 * Source: SEC-071, SEC-075.
 */
export function webRoutes(files: WebFiles, pages: readonly PageRoute[]): Router {
  const router = Router()
  for (const { path, file, connect, check } of pages) {
    const page = files.pages.get(file)
    if (!page) continue
    router.all(path, named(path), only('GET', 'HEAD'), (req, res) => {
      check?.(String(req.params['name'] ?? ''))
      res.setHeader('Content-Security-Policy', pagePolicy(connect?.(req)))
      res.setHeader('Cache-Control', askEachTime)
      sendShared(req, res, page)
    })
  }
  router.all('/assets/:name', named('/assets/:name'), only('GET', 'HEAD'), assetHandler(files))
  return router
}

function assetHandler({ assets }: WebFiles): RequestHandler {
  return (req, res) => {
    const asset = assets.get(String(req.params['name']))
    if (!asset) throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'Nothing is served at this path.')
    res.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
    sendShared(req, res, asset)
  }
}
