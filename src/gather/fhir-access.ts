import { randomBytes } from 'node:crypto'
import { Client } from 'fhir-kit-client'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { HookRequest } from '../protocol/hook-request.js'
import { traceParent } from '../protocol/trace-context.js'
import type { TraceContext } from '../protocol/trace-context.js'
import type { ClientSettings } from '../settings.js'
import { type Answer, readAnswer } from './answer.js'
import type { UnreadableCode } from './chart.js'
import { type CallOutcome, type CircuitBreaker, isIllness } from './circuit-breaker.js'
import type { Egress } from './egress.js'
import { makeDeadline } from './deadline.js'
import { isObject } from './fhir-shape.js'
import { type PageReader, readPages } from './pages.js'
import { Refusal, refusalCode, retryAfterMs, statusOf } from './refusal.js'
import { allowedBase, isBelow, safeUrl } from './safe-url.js'
import { scopeRule } from './scopes.js'

const maxAnswerBytes = 5 * 1_048_576
/** A token is not used in its last seconds: it would expire on the way. */
const tokenMarginMs = 5_000

const idPattern = /^[A-Za-z0-9\-.]{1,128}$/

/** May this id stand in a path? */
const isSafeId = (id: string): boolean => idPattern.test(id) && id !== '.' && id !== '..'

/**
 * Read access to one FHIR server for one call, with the token in its closure.
 *
 * Missing: nothing here throws; an answer that could not be had says `why`.
 */
export interface FhirAccess {
  /** Asks what a template asks, for the patient, with all pages. */
  ask(template: PrefetchTemplate): Promise<Answer>
  /** Follows the `next` link of an answer that the client supplied. */
  askRest(template: PrefetchTemplate, first: Answer): Promise<Answer>
  /** Reads one resource by type and id. */
  read(type: string, id: string): Promise<Answer>
  /** Ends all timers and requests of the call, and remembers whether the server answered. */
  close(): Promise<void>
}

export interface AccessOptions {
  mode: 'production' | 'development'
  egress: Egress
  clock: () => number
  breaker: CircuitBreaker
}

const unreadable = (why: UnreadableCode): Answer => ({ entries: [], why })

/**
 * Opens the FHIR server of a request, or says why it may not be called.
 *
 * Edge:    an empty token is no token: then no call is made at all (product decision 18).
 * Privacy: the token lives in the client object made here, which nothing outlives.
 */
export function openFhirAccess(
  request: HookRequest,
  client: ClientSettings,
  { mode, egress, clock, breaker }: AccessOptions,
  context?: TraceContext,
): FhirAccess | UnreadableCode {
  const { fhirServer, fhirAuthorization: authorization, patientId } = request
  if (fhirServer === undefined || authorization?.accessToken === '') return 'not-supplied'
  const base = allowedBase(fhirServer, client, mode)
  if (!base) return 'not-allowed'

  const root = base.href.replace(/\/$/, '')
  const folder = new URL(`${root}/`)
  const deadline = makeDeadline(client, clock)
  const seconds = authorization?.expiresInSeconds
  const tokenEnds = seconds === undefined ? Infinity : clock() + seconds * 1_000 - tokenMarginMs
  const granted = scopeRule(authorization?.scope)
  const limits = { allowNetworks: client.allowNetworks, maxBytes: maxAnswerBytes, jsonOnly: true }
  const fhir = new Client({
    baseUrl: root,
    requestOptions: { dispatcher: egress.through(limits), redirect: 'manual' },
    ...(authorization && { bearerToken: authorization.accessToken }),
    ...(context && { customHeaders: { traceparent: traceParent(context, randomBytes(8).toString('hex')) } }),
  })

  const end = breaker.begin(root) // last, so that nothing can throw before the call can be ended
  if (!end) return 'unreachable'
  let outcome: CallOutcome = 'nothing-asked'

  /** Sends one request, once more only if the server said when and that is soon enough. */
  async function send(ask: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
    if (clock() >= tokenEnds) throw new Refusal('refused')
    if (outcome === 'nothing-asked') outcome = 'silent'
    try {
      const answer = await deadline.within(ask)
      outcome = 'answered'
      return answer
    } catch (error) {
      if (!isIllness(refusalCode(error))) outcome = 'answered'
      const wait = statusOf(error) === 429 ? retryAfterMs(error, clock()) : undefined
      if (wait === undefined || !(await deadline.wait(wait))) throw error
      if (clock() >= tokenEnds) throw new Refusal('refused')
      return deadline.within(ask)
    }
  }

  const pages: PageReader = {
    clock,
    allowed(link) {
      const url = safeUrl(link, mode, folder.href)
      return url && isBelow(url, folder) ? url.href : undefined
    },
    read: (address) => bundleFrom((signal) => fhir.request(address, { options: { signal } })),
  }

  async function bundleFrom(ask: (signal: AbortSignal) => Promise<unknown>): Promise<Answer> {
    try {
      const answer = await send(ask)
      if (!isObject(answer) || answer['resourceType'] !== 'Bundle') return unreadable('bad-answer')
      const read = readAnswer(answer)
      return read.why === 'client-failed' ? unreadable('server-error') : read
    } catch (error) {
      return unreadable(refusalCode(error))
    }
  }

  async function read(type: string, id: string): Promise<Answer> {
    if (!isSafeId(id)) return unreadable('not-allowed')
    if (!granted(type, 'read')) return unreadable('refused')
    try {
      const answer = await send((signal) =>
        fhir.read({ resourceType: type, id: encodeURIComponent(id), options: { signal } }),
      )
      if (!isObject(answer) || answer['resourceType'] !== type) return unreadable('bad-answer')
      return { entries: [{ resource: { ...answer } }] } // the copy leaves the library's hidden request (and token) behind
    } catch (error) {
      const status = statusOf(error)
      return status === 404 || status === 410 ? { entries: [] } : unreadable(refusalCode(error))
    }
  }

  return {
    read,
    askRest: (template, first) => readPages(template, first, pages),
    async ask(template) {
      if (template.parameters.length === 0) return read(template.type, patientId)
      if (!isSafeId(patientId)) return unreadable('not-allowed')
      if (!granted(template.type, 'search')) return unreadable('refused')
      const searchParams = Object.fromEntries([['patient', patientId], ...template.parameters])
      const first = await bundleFrom((signal) =>
        fhir.search({ resourceType: template.type, searchParams, options: { signal } }),
      )
      return first.why === undefined ? readPages(template, first, pages) : first
    },
    close() {
      deadline.end()
      return end(outcome)
    },
  }
}
