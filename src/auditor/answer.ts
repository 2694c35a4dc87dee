import type { Kysely } from 'kysely'
import { chainStatus } from '../audit/chain-status.js'
import { explanationOf, findCall } from '../audit/explain.js'
import { exportPieces, isWhole } from '../audit/export/export-pieces.js'
import type { CallRow } from '../audit/metrics/call-rows.js'
import { countCalls } from '../audit/metrics/count-calls.js'
import { readCalls } from '../audit/metrics/read-calls.js'
import { suppressSmall } from '../audit/metrics/suppress.js'
import { emptyReport } from '../audit/replay/replay-tally.js'
import { makeAskEarlier } from '../audit/replay/earlier-in-store.js'
import { htmlPage } from '../audit/report/html-page.js'
import { monthReport } from '../audit/report/month-report.js'
import { monthRange, readChanges } from '../audit/report/read-changes.js'
import { readRecords } from '../audit/store/record-reader.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import type { AuditDatabase } from '../audit/store/schema.js'
import { countPurges } from '../audit/store/whole-store.js'
import { ConfigError } from '../errors.js'
import type { Library } from '../service/library.js'
import type { Question } from './question.js'

/** The parts that questions are answered from. */
export interface AnswerParts {
  db: Kysely<AuditDatabase>
  canonicalBase: string
  /** Loads the content on disk, for a replay only. */
  library: () => Promise<Library>
}

type Answer = AsyncGenerator<string>

/**
 * Yields the answer to a question in pieces, with the same memory for a million calls as for a thousand.
 *
 * Missing: no piece when no record answers the question.
 */
export function answerTo(question: Question, parts: AnswerParts): Answer {
  switch (question.ask) {
    case 'explain':
      return explain(question, parts)
    case 'metrics':
      return metrics(question, parts)
    case 'replay':
      return replay(question, parts)
    case 'report':
      return report(question, parts)
    case 'chain':
      return chain(parts)
    case 'export':
      return exported(question, parts)
  }
}

type Of<Ask extends Question['ask']> = Extract<Question, { ask: Ask }>

async function* explain({ invocationId, tenant }: Of<'explain'>, { db }: AnswerParts): Answer {
  const record = await findCall(db, invocationId, tenant)
  const explanation = record && explanationOf(record)
  if (explanation) yield JSON.stringify(explanation)
}

/** Reads the calls of a range, and counts the records that could not be read. */
function reading({ db }: AnswerParts, range: RecordRange, mode: CallRow['mode']) {
  let unreadable = 0
  const onUnreadable = (): void => {
    unreadable += 1
  }
  return { calls: readCalls(db, range, { mode, onUnreadable }), unreadable: () => unreadable }
}

async function* metrics({ range, mode, by }: Of<'metrics'>, parts: AnswerParts): Answer {
  const { calls, unreadable } = reading(parts, range, mode)
  const lines = suppressSmall(await countCalls(calls, by))
  yield JSON.stringify({ metrics: lines, ...(unreadable() > 0 && { unreadable: unreadable() }) })
}

async function* replay({ range }: Of<'replay'>, { db, library: load }: AnswerParts): Answer {
  const { replayRecord } = await import('../audit/replay/replay-record.js') // only a replay needs the rules
  const library = await load()
  const { version, hash } = library.pack
  const by = { library, earlierInStore: makeAskEarlier(db) }
  let replayed = emptyReport({ version, hash })
  for await (const record of readRecords(db, { ...range, types: ['invocation'] }))
    replayed = await replayRecord(replayed, record, by)
  yield JSON.stringify(replayed)
}

async function* report({ month, format, tenant }: Of<'report'>, parts: AnswerParts): Answer {
  const days = monthRange(month)
  if (!days) throw new ConfigError([{ file: 'month', says: 'is no month', fix: 'write 2026-03' }])
  const range = { ...days, ...(tenant !== undefined && { tenant }) }
  const { calls } = reading(parts, range, 'live')
  const counted = await countCalls(calls, ['card'])
  const page = monthReport({ month, metrics: counted, changes: await readChanges(parts.db, range) })
  yield format === 'html' ? htmlPage(page) : page
}

async function* chain({ db }: AnswerParts): Answer {
  yield JSON.stringify(await chainStatus(db))
}

/**
 * Yields an export. Throws when a purge ran meanwhile, because an export of the whole store would lack bodies without
 * their purge record.
 */
async function* exported({ format, range }: Of<'export'>, { db, canonicalBase }: AnswerParts): Answer {
  const wanted = { format, range, canonicalBase }
  const purges = await countPurges(db)
  for await (const { lines } of exportPieces(db, wanted)) if (lines.length > 0) yield `${lines.join('\n')}\n`
  if (isWhole(wanted) && (await countPurges(db)) !== purges) throw new Error('a purge ran meanwhile')
}
