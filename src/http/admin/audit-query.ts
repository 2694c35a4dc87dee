import type { Request } from 'express'
import { purposes } from '../../audit/archive.js'
import { dimensions } from '../../audit/metrics/metric-table.js'
import type { Dimension } from '../../audit/metrics/metric-table.js'
import type { RecordRange } from '../../audit/store/record-reader.js'
import { ProtocolError } from '../../errors.js'

/** The error for a query parameter that cannot be used. */
export const badQuery = (name: string, rule: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FIELD_INVALID', `The query parameter ${name} ${rule}.`, name)

/** Reads a query parameter as text; `undefined` when the parameter is absent. */
export function textOf(req: Request, name: string): string | undefined {
  const value = req.query[name]
  if (value === undefined || typeof value === 'string') return value
  throw badQuery(name, 'may stand once')
}

/** Reads a query parameter whose value must be in a list; `otherwise` when the parameter is absent. */
export function oneOf<Choice extends string>(
  req: Request,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const text = textOf(req, name)
  if (text === undefined) return otherwise
  const choice = choices.find((known) => known === text)
  if (choice === undefined) throw badQuery(name, `is one of ${choices.join(', ')}`)
  return choice
}

function moment(req: Request, name: string): number | undefined {
  const text = textOf(req, name)
  if (text === undefined) return undefined
  const at = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw badQuery(name, 'is a date such as 2026-03-01')
  return at
}

/** Reads the range between `from` and `to`; the token decides whose records are read. */
export function rangeIn(req: Request): Pick<RecordRange, 'from' | 'to'> {
  const [from, to] = [moment(req, 'from'), moment(req, 'to')]
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** Reads the dimensions by which metrics are grouped. */
export const dimensionsIn = (req: Request): readonly Dimension[] =>
  (textOf(req, 'by') ?? '').split(',').flatMap((name) => {
    if (name === '') return []
    const known = dimensions.find((dimension) => dimension === name)
    if (!known) throw badQuery('by', `takes ${dimensions.join(', ')}`)
    return [known]
  })

/** Reads the purpose of the access, which is part of the record of the access. */
export const purposeIn = (req: Request): string => oneOf(req, 'why', purposes, 'committee')
