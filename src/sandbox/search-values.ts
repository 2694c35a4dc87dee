import { isObject } from '../gather/fhir-shape.js'
import { daysInMs, type Instant } from '../units/units.js'

/** A code in the form of a token search. */
export interface Token {
  system?: string
  code: string
}

/** A time in the form of a date search; the interval includes both ends. */
export interface SearchInterval {
  from: Instant
  to: Instant
}

type Fields = Record<string, unknown>

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

/** Tokens of a code, CodeableConcept, Coding, Identifier, or a list of them. */
export function tokensOf(value: unknown): readonly Token[] {
  return asList(value).flatMap((each): readonly Token[] => {
    if (typeof each === 'string' || typeof each === 'boolean') return [{ code: String(each) }]
    if (!isObject(each)) return []
    if (Array.isArray(each['coding'])) return tokensOf(each['coding'])
    const code = each['code'] ?? each['value']
    if (typeof code !== 'string') return []
    return [typeof each['system'] === 'string' ? { system: each['system'], code } : { code }]
  })
}

/** The interval of a date text at its precision: "2026-03" is the whole of March. */
export function intervalOf(text: string): SearchInterval | undefined {
  const from = Date.parse(text)
  if (Number.isNaN(from)) return undefined
  if (text.length >= 16) return { from, to: from + (text.length >= 19 ? 999 : 59_999) }
  const start = new Date(from)
  if (text.length === 10) return { from, to: from + daysInMs(1) - 1 }
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()]
  return { from, to: (text.length === 7 ? Date.UTC(year, month + 1) : Date.UTC(year + 1, 0)) - 1 }
}

/** The interval of a dateTime, instant or Period; an open Period runs without end. */
export function intervalOfElement(value: unknown): SearchInterval | undefined {
  if (typeof value === 'string') return intervalOf(value)
  if (!isObject(value)) return undefined
  const { start, end } = value
  const first = typeof start === 'string' ? intervalOf(start) : undefined
  const last = typeof end === 'string' ? intervalOf(end) : undefined
  return first || last ? { from: first?.from ?? -Infinity, to: last?.to ?? Infinity } : undefined
}

/** The elements that each token parameter searches. */
export const tokenElements = new Map<string, readonly string[]>([
  ['code', ['code', 'medicationCodeableConcept']],
  ['category', ['category']],
  ['intent', ['intent']],
  ['status', ['status']],
  ['clinical-status', ['clinicalStatus']],
  ['verification-status', ['verificationStatus']],
  ['class', ['class']],
  ['identifier', ['identifier']],
  ['gender', ['gender']],
  ['_id', ['id']],
])

/** The elements that each date parameter searches; the first one that is present counts. */
export const dateElements = new Map<string, readonly string[]>([
  [
    'date',
    [
      'effectiveDateTime',
      'effectivePeriod',
      'effectiveInstant',
      'performedDateTime',
      'performedPeriod',
      'period',
    ].concat('recordedDate', 'date'),
  ],
  ['effective', ['effectiveDateTime', 'effectivePeriod']],
  ['effective-time', ['effectiveDateTime', 'effectivePeriod']],
  ['recorded-date', ['recordedDate']],
  ['onset-date', ['onsetDateTime', 'onsetPeriod']],
  ['authoredon', ['authoredOn']],
  ['authored', ['authoredOn']],
  ['issued', ['issued']],
  ['birthdate', ['birthDate']],
])

/** The interval of a resource for a date parameter. */
export function searchTimeOf(fields: Fields, parameter: string): SearchInterval | undefined {
  for (const element of dateElements.get(parameter) ?? []) {
    const interval = intervalOfElement(fields[element])
    if (interval) return interval
  }
  return undefined
}
