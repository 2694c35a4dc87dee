import { Router } from 'express'
import type { Request, RequestHandler } from 'express'
import type { AccessBody, Archive } from '../../audit/archive.js'
import { lineFormats } from '../../audit/export/line-writer.js'
import { monthRange } from '../../audit/report/read-changes.js'
import type { RecordRange } from '../../audit/store/record-reader.js'
import type { Question } from '../../auditor/question.js'
import { named, only } from '../routes.js'
import { refusePartOfChain, refuseUnlessMay, tenantFor } from './admin-roles.js'
import { holderOf } from './admin-tokens.js'
import type { Holder } from './admin-tokens.js'
import type { Auditors } from './ask-auditor.js'
import { badQuery, dimensionsIn, oneOf, purposeIn, rangeIn, textOf } from './audit-query.js'

/** The parts that the audit API is built from. */
export interface AuditRouteParts {
  /** The archive that records each access. */
  archive: Pick<Archive, 'note'>
  auditors: Auditors
}

/** One kind of question: its path, its name in the record of the access, and the reading of its query. */
interface Route<Ask extends Question['ask']> {
  path: string
  ask: Ask
  what: string
  type: (question: Extract<Question, { ask: Ask }>) => string
  question: (req: Request, tenant: string | undefined, holder: Holder) => Extract<Question, { ask: Ask }>
}

const json = (): string => 'application/json'

const ofTenant = (tenant: string | undefined) => (tenant === undefined ? {} : { tenant })

const rangeOf = (req: Request, tenant: string | undefined): RecordRange => ({
  ...rangeIn(req),
  ...ofTenant(tenant),
})

const explain: Route<'explain'> = {
  path: '/explain/:id',
  ask: 'explain',
  what: 'explain one call',
  type: json,
  question: (req, tenant) => ({
    ask: 'explain',
    invocationId: String(req.params['id']),
    ...ofTenant(tenant),
  }),
}

const metrics: Route<'metrics'> = {
  path: '/metrics',
  ask: 'metrics',
  what: 'metrics json',
  type: json,
  question: (req, tenant) => ({
    ask: 'metrics',
    range: rangeOf(req, tenant),
    mode: oneOf<'live' | 'silent'>(req, 'mode', ['live', 'silent'], 'live'),
    by: dimensionsIn(req),
  }),
}

const replay: Route<'replay'> = {
  path: '/replay',
  ask: 'replay',
  what: 'replay',
  type: json,
  question: (req, tenant) => ({ ask: 'replay', range: rangeOf(req, tenant) }),
}

const report: Route<'report'> = {
  path: '/report',
  ask: 'report',
  what: 'report',
  type: ({ format }) => (format === 'html' ? 'text/html' : 'text/markdown'),
  question(req, tenant) {
    const month = textOf(req, 'month')
    if (month === undefined || !monthRange(month)) throw badQuery('month', 'is a month such as 2026-03')
    const format = oneOf<'markdown' | 'html'>(req, 'format', ['markdown', 'html'], 'markdown')
    return { ask: 'report', month, format, ...ofTenant(tenant) }
  },
}

const chain: Route<'chain'> = {
  path: '/chain',
  ask: 'chain',
  what: 'chain status',
  type: json,
  question: () => ({ ask: 'chain' }),
}

const exported: Route<'export'> = {
  path: '/export',
  ask: 'export',
  what: 'export',
  type: () => 'application/x-ndjson',
  question(req, tenant, holder) {
    const format = oneOf(req, 'format', lineFormats, 'ndjson')
    if (format === 'ndjson') refusePartOfChain(holder)
    return { ask: 'export', format, range: rangeOf(req, tenant) }
  },
}

/**
 * The questions of an auditor: explain, metrics, replay, report, chain and export. A purge needs the command line.
 *
 * Shape:   a separate process answers each question, one at a time, so that no question runs in the process of the
 *          calls.
 * Throws:  `ProtocolError` for a query that cannot be used or a role that may not ask, `LimitError` while another
 *          question is being answered, `RecordUnavailable` when the access cannot be recorded; then the question is not
 *          answered.
 * Privacy: a token of one client gets responses about that client alone.
 */
export function auditRoutes({ archive, auditors }: AuditRouteParts): Router {
  const router = Router()
  const serve = <Ask extends Question['ask']>({ path, ask, what, type, question }: Route<Ask>): void => {
    const handler: RequestHandler = async (req, res) => {
      const holder = holderOf(res)
      refuseUnlessMay(holder, ask)
      const tenant = tenantFor(req, holder)
      const asked = question(req, tenant, holder)
      const access: AccessBody = { what, why: purposeIn(req), by: 'api', ...holder }
      const place = auditors.enter()
      try {
        await archive.note('access', { ...access, range: rangeOf(req, tenant) })
        res.type(type(asked))
        await place.answer(asked, res)
      } finally {
        place.leave()
      }
    }
    router.all(path, named(`/api/audit${path.replace(':id', '{id}')}`), only('GET'), handler)
  }
  serve(explain)
  serve(metrics)
  serve(replay)
  serve(report)
  serve(chain)
  serve(exported)
  return router
}
