import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { exportPieces, isWhole } from '../audit/export/export-pieces.js'
import type { ExportWanted } from '../audit/export/export-pieces.js'
import { headOfLine, isHeadLine } from '../audit/export-line.js'
import type { Place } from '../audit/place-ranges.js'
import { countRecords } from '../audit/store/record-reader.js'
import { countPurges } from '../audit/store/whole-store.js'
import type { OpenAuditStore } from './audit-store.js'
import { fileLines } from './file-lines.js'
import { listenForInterruption } from './interruption.js'
import { showProgress } from './progress.js'

/** The export to write, and its file. */
export interface LineExport extends ExportWanted {
  out: string
}

/** The place at which an interrupted export stopped; kept beside the file until the file is whole. */
interface Stop {
  after: Place
  bytes: number
  what: string
}

const stopFile = (out: string): string => `${out}.progress`

/**
 * Can an interrupted export of this format continue? A de-identified one cannot, because patients are numbered in the
 * order of their records: a purge in between, or a new count, would give the number of one patient to another.
 */
const goesOn = ({ format }: LineExport): boolean => format !== 'deidentified'

/**
 * Names an export, so that the file of another export is written from the beginning; after a purge the export of a
 * whole store has another name.
 */
const whatIs = (wanted: LineExport, purges: number): string => {
  const { format, range } = wanted
  return JSON.stringify({ format, range, ...(isWhole(wanted) && { purges }) })
}

function stopOf(wanted: LineExport, what: string): Stop | undefined {
  const { out } = wanted
  if (!goesOn(wanted) || !existsSync(stopFile(out)) || !existsSync(out)) return undefined
  try {
    const stop = JSON.parse(readFileSync(stopFile(out), 'utf8')) as Stop
    return stop.what === what ? stop : undefined
  } catch {
    return undefined // torn by a crash: the export starts again from the beginning
  }
}

/** The last number of each stream, by the signed heads at the beginning of the file. */
function endsIn(out: string): ReadonlyMap<string, number> {
  const ends = new Map<string, number>()
  for (const line of fileLines(out, () => undefined)) {
    const head = isHeadLine(line) ? headOfLine(line) : undefined
    if (!head) break
    ends.set(head.stream, head.seq)
  }
  return ends
}

/**
 * Writes the lines of an export, in order, and keeps its place after every thousand records.
 *
 * Shape: returns the exit code: 0 when the file is whole, 130 when interrupted, 1 when a purge ran meanwhile. After
 *        such a purge the bodies that are missing from a whole store would look as if somebody had taken them.
 */
export async function exportLines({ db }: Pick<OpenAuditStore, 'db'>, wanted: LineExport): Promise<number> {
  const purges = await countPurges(db)
  const code = await writeLines(db, wanted, whatIs(wanted, purges))
  if (code !== 0 || !isWhole(wanted) || (await countPurges(db)) === purges) return code
  console.error('A purge ran meanwhile, so this export is neither before nor after it. Export again.')
  return 1
}

async function writeLines(db: OpenAuditStore['db'], wanted: LineExport, what: string): Promise<number> {
  const { range, out } = wanted
  const stop = stopOf(wanted, what)
  const handle = openSync(out, stop ? 'r+' : 'w', 0o600)
  const total = await countRecords(db, range)
  const progress = showProgress('exporting')
  const interruption = listenForInterruption()
  let bytes = stop?.bytes ?? 0
  let read = 0
  const remember = (after: Place): void => {
    if (!goesOn(wanted)) return
    fsyncSync(handle)
    writeFileSync(stopFile(out), JSON.stringify({ after, bytes, what } satisfies Stop))
  }
  ftruncateSync(handle, bytes)
  const from = stop && { after: stop.after, ends: endsIn(out) }
  for await (const { lines, at } of exportPieces(db, wanted, from)) {
    if (lines.length > 0) bytes += writeSync(handle, `${lines.join('\n')}\n`, bytes)
    if (!at) continue
    read += 1
    progress.at(read, total)
    if (interruption.asked || read % 1_000 === 0) remember(at)
    if (interruption.asked) break
  }
  fsyncSync(handle)
  closeSync(handle)
  progress.end()
  interruption.done()
  if (interruption.asked) {
    console.error(`interrupted; the same command ${goesOn(wanted) ? 'goes on from here' : 'begins anew'}`)
    return 130
  }
  rmSync(stopFile(out), { force: true })
  return 0
}
