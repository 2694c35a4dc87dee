import { writeSync } from 'node:fs'
import { RecordUnavailable } from '../../src/errors.js'
import { again, libraryOf, openIn, settingsIn, traceOf } from './rig.js'

/**
 * A process under load, to be killed: 16 calls at once, each answered by one line on standard output once its record is
 * durable. Arguments: the folder of its audit, and the address of its database.
 */
const [folder = '', database = ''] = process.argv.slice(2)
const library = libraryOf()
const trace = await traceOf(library)
const audit = await openIn(folder, library, { settings: settingsIn(folder, database) })
const connections = 16

async function callOverAndOver(): Promise<void> {
  for (;;) {
    const call = again(trace, Date.now())
    try {
      await audit.record(call)
      writeSync(1, `${call.invocationId}\n`)
    } catch (error) {
      if (!(error instanceof RecordUnavailable)) throw error
    }
  }
}

writeSync(1, 'ready\n')
await Promise.all(Array.from({ length: connections }, callOverAndOver))
