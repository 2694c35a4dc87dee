import { Router } from 'express'
import type { Request, RequestHandler, Response } from 'express'
import type { Audit } from '../audit/trace.js'
import { answerFor } from '../cards/choose/answer-for.js'
import type { Decide } from '../decide.js'
import { parseFeedback } from '../protocol/parse-feedback.js'
import { parseHookRequest, unknownService } from '../protocol/parse-hook-request.js'
import { serviceById } from '../protocol/services.js'
import type { ClientSettings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import { authenticate, clientOf } from './authenticate.js'
import type { WhoCalls } from './authenticate.js'
import type { WithBody } from './body.js'
import { callOf } from './call.js'
import { named, only } from './routes.js'
import { sendJson } from './send.js'

/** The parts that the service and feedback routes are built from. */
export interface ServiceParts {
  decide: Decide
  audit: Pick<Audit, 'feedback'>
  clock: () => number
  who: WhoCalls
  narrowCors: (res: Response, client: ClientSettings) => void
  withBody: WithBody
  line: WorkLine
  /** Refuses a client that calls too often. */
  limitRate: (client: ClientSettings) => void
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * POST /cds-services/:id and POST /cds-services/:id/feedback.
 *
 * Shape:  the checks run in a fixed order: path, token, rate, method, media type, size, JSON, fields, data.
 * Throws: `ProtocolError`, `AuthRefused`, `LimitError`, `DataUnavailable`, `DeadlinePassed`, `RecordUnavailable`;
 *         http/errors.ts maps them to statuses.
 * Source: https://cds-hooks.hl7.org/2.0/#calling-a-cds-service, conformance J14
 */
export function serviceRoutes(parts: ServiceParts): Router {
  const { who, narrowCors, limitRate } = parts
  const underRate: RequestHandler = (_req, res, next) => {
    limitRate(clientOf(res))
    next()
  }
  const servicePath = (req: Request): string => `/cds-services/${String(req.params['id'])}`
  const router = Router()
  router.all(
    '/cds-services/:id',
    named('/cds-services/{id}'),
    knownService,
    authenticate(who, (req) => [servicePath(req)], narrowCors),
    underRate,
    only('POST'),
    hookHandler(parts),
  )
  router.all(
    '/cds-services/:id/feedback',
    named('/cds-services/{id}/feedback'),
    knownService,
    authenticate(who, (req) => [`${servicePath(req)}/feedback`, servicePath(req)], narrowCors),
    underRate,
    only('POST'),
    feedbackHandler(parts),
  )
  return router
}

const knownService: RequestHandler = (req, _res, next) => {
  if (!serviceById(String(req.params['id']))) throw unknownService()
  next()
}

/** Answers a hook request with its cards, which may be none. */
function hookHandler({ decide, clock, withBody }: ServiceParts): RequestHandler<{ id: string }> {
  return (req, res) => {
    const client = clientOf(res)
    const { line, trace } = callOf(res)
    return withBody(req, client, async (body) => {
      const request = parseHookRequest(req.params.id, body)
      line.hook = request.hook
      if (uuid.test(request.hookInstance)) line.hookInstance = request.hookInstance
      const { invocationId, cards, notUnderstood } = await decide(request, client, clock(), trace)
      line.invocationId = invocationId
      line.cards = cards.length
      if (notUnderstood) line.notUnderstood = notUnderstood
      sendJson(res, 200, answerFor(client, cards))
    })
  }
}

/** Records the feedback on cards, and answers which items were kept and which were refused. */
function feedbackHandler({ audit, clock, withBody, line }: ServiceParts): RequestHandler<{ id: string }> {
  return (req, res) => {
    const client = clientOf(res)
    return withBody(req, client, async (body) => {
      const { items, kept, refused } = await line.goOn(client.id, () => parseFeedback(body))
      const told = callOf(res).line
      told.feedbackItems = items.length
      if (refused.length > 0) told.feedbackRefused = refused.length
      await audit.feedback(client, req.params.id, items, clock())
      sendJson(res, 200, { received: items.length, kept, ...(refused.length > 0 && { refused }) })
    })
  }
}
