import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Router } from 'express'
import { readWebFiles } from '../web-files.js'
import { webRoutes } from '../web-routes.js'

const webDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'dist', 'web')

/**
 * GET /audit of the admin listener: the page over the audit API, which asks the user for the token.
 *
 * Privacy: the page itself holds no data, and shows none without the token.
 */
export const auditPage = (): Router =>
  webRoutes(readWebFiles(webDir), [{ path: '/audit', file: 'audit.html' }])
