import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody } from '../invocation-body.js'
import type { Json } from '../canonical-json.js'
import { bodyOf } from '../metrics/call-rows.js'
import type { StoredRecord } from '../record.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const yearMs = 365.25 * dayMs
const oldest = 89

/** Members that are ages in milliseconds, which are rounded to whole hours. */
const ageNames: ReadonlySet<string> = new Set(['when', 'onset', 'recorded', 'abated', 'start', 'end', 'at'])

/**
 * De-identifies facts: ages in whole hours, the patient's age in years and pooled above 89, and no places of records.
 */
function roughFacts(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Json) => roughFacts(item))
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]): readonly (readonly [string, Json])[] => {
      if (member === undefined || name === 'places') return []
      if (name === 'birth') return [['ageYears', ageYears(member)]]
      if (!ageNames.has(name)) return [[name, roughFacts(member)]]
      return [[`${name}Hours`, Array.isArray(member) ? member.map(hours) : hours(member)]]
    }),
  )
}

const hours = (age: Json): Json => (typeof age === 'number' ? Math.round(age / hourMs) : age)

function ageYears(age: Json): Json {
  const ms = Number(Array.isArray(age) ? age[0] : age)
  const years = Math.floor(ms / yearMs)
  return years > oldest ? `over ${oldest}` : years
}

/**
 * Makes the function that de-identifies records: no pseudonyms, no ids, no client, and days since the patient's first
 * call in place of dates.
 *
 * Shape:   one function for each export; patients are numbered in the order of their appearance. Records of operators'
 *          actions are left out. The chain cannot be verified from the result.
 * Privacy: AUD-111, 45 CFR 164.514(b)(2); the ids of calls and cards are dropped too, because they begin with a time.
 */
export function makeDeidentifier(): (record: StoredRecord) => string | undefined {
  const patients = new Map<string, { number: number; firstAt: number }>()
  const patientOf = (client: string, ref: string, at: number) => {
    const key = `${client} ${ref}`
    const known = patients.get(key)
    if (known) return known
    const fresh = { number: patients.size + 1, firstAt: at }
    patients.set(key, fresh)
    return fresh
  }
  return (record) => {
    const body = bodyOf(record)
    if (body === undefined) return undefined
    const at = Date.parse(record.at)
    const year = new Date(at).getUTCFullYear()
    if (record.type === 'feedback')
      return JSON.stringify({ type: 'feedback', year, ...bareFeedback(body as FeedbackBody) })
    if (record.type !== 'invocation') return undefined
    const call = body as InvocationBody
    const { number, firstAt } = patientOf(record.tenant, call.patientRef, at)
    const day = Math.floor((at - firstAt) / dayMs)
    return JSON.stringify({ type: 'invocation', patient: number, year, day, ...bareCall(call) })
  }
}

const bareFeedback = ({ outcome, reason, commented, shape }: FeedbackBody) => ({
  outcome,
  ...(reason && { reason: reason.code.startsWith('unmapped:') ? { ...reason, code: 'unmapped' } : reason }),
  commented,
  shape,
})

const bareCall = (call: InvocationBody) => ({
  hook: call.hook,
  userRole: call.userRole,
  mode: call.mode,
  engine: call.engine,
  pack: call.pack,
  dataSources: call.dataSources,
  facts: roughFacts(call.facts),
  missing: call.missing,
  scopes: call.scopes,
  rules: call.rules,
  cards: call.cards.map(({ kind, version, variant, indicator, rows }) => ({
    kind,
    version,
    variant,
    indicator,
    rows,
  })),
  stage: call.stage,
  sepsisCriteria: call.sepsisCriteria,
  status: call.status,
})
