import { randomBytes } from 'node:crypto'
import { budgets } from '../protocol/limits.js'
import type { HookRequest } from '../protocol/hook-request.js'
import { traceParent } from '../protocol/trace-context.js'
import type { TraceContext } from '../protocol/trace-context.js'
import type { ClientSettings } from '../config/settings.js'
import { type Allowance, makePieceCount } from './allowance.js'
import type { Answer } from './answer.js'
import type { UnreadableCode } from './chart.js'
import type { CircuitBreaker } from './circuit-breaker.js'
import type { Egress, EgressRules } from './egress.js'
import { makeDeadline } from './deadline.js'
import type { FormMemory } from './form-memory.js'
import { nextLinks } from './next-links.js'
import { PatientReader } from './patient-reader.js'
import { RequestSender } from './request-sender.js'
import { allowedBase } from './safe-url.js'
import { scopeRule } from './scopes.js'

/**
 * Read access to one FHIR server for one call, with the access token inside.
 *
 * Missing: no method throws; an answer without data says `why`.
 */
export interface FhirAccess extends Pick<PatientReader, 'ask' | 'askRest' | 'read'> {
  /** Ends all timers and requests of the call, and remembers whether the server responded. */
  close(): Promise<void>
}

export interface AccessOptions {
  mode: 'production' | 'development'
  egress: Egress
  clock: () => number
  breaker: CircuitBreaker
  /** The forms of searches that servers answered. */
  forms: FormMemory
  /** Makes the allowance of a call of this client. */
  allowanceFor: (clientId: string) => Allowance
}

/**
 * Opens the FHIR server of a request, or returns the reason why the server may not be called.
 *
 * Edge:    an empty token is no token, so the requests carry no Authorization header (ADR 0063).
 * Privacy: only the reader that is made here holds the token, and the reader ends with the call.
 */
export function openFhirAccess(
  request: HookRequest,
  client: ClientSettings,
  options: AccessOptions,
  context?: TraceContext,
): FhirAccess | UnreadableCode {
  const { mode, clock, breaker } = options
  if (request.fhirServer === undefined) return 'not-supplied'
  const base = allowedBase(request.fhirServer, client, mode)
  if (!base) return 'not-allowed'

  const root = base.href.replace(/\/$/, '')
  const authorization = givenToken(request)
  const allowance = options.allowanceFor(client.id)
  const deadline = makeDeadline(client, clock)
  const sender = new RequestSender({ deadline, clock, tokenSeconds: authorization?.expiresInSeconds })
  const reader = new PatientReader({
    baseUrl: root,
    dispatcher: options.egress.through(rulesFor(client, allowance)),
    accessToken: authorization?.accessToken,
    traceHeader: traced(context),
    sender,
    patientId: request.patientId,
    granted: scopeRule(authorization?.scope),
    clock,
    allowedLink: nextLinks({ root, listed: client.fhirServers, mode }),
    forms: options.forms.of(client.id, root),
  })
  const end = breaker.begin(client.id, root) // last, so that no error can occur before the call can be ended
  if (!end) return 'unreachable'
  const told = authorization === undefined ? refusedWithoutToken : (answer: Answer): Answer => answer
  return {
    ask: async (template) => told(await reader.ask(template)),
    askRest: async (template, first) => told(await reader.askRest(template, first)),
    read: async (type, id) => told(await reader.read(type, id)),
    close() {
      deadline.end()
      allowance.end()
      return end(sender.outcome)
    },
  }
}

/** Tells a refusal of a request without a token from one of a token. */
const refusedWithoutToken = (answer: Answer): Answer =>
  answer.why === 'refused' ? { ...answer, why: 'no-token' } : answer

/** The token of a request; undefined when the token is empty. */
const givenToken = ({ fhirAuthorization }: HookRequest): HookRequest['fhirAuthorization'] =>
  fhirAuthorization?.accessToken.trim() === '' ? undefined : fhirAuthorization

const rulesFor = ({ id, allowNetworks }: ClientSettings, allowance: Allowance): EgressRules => ({
  clientId: id,
  allowNetworks,
  maxBytes: budgets.fhirAnswerBytes.most,
  jsonOnly: true,
  allowance,
  takePieces: makePieceCount(),
})

/** The header that passes on the trace context. */
const traced = (context: TraceContext | undefined) =>
  context && { traceparent: traceParent(context, randomBytes(8).toString('hex')) }
