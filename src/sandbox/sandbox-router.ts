import cors from 'cors'
import express, { type Request, type Response, Router } from 'express'
import type { Bundle } from 'fhir/r4.js'
import { isObject } from '../gather/fhir-shape.js'
import type { Instant } from '../units/units.js'
import { answerBatch, answerRead, answerSearch, type FhirAnswer, refusal } from './answers.js'
import { capability } from './capability.js'
import { makeDemoPatients } from './demo-patients.js'

/** The folder of the invented patients, and their clock. */
export interface SandboxOptions {
  fixturesDir: string
  clock: () => Instant
}

const baseOf = (req: Request): string => `${req.protocol}://${req.get('host') ?? 'localhost'}${req.baseUrl}`

const queryOf = (req: Request): URLSearchParams => new URLSearchParams(req.originalUrl.split('?', 2)[1] ?? '')

function send(res: Response, { status, resource }: FhirAnswer): void {
  res.status(status).type('application/fhir+json').send(JSON.stringify(resource))
}

/**
 * Makes a small FHIR R4 server over the invented patients, with their stories moved to now; for development only.
 *
 * Shape:  read, search (GET and POST), batch of both, paging, capability statement; never writes. Any web page may
 *         ask, because the data are invented.
 * Source: https://hl7.org/fhir/R4/http.html
 */
export function sandboxRouter({ fixturesDir, clock }: SandboxOptions): Router {
  const patients = makeDemoPatients(fixturesDir, clock)
  const router = Router()
  router.use(cors({ origin: '*', exposedHeaders: ['Content-Location', 'Location'] }))
  const form = express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' })
  const json = express.json({ type: ['application/json', 'application/fhir+json'], limit: '1mb' })

  router.get('/metadata', (_, res) => send(res, { status: 200, resource: capability }))
  router.post('/:type/_search', form, (req: Request<{ type: string }>, res) => {
    const query = queryOf(req)
    const body = typeof req.body === 'string' ? new URLSearchParams(req.body) : new URLSearchParams()
    for (const [name, value] of body) query.append(name, value)
    send(res, answerSearch(req.params.type, query, baseOf(req), patients))
  })
  router.get('/:type/:id', (req, res) => send(res, answerRead(req.params.type, req.params.id, patients)))
  router.get('/:type', (req, res) =>
    send(res, answerSearch(req.params.type, queryOf(req), baseOf(req), patients)),
  )
  router.post('/', json, (req, res) => {
    const body: unknown = req.body
    const isBatch = isObject(body) && body['resourceType'] === 'Bundle' && body['type'] === 'batch'
    if (isBatch) send(res, answerBatch(body as unknown as Bundle, baseOf(req), patients))
    else send(res, refusal(400, 'invalid', 'Only a Bundle of type batch can be posted here.'))
  })
  router.use((req, res) => {
    if (req.method === 'GET') send(res, refusal(404, 'not-found', 'Nothing here.'))
    else send(res, refusal(405, 'not-supported', 'The demo server only reads.'))
  })
  return router
}
