import type { Kysely } from 'kysely'
import type { Medicine } from '../facts/facts.js'
import type { Json } from './canonical-json.js'
import type { InvocationBody } from './invocation-body.js'
import { bodyOf } from './metrics/call-rows.js'
import { recordedCall } from './old-finding-names.js'
import type { RecordedReason } from './recorded-findings.js'
import type { StoredRecord } from './record.js'
import { readRecords } from './store/record-reader.js'
import type { AuditDatabase } from './store/schema.js'

/** One line of the decision: a condition, its facts, and its result. */
export interface ExplainLine {
  scope: string
  condition: string
  outcome: 'present' | 'absent' | 'cannot tell'
  because: string
  /** Words such as "temperature 38.8, 2 h before" for each fact of the condition. */
  facts: readonly string[]
}

/** A recorded decision, ready to print. */
export interface Explanation {
  invocationId: string
  at: string
  client: string
  hook: string
  status: number
  content: string
  engine: string
  stage: string
  missing: readonly string[]
  /** Each medicine that is no antibiotic cover, by its numbered resource, with the reason. */
  medicines: readonly string[]
  sources: InvocationBody['dataSources']
  rules: InvocationBody['rules']
  cards: readonly { kind: string; version: string; indicator: string; rows: readonly string[] }[]
  lines: readonly ExplainLine[]
}

const dayMs = 86_400_000

/**
 * Reads the time from an invocation id: UUIDs of version 7 begin with the time, so only the records of that day are
 * searched.
 */
const momentOf = (invocationId: string): number =>
  Number.parseInt(invocationId.replaceAll('-', '').slice(0, 12), 16)

/** Finds the record of a call by the invocation id that links and cards carry; of one client, or of any client. */
export async function findCall(
  db: Kysely<AuditDatabase>,
  invocationId: string,
  tenant?: string,
): Promise<StoredRecord | undefined> {
  const at = momentOf(invocationId)
  if (!Number.isFinite(at)) return undefined
  const range = { from: at - dayMs, to: at + dayMs, types: ['invocation'] as const }
  for await (const record of readRecords(db, { ...range, ...(tenant !== undefined && { tenant }) })) {
    if (!record.body?.includes(invocationId)) continue
    if ((bodyOf(record) as InvocationBody).invocationId === invocationId) return record
  }
  return undefined
}

const hourMs = 3_600_000

function ageWords(age: Json | undefined): string {
  const ms = Array.isArray(age) ? (age as readonly number[])[1] : age
  if (typeof ms !== 'number') return ''
  return ms < 0 ? `, ${Math.round(-ms / hourMs)} h after` : `, ${Math.round(ms / hourMs)} h before`
}

const wordNames = [
  'kind',
  'sign',
  'value',
  'state',
  'says',
  'sets',
  'ingredients',
  'status',
  'reading',
  'need',
  'side',
]

/** A member as a word; lists are joined, and objects give no word. */
function wordOf(member: Json | undefined): readonly string[] {
  if (Array.isArray(member)) return member.length === 0 ? [] : [member.join('+')]
  return typeof member === 'string' || typeof member === 'number' ? [String(member)] : []
}

/** Describes each numbered resource in one line: "Observation#2: temperature 38.8 left, 2 h before". */
function factsBySource(facts: Json): ReadonlyMap<string, string> {
  const bySource = new Map<string, string>()
  const visit = (value: Json | undefined): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      value.forEach((item: Json) => visit(item))
      return
    }
    const members = value as Readonly<Record<string, Json | undefined>>
    const source = members['source']
    if (typeof source === 'string') {
      const words = wordNames.flatMap((name) => {
        const member = members[name]
        return wordOf(member)
      })
      const line = `${words.join(' ')}${ageWords(members['when'])}`
      const known = bySource.get(source)
      bySource.set(source, known === undefined ? line : `${known}; ${line}`)
    }
    Object.values(members).forEach(visit)
  }
  visit(facts)
  return bySource
}

/** Lists the medicines of a record that are no antibiotic cover, with the reason. */
function medicinesWithout(facts: Json): readonly string[] {
  const { medicines = [] } = facts as { medicines?: readonly RecordedMedicine[] }
  return medicines.flatMap(({ source, ingredients = [], cover, noExposure }) => {
    const why = noExposure ?? (cover === 'not-counted' || cover === 'unknown' ? cover : undefined)
    return why === undefined ? [] : [`${source}: ${ingredients.join('+') || 'antibiotic'}: ${why}`]
  })
}

/** The members of a recorded medicine that are read here. */
type RecordedMedicine = Pick<Medicine, 'source' | 'ingredients' | 'cover' | 'noExposure'>

/**
 * Builds the decision of one record as a table: condition, outcome, reason, facts with source and age (AUD-084).
 *
 * Missing: undefined for a purged record, which has no decision to explain.
 */
export function explanationOf(record: StoredRecord): Explanation | undefined {
  const body = recordedCall(record)
  if (!body) return undefined
  const facts = factsBySource(body.facts)
  const lines = body.scopes.flatMap(({ side = 'patient', draft, present, cannotTell, absent }) => {
    const scope = draft === undefined ? side : `${side}, ${draft}`
    const linesOf = (reasons: readonly RecordedReason[], outcome: ExplainLine['outcome']) =>
      reasons.flatMap(([names, because, ...sources]) =>
        names.split(' ').map((condition) => ({
          scope,
          condition,
          outcome,
          because,
          facts: sources.map((source) =>
            source.startsWith('+')
              ? `and ${source.slice(1)} more`
              : `${source}: ${facts.get(source) ?? 'not among the facts'}`,
          ),
        })),
      )
    return [
      ...linesOf(present, 'present'),
      ...linesOf(cannotTell, 'cannot tell'),
      ...linesOf(absent, 'absent'),
    ]
  })
  return {
    invocationId: body.invocationId,
    at: body.receivedAt,
    client: record.tenant,
    hook: body.hook,
    status: body.status,
    content: `${body.pack.version} (${body.pack.hash.slice(0, 12)})`,
    engine: body.engine,
    stage: body.stage,
    missing: body.missing,
    medicines: medicinesWithout(body.facts),
    sources: body.dataSources,
    rules: body.rules,
    cards: body.cards.map(({ kind, version, indicator, rows }) => ({
      kind,
      version,
      indicator,
      rows: rows.map(({ row, side = '', on }) => `${row} ${side}: ${on.join(', ')}`),
    })),
    lines,
  }
}

/** Writes an explanation for a terminal. */
export function explanationText(explanation: Explanation): string {
  const { invocationId, at, client, hook, status, content, engine, stage, missing, lines } = explanation
  return [
    `call ${invocationId} of ${client}, ${at}, ${hook}, answered ${status}`,
    `content ${content}, service ${engine}, stage ${stage}`,
    `missing: ${missing.length === 0 ? 'nothing' : missing.join(', ')}`,
    '',
    'DATA (key: origin, state, count, ms)',
    ...Object.entries(explanation.sources).map(([key, source]) => `  ${key}: ${source.join(', ')}`),
    '',
    'CARDS',
    ...Object.entries(explanation.rules).map(([kind, verdict]) => `  ${kind}: ${verdict}`),
    ...explanation.cards.flatMap(({ kind, version, indicator, rows }) => [
      `  ${kind}@${version} given as ${indicator}, because`,
      ...rows.map((row) => `    ${row}`),
    ]),
    '',
    'MEDICINES that are no antibiotic cover',
    ...explanation.medicines.map((line) => `  ${line}`),
    '',
    'CONDITIONS (what is not listed is absent, with nothing on record that speaks of it)',
    ...lines.flatMap(({ scope, condition, outcome, because, facts }) => [
      `  ${scope} | ${condition} | ${outcome} | ${because}`,
      ...facts.map((fact) => `      ${fact}`),
    ]),
    '',
  ].join('\n')
}
