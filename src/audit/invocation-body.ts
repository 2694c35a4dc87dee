import type { ChosenCard } from '../cards/chosen-card.js'
import type { DataSource } from '../gather/chart.js'
import type { HookName, RequestIdentity } from '../protocol/hook-request.js'
import { agedFacts } from './aged-facts.js'
import { fittingBody } from './fitting-body.js'
import type { Json } from './canonical-json.js'
import type { PseudonymKind, Pseudonyms } from './pseudonym.js'
import { recordedScopes } from './recorded-findings.js'
import type { RecordedScope } from './recorded-findings.js'
import type { Timings, Trace } from './trace.js'

/** The content that decided a call, as its record names the content for a later replay. */
export interface Versions {
  engine: string
  pack: { version: string; hash: string }
  /** The kinds of card with rows for a hook; only these cards are evaluated and have a verdict. */
  asked: (hook: HookName) => ReadonlySet<string>
}

/** The result of one card in one call: `suppressed` is followed by the reason, as "suppressed:cap". */
export type RuleVerdict = 'fire' | 'no-fire' | 'insufficient-data' | `suppressed:${string}`

/** One returned card, without its text. */
export interface RecordedCard {
  uuid: string
  kind: string
  version: string
  variant: string
  indicator: string
  contentHash: string
  /**
   * The rows that held, each with the findings it depends on: `{ row, side, on: ["failed", "ultrasound-allowed"] }`.
   */
  rows: readonly { row: string; side?: string; draft?: string; on: readonly string[] }[]
  suggestions: readonly string[]
  links: readonly string[]
}

/** The erasable part of an `invocation` record (AUD 2.1). */
export interface InvocationBody {
  invocationId: string
  receivedAt: string
  durationMs: Timings
  clientIss: string
  hook: HookName
  hookInstance: string
  serviceId: string
  patientRef: string
  userRef: string
  userRole: string
  encounterRef?: string
  traceId?: string
  mode: 'live' | 'silent'
  /** The cards switched off for the client at the time of the call. */
  cardsOff?: readonly string[]
  engine: string
  pack: { version: string; hash: string }
  /** By prefetch key: origin, state, count, ms, and the reason when the key could not be read. */
  dataSources: Readonly<Record<string, readonly (string | number)[]>>
  facts: Json
  /** The number of facts that did not fit into the record; the decision cannot be replayed from the others. */
  factsCut?: number
  missing: readonly string[]
  inScope: readonly [verdict: string, because: string]
  scopes: readonly RecordedScope[]
  /** The verdict by kind of card, for every evaluated card: the denominator. */
  rules: Readonly<Record<string, RuleVerdict>>
  cards: readonly RecordedCard[]
  stage: string
  sepsisCriteria: readonly string[]
  /** The age in milliseconds of the first STRONG sign that holds. */
  strongAge?: number
  status: 200 | 412
}

function verdictOf({ wire, hidden, undecided }: ChosenCard): RuleVerdict {
  if (wire) return 'fire'
  if (hidden !== undefined && hidden !== 'no-row') return `suppressed:${hidden}`
  return undecided ? 'insufficient-data' : 'no-fire'
}

/** Converts a returned card into the form of a record. */
export function recordedCard(card: ChosenCard, numbered: (ref: string) => string): RecordedCard {
  const { kind, version, variant = '', contentHash = '', wire, held = [] } = card
  return {
    uuid: wire?.uuid ?? '',
    kind,
    version,
    variant,
    indicator: wire?.indicator ?? '',
    contentHash,
    rows: held.map(({ row, scope, reasons }) => ({
      row: row.id,
      ...(scope.side !== undefined && { side: scope.side }),
      ...(scope.draft && { draft: numbered(scope.draft.source) }),
      on: reasons.map(([finding]) => finding),
    })),
    suggestions: (wire?.suggestions ?? []).map(({ uuid }) => uuid),
    links: (wire?.links ?? []).map(({ type }) => type),
  }
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The client's correlation key if it is a UUID, else its pseudonym, because some clients send free text. */
const instanceOf = ({ hookInstance }: RequestIdentity, pseudonym: (id: string) => string): string =>
  uuidShape.test(hookInstance) ? hookInstance : pseudonym(hookInstance)

const roles: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson'])

function roleOf(userId: string): string {
  const role = userId.slice(0, Math.max(0, userId.indexOf('/')))
  return roles.has(role) ? role : 'unknown'
}

function recordedSources(sources: readonly DataSource[]): InvocationBody['dataSources'] {
  const byKey: Record<string, readonly (string | number)[]> = {}
  for (const { key, origin, state, count, ms, why } of sources)
    byKey[key] =
      why === undefined ? [origin, state, count, Math.round(ms)] : [origin, state, count, Math.round(ms), why]
  return byKey
}

const hundredths = (ms: number): number => Math.round(ms * 100) / 100

/**
 * Builds the body of the record of one call.
 *
 * Shape:   the body holds the denominator: the verdict of every evaluated card, also of cards that were not returned.
 * Units:   durations are milliseconds for each room; the times of authentication, parsing and recording are in the
 *          metrics.
 * Privacy: pseudonyms, coded facts, ages; no names, identifiers, tokens, chart text or raw resources (AUD-003).
 */
export function invocationBody(trace: Trace, versions: Versions, pseudonyms: Pseudonyms): InvocationBody {
  const { client, request, now, assessment, timings, considered } = trace
  const name = (kind: PseudonymKind, id: string): string => pseudonyms(client.id, kind, id)
  const { facts, numbered } = agedFacts(trace.facts, now)
  const scopes = recordedScopes(assessment.scopes, numbered)
  const asked = versions.asked(request.hook)
  const rules: Record<string, RuleVerdict> = {}
  const cards: RecordedCard[] = []
  for (const card of considered) {
    if (asked.has(card.kind)) rules[card.kind] = verdictOf(card)
    if (card.wire) cards.push(recordedCard(card, numbered))
  }
  const { encounterId } = request
  const rest: Omit<InvocationBody, 'facts' | 'factsCut'> = {
    invocationId: trace.invocationId,
    receivedAt: new Date(now).toISOString(),
    durationMs: {
      gather: hundredths(timings.gather),
      facts: hundredths(timings.facts),
      assess: hundredths(timings.assess),
      cards: hundredths(timings.cards),
    },
    clientIss: client.iss,
    hook: request.hook,
    hookInstance: instanceOf(request, (id) => name('hook-instance', id)),
    serviceId: request.serviceId,
    patientRef: name('patient', request.patientId),
    userRef: name('user', request.userId),
    userRole: roleOf(request.userId),
    ...(encounterId !== undefined && { encounterRef: name('encounter', encounterId) }),
    ...(trace.traceId !== undefined && { traceId: trace.traceId }),
    mode: client.rulesMode,
    ...(client.cardsOff.length > 0 && { cardsOff: client.cardsOff }),
    engine: versions.engine,
    pack: versions.pack,
    dataSources: recordedSources(trace.sources),
    missing: assessment.missing,
    inScope: [assessment.inScope.verdict, assessment.inScope.because],
    scopes,
    rules,
    cards,
    stage: assessment.leadingStage,
    sepsisCriteria: assessment.sepsisCriteria,
    ...(assessment.strongSince !== undefined && { strongAge: now - assessment.strongSince }),
    status: trace.status,
  }
  return fittingBody(facts, rest)
}
