import { Router } from 'express'
import type { Request, RequestHandler, Response } from 'express'
import type { Archive } from '../../audit/archive.js'
import { auditEvent } from '../../audit/export/audit-event.js'
import { makeDeidentifier } from '../../audit/export/deidentify.js'
import { lineOf } from '../../audit/export-line.js'
import { explanationOf, findCall } from '../../audit/explain.js'
import { metricTable } from '../../audit/metrics/metric-table.js'
import { readCalls } from '../../audit/metrics/read-calls.js'
import { suppressSmall } from '../../audit/metrics/suppress.js'
import { emptyReport } from '../../audit/replay/replay-tally.js'
import { makeAskSaidEarlier } from '../../audit/replay/said-earlier.js'
import { htmlPage } from '../../audit/report/html-page.js'
import { monthReport } from '../../audit/report/month-report.js'
import { monthRange, readChanges } from '../../audit/report/read-changes.js'
import { readRecords } from '../../audit/store/record-reader.js'
import type { StoredRecord } from '../../audit/record.js'
import { ProtocolError } from '../../errors.js'
import type { Library } from '../../library.js'
import { replayRecord } from '../../replay-record.js'
import { named, only } from '../routes.js'
import { sendJson } from '../send.js'
import { chainStatus } from './chain-status.js'
import { badQuery, dimensionsIn, oneOf, purposeIn, rangeIn, textOf } from './audit-query.js'

/** What the audit API answers from. */
export interface AuditRouteParts {
  archive: Archive
  library: () => Library
  canonicalBase: string
}

type Answer = (req: Request, res: Response) => Promise<void>

/** Most calls that one request replays; the command line has no such limit. */
const mostReplayed = 5_000

/**
 * The questions of an auditor as JSON: explain, metrics, replay, report and export. Purge is for the command line alone.
 *
 * Throws: `ProtocolError` for a query that cannot be used, `RecordUnavailable` when the access cannot be recorded: no
 *         record, no answer.
 */
export function auditRoutes(parts: AuditRouteParts): Router {
  const { archive } = parts
  const router = Router()
  const question = (path: string, what: string, answer: Answer): void => {
    const handler: RequestHandler = async (req, res) => {
      const why = purposeIn(req)
      await archive.note('access', { what, why, by: 'api', range: rangeIn(req) })
      await answer(req, res)
    }
    router.all(path, named(`/api/audit${path.replace(':id', '{id}')}`), only('GET'), handler)
  }
  question('/explain/:id', 'explain one call', explain(parts))
  question('/metrics', 'metrics json', metrics(parts))
  question('/replay', 'replay', replay(parts))
  question('/report', 'report', report(parts))
  question('/chain', 'chain status', async (_req, res) => sendJson(res, 200, await chainStatus(archive.db)))
  question('/export', 'export', exportRecords(parts))
  return router
}

const explain =
  ({ archive: { db } }: AuditRouteParts): Answer =>
  async (req, res) => {
    const record = await findCall(db, String(req.params['id']))
    const explanation = record && explanationOf(record)
    if (!explanation)
      throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'There is no record of this call, or it was purged.')
    sendJson(res, 200, explanation)
  }

const metrics =
  ({ archive: { db } }: AuditRouteParts): Answer =>
  async (req, res) => {
    const calls = await readCalls(
      db,
      rangeIn(req),
      oneOf<'live' | 'silent'>(req, 'mode', ['live', 'silent'], 'live'),
    )
    sendJson(res, 200, { metrics: suppressSmall(metricTable(calls, dimensionsIn(req))) })
  }

const replay =
  ({ archive: { db }, library }: AuditRouteParts): Answer =>
  async (req, res) => {
    const content = library()
    const { version, hash } = content.pack
    const by = { library: content, saidEarlier: makeAskSaidEarlier(db) }
    let replayed = emptyReport({ version, hash })
    for await (const record of readRecords(db, { ...rangeIn(req), types: ['invocation'] })) {
      if (replayed.calls + replayed.notReplayable >= mostReplayed)
        throw badQuery(
          'from',
          `and to hold over ${mostReplayed} calls; take a shorter range, or use the command line`,
        )
      replayed = await replayRecord(replayed, record, by)
    }
    sendJson(res, 200, replayed)
  }

const report =
  ({ archive: { db } }: AuditRouteParts): Answer =>
  async (req, res) => {
    const month = textOf(req, 'month')
    const range = monthRange(month)
    if (!range || month === undefined) throw badQuery('month', 'is a month such as 2026-03')
    const calls = await readCalls(db, { ...rangeIn(req), ...range }, 'live')
    const page = monthReport({ month, calls, changes: await readChanges(db, range) })
    if (oneOf(req, 'format', ['markdown', 'html'], 'markdown') === 'html')
      res.type('html').send(htmlPage(page))
    else res.type('text/markdown').send(page)
  }

const exportRecords =
  ({ archive: { db }, canonicalBase }: AuditRouteParts): Answer =>
  async (req, res) => {
    const format = oneOf(req, 'format', ['ndjson', 'auditevent', 'deidentified'], 'ndjson')
    const range = rangeIn(req)
    const write = lineWriter(format, canonicalBase)
    res.type('application/x-ndjson')
    for await (const record of readRecords(db, range)) {
      const line = write(record)
      if (res.destroyed) return
      if (line !== undefined && !res.write(`${line}\n`)) await drained(res)
    }
    res.end()
  }

function lineWriter(format: string, canonicalBase: string): (record: StoredRecord) => string | undefined {
  if (format === 'ndjson') return lineOf
  if (format === 'deidentified') return makeDeidentifier()
  return (record) => {
    const event = auditEvent(record, canonicalBase)
    return event && JSON.stringify(event)
  }
}

/** Waits until the caller has taken what was written, or has gone away. */
const drained = (res: Response): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      res.removeListener('drain', done)
      res.removeListener('close', done)
      resolve()
    }
    res.once('drain', done)
    res.once('close', done)
  })
