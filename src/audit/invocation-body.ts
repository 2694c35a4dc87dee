import type { ChosenCard, RowOutcome } from '../cards/chosen-card.js'
import type { HookRequest } from '../protocol/hook-request.js'
import type { Instant } from '../units/units.js'
import { agedFacts } from './aged-facts.js'
import type { Json } from './canonical-json.js'
import type { Pseudonyms } from './pseudonym.js'
import type { Trace } from './trace.js'

/** Versions a record names, so that a replay knows what spoke. */
export interface Versions {
  engine: string
  pack: { id: string; version: string; hash: string }
}

/** How one card came out in one call. */
export type RuleVerdict = 'fire' | 'no-fire' | 'insufficient-data' | 'suppressed'

/** One row of a card in one scope: its conditions as +, - and ? in the order of the card. */
export interface RecordedRow {
  row: string
  side?: string
  draft?: string
  holds: boolean
  /** "failed+", "cover-48h-", "lactating?". */
  conditions: readonly string[]
  /** The worded reason of the condition that decided, or of all that held. */
  because: readonly string[]
}

/** What one card said or did not say. */
export interface RecordedRule {
  card: string
  version: string
  verdict: RuleVerdict
  hidden?: string
  rows: readonly RecordedRow[]
}

/** One card as it was given, without its text. */
export interface RecordedCard {
  uuid: string
  kind: string
  version: string
  variant: string
  indicator: string
  contentHash: string
  suggestions: readonly string[]
  links: readonly string[]
  shown: boolean
}

/** The erasable part of an `invocation` record (AUD 2.1). */
export interface InvocationBody {
  invocationId: string
  receivedAt: string
  durationMs: { gather: number; facts: number; assess: number; cards: number }
  clientIss: string
  hook: string
  hookInstance: string
  serviceId: string
  patientRef: string
  userRef: string
  userRole: string
  encounterRef?: string
  traceId?: string
  mode: 'live' | 'silent'
  versions: Versions
  dataSources: Json
  facts: Json
  missing: readonly string[]
  rules: readonly RecordedRule[]
  cards: readonly RecordedCard[]
  /** HMAC of the resources behind the cards given, by their number in `facts`. */
  evidence: Readonly<Record<string, string>>
  stage: string
  sepsisCriteria: readonly string[]
  strongAge?: number
  status: 200 | 412
}

const marks = { present: '+', absent: '-', 'cannot-tell': '?' } as const

function recordedRow({ row, scope, holds, conditions }: RowOutcome): RecordedRow {
  const decisive = holds ? conditions : conditions.filter((condition) => !condition.holds)
  return {
    row,
    ...(scope.side !== undefined && { side: scope.side }),
    ...(scope.draft !== undefined && { draft: 'draft' }),
    holds,
    conditions: conditions.map(({ finding, verdict }) => `${finding}${marks[verdict]}`),
    because: decisive.map(({ because }) => because),
  }
}

function ruleVerdict(card: ChosenCard): RuleVerdict {
  if (card.wire) return 'fire'
  if (card.hidden !== undefined && card.hidden !== 'no-row') return 'suppressed'
  const unread = card.rows.some((row) => {
    const failing = row.conditions.filter((condition) => !condition.holds)
    return failing.length > 0 && failing.every((condition) => condition.verdict === 'cannot-tell')
  })
  return unread ? 'insufficient-data' : 'no-fire'
}

const recordedRule = (card: ChosenCard): RecordedRule => ({
  card: card.kind,
  version: card.version,
  verdict: ruleVerdict(card),
  ...(card.hidden !== undefined && { hidden: card.hidden }),
  rows: card.rows.map(recordedRow),
})

const recordedCard = (card: ChosenCard, shown: boolean): readonly RecordedCard[] =>
  card.wire
    ? [
        {
          uuid: card.wire.uuid,
          kind: card.kind,
          version: card.version,
          variant: card.variant ?? '',
          indicator: card.wire.indicator,
          contentHash: card.contentHash ?? '',
          suggestions: (card.wire.suggestions ?? []).map(({ uuid }) => uuid),
          links: (card.wire.links ?? []).map(({ label }) => label),
          shown,
        },
      ]
    : []

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The client's own correlation key if it is a UUID, else its pseudonym: some clients put words there. */
const instanceOf = ({ hookInstance }: HookRequest, pseudonym: (id: string) => string): string =>
  uuidShape.test(hookInstance) ? hookInstance : pseudonym(hookInstance)

const roleOf = (userId: string): string => /^[A-Za-z]{1,40}(?=\/)/.exec(userId)?.[0] ?? 'unknown'

/**
 * The body of the record of one call.
 *
 * Shape:   the denominator is in it: every card, also those not given, with the conditions that hid it.
 * Privacy: pseudonyms, coded facts, ages; no names, identifiers, tokens, chart text or raw resources (AUD-003).
 */
export function invocationBody(trace: Trace, versions: Versions, pseudonyms: Pseudonyms): InvocationBody {
  const { client, request, now, assessment, timings } = trace
  const name = (kind: Parameters<Pseudonyms>[1], id: string): string => pseudonyms(client.id, kind, id)
  const { facts, numbered } = agedFacts(trace.facts, now)
  const live = client.rulesMode === 'live'
  const { encounterId } = request
  return {
    invocationId: trace.invocationId,
    receivedAt: new Date(now).toISOString(),
    durationMs: timings,
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
    versions,
    dataSources: trace.sources.map((source) => ({ ...source })),
    facts,
    missing: assessment.missing,
    rules: trace.considered.map(recordedRule),
    cards: trace.considered.flatMap((card) => recordedCard(card, live)),
    evidence: evidenceOf(trace, numbered, (id) => name('resource', id)),
    stage: assessment.leadingStage,
    sepsisCriteria: assessment.sepsisCriteria,
    ...(assessment.strongSince !== undefined && { strongAge: ageAt(now, assessment.strongSince) }),
    status: trace.status,
  }
}

const ageAt = (now: Instant, moment: Instant): number => now - moment

/** The resources behind the findings that are present, as pseudonyms; only where a card was given. */
function evidenceOf(
  { considered, assessment }: Trace,
  numbered: (ref: string) => string,
  pseudonym: (ref: string) => string,
): Readonly<Record<string, string>> {
  if (!considered.some((card) => card.wire)) return {}
  const named = considered
    .filter((card) => card.wire)
    .flatMap((card) => card.rows.filter((row) => row.holds).flatMap((row) => row.conditions))
    .map(({ finding }) => finding)
  const refs = new Set(
    assessment.scopes.flatMap(({ findings }) =>
      named.flatMap((finding) => findings.get(finding)?.evidence.map(({ source }) => source) ?? []),
    ),
  )
  return Object.fromEntries([...refs].map((ref) => [numbered(ref), pseudonym(ref)]))
}
