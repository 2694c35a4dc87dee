import { Router } from 'express'
import { ProtocolError } from '../errors.js'
import { isObject } from '../gather/fhir-shape.js'
import { hookNames } from '../protocol/hook-request.js'
import type { OneText } from '../workbench/read-one-text.js'
import type { ClientSettings } from '../config/settings.js'
import type { Ask } from '../workbench/ask.js'
import type { AskBody, WorkbenchStart } from '../workbench/views.js'
import type { WithBody } from './body.js'
import { named, only } from './routes.js'
import { sendJson } from './send.js'

/** The parts that the workbench API is built from; mounted in development mode only. */
export interface WorkbenchParts {
  ask: Ask
  start: () => WorkbenchStart
  /** Reads the clinical text of a body without a chart. */
  read: (body: unknown) => OneText
  client: ClientSettings
  withBody: WithBody
}

const refused = (path: string, says: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FIELD_INVALID', says, path)

/**
 * The JSON API of the page "Try": the stories and orders, a call with its response, and the reading of one text.
 *
 * Shape:   only JSON bodies are accepted, which a foreign page cannot send without a preflight request, and preflights
 *          are refused.
 * Privacy: invented or pasted patients; development mode only.
 */
export function workbenchRoutes({ ask, start, read, client, withBody }: WorkbenchParts): Router {
  const router = Router()
  router.all('/workbench/start', named('/workbench/start'), only('GET', 'HEAD'), (_req, res) => {
    sendJson(res, 200, start())
  })
  router.all('/workbench/evaluate', named('/workbench/evaluate'), only('POST'), (req, res) =>
    withBody(req, client, async (body) => {
      sendJson(res, 200, await ask(parseAsk(body)))
    }),
  )
  router.all('/workbench/read', named('/workbench/read'), only('POST'), (req, res) =>
    withBody(req, client, (body) => {
      sendJson(res, 200, read(body))
      return Promise.resolve()
    }),
  )
  return router
}

/** Parses the body of a question. Throws: `ProtocolError` (400) that names the field. */
function parseAsk(body: unknown): AskBody {
  if (!isObject(body)) throw new ProtocolError('PROTOCOL_BODY_NOT_OBJECT', 'The body is not an object.')
  const { patient, bundle, hook, orders = [], at, parameters } = body
  const knownHook = hookNames.find((name) => name === hook)
  if (!knownHook) throw refused('hook', `Use one of ${hookNames.join(', ')}.`)
  if (!Array.isArray(orders) || !orders.every((name) => typeof name === 'string'))
    throw refused('orders', 'Must be a list of names.')
  if (at !== undefined && (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8.64e15))
    throw refused('at', 'Must be milliseconds since 1970.')
  if (patient !== undefined && typeof patient !== 'string') throw refused('patient', 'Must be an id.')
  if (bundle === undefined && patient === undefined)
    throw refused('patient', 'Name a patient or send a bundle.')
  const changes = numbersOf(parameters)
  return {
    hook: knownHook,
    orders,
    ...(patient !== undefined && { patient }),
    ...(bundle !== undefined && { bundle }),
    ...(at !== undefined && { at }),
    ...(changes && { parameters: changes }),
  }
}

function numbersOf(parameters: unknown): Record<string, number> | undefined {
  if (parameters === undefined) return undefined
  if (!isObject(parameters) || !Object.values(parameters).every((value) => typeof value === 'number'))
    throw refused('parameters', 'Must be an object of numbers.')
  return parameters as Record<string, number>
}
