import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { countPurge, purge } from '../audit/store/purge.js'
import type { PurgeScope } from '../audit/store/purge.js'
import { spoolFilesIn } from '../audit/store/spool.js'
import { dateOf, purposeOf, withAuditStore } from './audit-store.js'
import type { OpenAuditStore } from './audit-store.js'
import { showProgress } from './progress.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit purge (--expired | --before DATE | --patient --client ID) [--yes] [--why privacy]

Erases what records say, for good; hashes and commitments stay, so that the chain still verifies. --expired takes what is
older than the retention of the settings. With --patient, the patient's FHIR id is read from standard input, so that it
stands in no history of commands. Without --yes, only says how many records it would be. Can be stopped and run again.

Example: echo pat-123 | mastitis-cds audit purge --patient --client hospital-a --yes
Exit code 0, or 1 when the store or a key cannot be opened, or records wait in the spool; then nothing was erased.`

const triesOfSpool = 30
const betweenTriesMs = 100

/** Do records wait in the spool? The function first gives a running service a moment to move them into the store. */
async function waitsInSpool(directory: string): Promise<boolean> {
  for (let tries = 0; tries < triesOfSpool; tries += 1) {
    if (!existsSync(directory) || spoolFilesIn(directory).length === 0) return false
    await new Promise((resolve) => setTimeout(resolve, betweenTriesMs))
  }
  return true
}

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  let text = ''
  for await (const chunk of input) text += String(chunk)
  return text.split('\n')[0]?.trim() ?? ''
}

interface Wanted {
  expired?: boolean
  before?: string
  patient?: boolean
  client?: string
}

async function scopeOf(wanted: Wanted, { settings, pseudonyms }: OpenAuditStore): Promise<PurgeScope> {
  if (wanted.expired) return { before: Date.now() - settings.audit.retentionDays * 86_400_000 }
  if (wanted.before !== undefined) return { before: dateOf(wanted.before, '--before') }
  const tenant = wanted.client ?? ''
  const id = await firstLine(process.stdin)
  if (id === '') throw new UsageError("Write the patient's FHIR id to standard input.")
  return { tenant, patientRefs: pseudonyms().all.map((pseudonym) => pseudonym(tenant, 'patient', id)) }
}

/** The command `mastitis-cds audit purge`. */
export function auditPurge(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ expired: { type: 'boolean' }, patient: { type: 'boolean' }, yes: { type: 'boolean' } },
      ...{ before: { type: 'string' }, client: { type: 'string' }, why: { type: 'string' } },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const why = purposeOf(values.why ?? 'privacy')
  if (!values.expired && values.before === undefined && !(values.patient && values.client !== undefined))
    throw new UsageError('Say --expired, --before DATE, or --patient with --client ID.')
  return withAuditStore(async (store) => {
    const { spoolDir } = store.settings.audit
    if (await waitsInSpool(spoolDir)) {
      console.error(
        `Nothing was erased: records wait in the spool ${spoolDir}, where a purge does not reach them. ` +
          'Start the service, or bring its store back, and purge again once the spool is empty.',
      )
      return 1
    }
    const scope = await scopeOf(values, store)
    const count = await countPurge(store.db, scope)
    if (!values.yes) {
      console.log(`${count} records would be erased; say --yes to do it`)
      return 0
    }
    const progress = showProgress('erasing')
    const erased = await purge({ ...store, why }, scope, ({ records }) => progress.at(records, count))
    progress.end()
    console.log(`${erased.records} records and ${erased.cards} cards erased`)
    return 0
  })
}
