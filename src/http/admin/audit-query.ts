import type { Request } from 'express'
import { purposes } from '../../audit/archive.js'
import { dimensions } from '../../audit/metrics/metric-table.js'
import type { Dimension } from '../../audit/metrics/metric-table.js'
import type { RecordRange } from '../../audit/store/record-reader.js'
import { ProtocolError } from '../../errors.js'

/** A parameter of the query that cannot be used. */
export const badQuery = (name: string, rule: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FIELD_INVALID', `The query parameter ${name} ${rule}.`, name)

/** A parameter of the query as text; `undefined` when it is not there. */
export function textOf(req: Request, name: string): string | undefined {
  const value = req.query[name]
  if (value === undefined || typeof value === 'string') return value
  throw badQuery(name, 'may stand once')
}

/** A parameter that must be one of a list; `otherwise` when it is not there. */
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

/** The range that from and to ask for; whose records, the token decides. */
export function rangeIn(req: Request): Pick<RecordRange, 'from' | 'to'> {
  const [from, to] = [moment(req, 'from'), moment(req, 'to')]
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** What metrics are told apart by. */
export const dimensionsIn = (req: Request): readonly Dimension[] =>
  (textOf(req, 'by') ?? '').split(',').flatMap((name) => {
    if (name === '') return []
    const known = dimensions.find((dimension) => dimension === name)
    if (!known) throw badQuery('by', `takes ${dimensions.join(', ')}`)
    return [known]
  })

/** Why somebody asks; part of the record of the access. */
export const purposeIn = (req: Request): string => oneOf(req, 'why', purposes, 'committee')
