import type { Request, RequestHandler } from 'express'
import type { Question } from '../../auditor/question.js'
import { ProtocolError } from '../../errors.js'
import type { AdminRole } from '../../config/settings.js'
import { holderOf } from './admin-tokens.js'
import type { Holder } from './admin-tokens.js'
import { textOf } from './audit-query.js'

type Ask = Question['ask'] | 'counters'

const figures = ['metrics', 'report'] as const
const records = ['explain', 'replay', 'export'] as const

/** The questions that each role may ask; only an operator may ask questions that cover all clients at once. */
const mayAsk: Readonly<Record<AdminRole, ReadonlySet<Ask>>> = {
  reader: new Set(figures),
  auditor: new Set([...figures, ...records]),
  operator: new Set([...figures, ...records, 'chain', 'counters']),
}

/** Refuses a question that the role may not ask. Throws `ProtocolError` (403). */
export function refuseUnlessMay({ role }: Holder, ask: Ask): void {
  if (!mayAsk[role].has(ask))
    throw new ProtocolError('AUDIT_FORBIDDEN', `A token of the role ${role} may not ask this.`)
}

/**
 * Refuses a token of one client: the hash chain binds the records of all clients, and no part of the chain can be
 * verified alone. Throws `ProtocolError` (403).
 */
export function refusePartOfChain({ client }: Holder): void {
  if (client !== undefined)
    throw new ProtocolError(
      'AUDIT_FORBIDDEN',
      'The chain binds the records of all clients together, and the part of one cannot be verified. Ask for format=auditevent or format=deidentified.',
      'format',
    )
}

/** Refuses requests of holders whose role may not ask this question. */
export const mayAskOnly =
  (ask: Ask): RequestHandler =>
  (_req, res, next) => {
    refuseUnlessMay(holderOf(res), ask)
    next()
  }

/**
 * The tenant of a question: the client of the token; for an operator the client in the query, or all clients.
 *
 * Throws: `ProtocolError` (403) when a token of one client asks about another client.
 */
export function tenantFor(req: Request, { client }: Holder): string | undefined {
  const asked = textOf(req, 'client')
  if (client === undefined) return asked
  if (asked !== undefined && asked !== client)
    throw new ProtocolError('AUDIT_FORBIDDEN', 'This token may ask about its own client alone.', 'client')
  return client
}
