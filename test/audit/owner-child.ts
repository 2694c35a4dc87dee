import { writeSync } from 'node:fs'
import { ownDatabase } from '../../src/audit/store/owner-lock.js'

/** A process that owns the database file of its argument until it is killed, or says why it cannot. */
const [path = ''] = process.argv.slice(2)
try {
  const owned = ownDatabase(path)
  writeSync(1, 'owner\n')
  setInterval(() => owned.text, 60_000)
} catch (error) {
  writeSync(1, `${String(error)}\n`)
}
