import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openToRead } from '../audit/store/open-database.js'
import type { Library } from '../service/library.js'
import type { Settings } from '../config/settings.js'
import { answerTo } from './answer.js'
import type { Beginning, Errand } from './question.js'

// The process that answers one question of an auditor, beside the service and with a heap of its own. It is given one
// message, says whether it found anything, writes its answer to standard output and ends. It only reads: its queries are
// all selects, and the database is opened so that it takes no others.

async function libraryOf({ mode, canonicalBase, siteFile }: Settings): Promise<Library> {
  const { loadLibrary } = await import('../service/load-library.js')
  return loadLibrary({
    cardsDir: fileURLToPath(new URL('../../cards', import.meta.url)),
    mode,
    canonicalBase,
    ...(siteFile !== undefined && { site: siteFile }),
  })
}

async function run({ settings, question }: Errand): Promise<void> {
  const answer = answerTo(question, {
    db: openToRead(settings.audit.database),
    canonicalBase: settings.canonicalBase,
    library: () => libraryOf(settings),
  })
  const first = await answer.next()
  process.send?.((first.done ? 'absent' : 'found') satisfies Beginning)
  for (let piece = first; !piece.done; piece = await answer.next())
    if (!process.stdout.write(piece.value)) await once(process.stdout, 'drain')
}

process.once('disconnect', () => process.exit(1)) // the service has ended
process.once('message', (errand: Errand) => {
  run(errand).then(
    () => process.stdout.write('', () => process.exit(0)),
    () => process.exit(1), // nothing of the error leaves this process: it may quote a record
  )
})
