import { writeSync } from 'node:fs'
import { makeFileThread } from '../../src/audit/store/file-thread.js'

/** A process with nothing else to do, which closes the file of its argument while an answer is still due. */
const [path = ''] = process.argv.slice(2)
const thread = makeFileThread({ path, pragmas: ['journal_mode = WAL'] })
await thread.ask('create table notes (text text)')
void thread.ask(
  `with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < 20000)
   insert into notes select hex(randomblob(2000)) from numbers`,
)
await thread.close()
writeSync(1, 'closed\n')
