import { Router } from 'express'
import type { RequestHandler } from 'express'
import type { Discovery } from '../protocol/discovery.js'
import { named, only } from './routes.js'
import { sendJson } from './send.js'
import { shared, sharedJson } from './shared-answer.js'

/** The health of the process. */
export interface Health {
  /** True when rules, value sets and the audit store are available and the process is not stopping. */
  ready: () => Promise<boolean>
  /** The number of FHIR servers that refuse searches as discovery writes them, and are asked for less. */
  serversAskedForLess: () => number
}

/** GET /cds-services; `gate` runs before the route: no handler, or the check of a token. */
export function discoveryRoute(discovery: Discovery, gate: readonly RequestHandler[]): Router {
  const router = Router()
  router.all(
    '/cds-services',
    named('/cds-services'),
    ...gate,
    only('GET', 'HEAD'),
    shared(sharedJson(discovery)),
  )
  return router
}

/** GET /health/live depends on nothing; GET /health/ready depends on everything that a call needs. */
export function healthRoutes({ ready, serversAskedForLess }: Health): Router {
  const router = Router()
  router.all('/health/live', named('/health/live'), only('GET', 'HEAD'), (_req, res) => {
    sendJson(res, 200, { status: 'live' })
  })
  router.all('/health/ready', named('/health/ready'), only('GET', 'HEAD'), async (_req, res) => {
    const isReady = await ready()
    const askedForLess = serversAskedForLess()
    sendJson(res, isReady ? 200 : 503, {
      status: isReady ? 'ready' : 'not ready',
      ...(askedForLess > 0 && { fhirServersAskedForLess: askedForLess }),
    })
  })
  return router
}
