import { Router } from 'express'
import type { RequestHandler, Response } from 'express'
import { ProtocolError } from '../errors.js'
import { named, only } from './routes.js'
import type { WebFile, WebFiles } from './web-files.js'

/** Where each page is served, and by which built file. */
export interface PageRoute {
  path: string
  file: string
  /** Origins beside our own that the page may talk to; only the SMART app has any. */
  connect?: readonly string[]
  /** Refuses a path below the page's own that names nothing; throws. */
  check?: (name: string) => void
}

const selfOnly = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"]
const closed = ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]

/** The Content-Security-Policy of a page: only our own files, no inline script or style. */
export const pagePolicy = (connect: readonly string[] = []): string =>
  [...selfOnly, ["connect-src 'self'", ...connect].join(' '), ...closed].join('; ')

function sendFile(res: Response, { bytes, type }: WebFile): void {
  res.statusCode = 200
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}

/**
 * Serves the built pages: a fixed list of files held in memory, so that no path can name another one.
 *
 * Shape:  hashed assets are cached for a year, pages never.
 * Source: SEC-071, SEC-075.
 */
export function webRoutes(files: WebFiles, pages: readonly PageRoute[]): Router {
  const router = Router()
  for (const { path, file, connect, check } of pages) {
    const page = files.pages.get(file)
    if (!page) continue
    const policy = pagePolicy(connect)
    router.all(path, named(path), only('GET', 'HEAD'), (req, res) => {
      check?.(String(req.params['name'] ?? ''))
      res.setHeader('Content-Security-Policy', policy)
      sendFile(res, page)
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
    sendFile(res, asset)
  }
}
