import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { replayMarkdown } from '../audit/replay/replay-tally.js'
import { makeAskEarlier } from '../audit/replay/earlier-in-store.js'
import { countRecords, readRecords } from '../audit/store/record-reader.js'
import type { Library } from '../service/library.js'
import { loadLibrary } from '../service/load-library.js'
import { replayRecord } from '../audit/replay/replay-record.js'
import type { Settings } from '../config/settings.js'
import { purposeOf, rangeOf, withAuditStore } from './audit-store.js'
import { listenForInterruption } from './interruption.js'
import { showProgress } from './progress.js'
import { forgetState, keepState, replayedSoFar } from './replay-state.js'

const help = `mastitis-cds audit replay [--from DATE] [--to DATE] [--client ID] [--rules DIR] [--format markdown|json]
                          [--state FILE] [--why committee]

Decides recorded calls again from their stored facts, at their stored time. Without --rules, with the content in force:
calls it had decided must come out the same, card by card and hash by hash, or the command exits 1. With --rules DIR
(a folder like cards/), says what other content would have said: counts, and 20 examples of each difference.
Earlier overrides, which may hide a card, are in the record; what an older record lacks is read from the store.
With --state, an interrupted replay of the same range and content goes on where it stopped.

Example: mastitis-cds audit replay --from 2026-03-01 --rules ./cards-next > diff.md
Exit code 0; 1 when a call came out otherwise, the content is malformed or the store cannot be opened; 130 when interrupted.`

function libraryOf({ mode, canonicalBase, siteFile }: Settings, rules: string | undefined): Library {
  const cardsDir = rules ?? fileURLToPath(new URL('../../cards', import.meta.url))
  return loadLibrary({ cardsDir, mode, canonicalBase, ...(siteFile !== undefined && { site: siteFile }) })
}

/**
 * The command `mastitis-cds audit replay`: exit code 1 when a call that this content decided has another outcome now,
 * 130 when interrupted.
 */
export function auditReplay(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        from: { type: 'string' },
        to: { type: 'string' },
        client: { type: 'string' },
        rules: { type: 'string' },
      },
      ...{ format: { type: 'string' }, state: { type: 'string' }, why: { type: 'string' } },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const range = { ...rangeOf(values), types: ['invocation'] as const }
  const why = purposeOf(values.why)
  const { state } = values
  return withAuditStore(async ({ db, note, settings }) => {
    const library = libraryOf(settings, values.rules)
    const { version, hash } = library.pack
    await note('access', { what: 'replay', why, by: 'cli', range, pack: { version, hash } })
    const by = { library, earlierInStore: makeAskEarlier(db) }
    let report = replayedSoFar(state, range, { version, hash })
    const total = await countRecords(db, range)
    const progress = showProgress('replaying')
    const interruption = listenForInterruption()
    for await (const record of readRecords(db, { ...range, ...(report.after && { after: report.after }) })) {
      report = await replayRecord(report, record, by)
      progress.at(report.calls, total)
      if (interruption.asked) break
    }
    progress.end()
    interruption.done()
    if (state !== undefined) {
      if (interruption.asked) keepState(state, { range, report })
      else forgetState(state)
    }
    console.log(values.format === 'json' ? JSON.stringify(report, undefined, 2) : replayMarkdown(report))
    if (interruption.asked) return 130
    return report.samePackDifferent > 0 ? 1 : 0
  })
}
