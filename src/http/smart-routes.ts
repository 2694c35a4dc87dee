import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { Request } from 'express'
import { MemoryAudit } from '../audit/memory-audit.js'
import { ProtocolError } from '../errors.js'
import { isObject } from '../gather/fhir-shape.js'
import type { Library } from '../service/library.js'
import { type PrefetchTemplate, prefetchTemplates, templatesWith } from '../protocol/prefetch-templates.js'
import type { ClientSettings, Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import { evaluated } from '../workbench/ask.js'
import type { SmartAnswer, SmartConfiguration } from '../workbench/smart-views.js'
import { limitPerAddress } from './address-limit.js'
import type { AddressCounts } from './address-limit.js'
import type { WithBody } from './body.js'
import { doorLimits } from './door-limits.js'
import { named, only } from './routes.js'
import { sendJson } from './send.js'
import { hasServer, neededLaunchServer, parameterOf } from './smart-launch.js'
import type { LaunchServer } from './smart-launch.js'
import { TokenBuckets } from './token-bucket.js'

/** The parts that the routes behind the SMART app are built from. */
export interface SmartParts {
  settings: Settings
  library: () => Library
  clock: () => number
  withBody: WithBody
  addressCounts: AddressCounts
  /** The work line in which the steps of an assessment wait for their turn. */
  line: WorkLine
}

const readTypes = [...new Set(prefetchTemplates.map(({ type }) => type)), 'Medication']

/** The SMART scopes of the app: reading the resource types of the rules, and creating what a breast check writes. */
const scope = [
  ...['launch', 'openid', 'fhirUser'],
  ...readTypes.map((type) => `patient/${type}.rs`),
  'patient/Observation.c',
  'patient/Condition.c',
].join(' ')

/** Are the SMART routes served? In development always, in production once the app is registered with an EHR. */
export const servesSmart = ({ mode, smart }: Settings): boolean =>
  mode === 'development' || smart.clientId !== undefined

/** The configuration that the app receives, for the server that launched it. */
function configurationOf(
  settings: Settings,
  { iss, origins }: LaunchServer,
  templates: readonly PrefetchTemplate[],
): SmartConfiguration {
  return {
    clientId: settings.smart.clientId ?? 'mastitis-cds',
    redirectUri: `${settings.publicUrl}/smart/app.html`,
    scope,
    iss,
    origins,
    loopback: settings.mode === 'development',
    templates: templates.map(({ key, type, parameters }) => ({ key, type, parameters })),
  }
}

/** The most calls per minute of all apps together; one person causes each call. */
const callsPerMinute = 600

/**
 * The routes behind the SMART app: its configuration, and an assessment of the chart that the app has read. The app makes what
 * it writes itself, from the published Questionnaire.
 *
 * Shape:   only the page of this service may post (`Sec-Fetch-Site`), and only JSON.
 * Privacy: the chart is assessed in memory, and is neither stored, logged nor sent on.
 */
export function smartRoutes({ settings, library, clock, withBody, line, addressCounts }: SmartParts): Router {
  const [first] = settings.clients
  if (!first) throw new Error('there is no client to ask as')
  const buckets = new TokenBuckets(callsPerMinute)
  const ready = (req: Request): void => {
    const site = req.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin')
      throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'Only the app of this service is answered here.')
    buckets.take('smart', performance.now())
  }
  const ofAddress = limitPerAddress({
    perMinute: doorLimits.pagePostsPerMinute.most,
    counts: addressCounts.pages,
  })
  const router = Router()
  router.all('/smart/configuration', named('/smart/configuration'), only('GET', 'HEAD'), (req, res) => {
    sendJson(
      res,
      200,
      configurationOf(
        settings,
        neededLaunchServer(parameterOf(req, 'iss'), settings),
        templatesWith(library().localSearches),
      ),
    )
  })
  router.all('/smart/evaluate', named('/smart/evaluate'), ...ofAddress, only('POST'), (req, res) => {
    ready(req)
    return withBody(req, first, async (body) => {
      const { iss, request } = questionOf(body)
      const server = neededLaunchServer(iss, settings)
      const client = settings.clients.find(({ fhirServers }) => hasServer(fhirServers, server)) ?? first
      const asked = { ...client, links: [] } satisfies ClientSettings
      const by = { client: asked, library: library(), audit: new MemoryAudit(), line, now: clock() }
      const { response, explanation } = await evaluated(request, by)
      const told = client.rulesMode === 'live' ? { explanation } : {}
      sendJson(res, 200, { response, ...told } satisfies SmartAnswer)
    })
  })
  return router
}

function patientIdOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9\-.]{1,64}$/.test(value))
    throw new ProtocolError('PROTOCOL_FIELD_INVALID', 'Must be the id of a patient.', 'patientId')
  return value
}

function questionOf(body: unknown): { iss: unknown; request: Record<string, unknown> } {
  if (!isObject(body)) throw new ProtocolError('PROTOCOL_BODY_NOT_OBJECT', 'The body is not an object.')
  const { iss, patientId, prefetch } = body
  const request = {
    hook: 'patient-view',
    hookInstance: randomUUID(),
    context: { userId: 'Practitioner/smart-app', patientId: patientIdOf(patientId) },
    prefetch,
  }
  return { iss, request }
}
