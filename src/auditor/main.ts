import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openToRead } from '../audit/store/open-database.js'
import type { Library } from '../service/library.js'
import type { Settings } from '../config/settings.js'
import { answerTo } from './answer.js'
import type { Beginning, Errand } from './question.js'

// The process that answers one question of an auditor, separate from the service and with its own heap. It receives one
// message, says whether records answer the question, writes the answer to standard output and ends. It only reads: all
// its queries are selects, and its database connection refuses every other query.

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
    () => process.exit(1), // nothing of the error leaves this process, because an error may quote a record
  )
})
