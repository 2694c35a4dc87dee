import { parseArgs } from 'node:util'
import { makeAnchor } from '../audit/make-anchor.js'
import { withAuditStore } from './audit-store.js'

const help = `mastitis-cds audit anchor

Signs a checkpoint of everything that is in the store now, and prints it as one short line, an anchor. Keep anchors where
neither this machine nor the database can change them: paper, a mailbox, another host. Whatever the store held at that moment
can then no longer be taken away unnoticed: audit verify --anchor FILE names it. The service logs an anchor every day.

Example: mastitis-cds audit anchor >> anchors.txt
Exit code 0, or 1 when the store cannot be opened or the checkpoint cannot be kept.`

/** The command `mastitis-cds audit anchor`. */
export function auditAnchor(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } } })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  return withAuditStore(async (store) => {
    console.log(await makeAnchor(store, Date.now))
    return 0
  })
}
