import { expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { migrationOf } from '../../src/audit/migration-record.js'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'

test('an older store with 200,000 purged records is migrated like any other', async () => {
  const db = openDatabase('file::memory:')
  await migrate(db)
  await sql`
    with recursive numbers(seq) as (select 1 union all select seq + 1 from numbers where seq < 200000)
    insert into records (stream, seq, type, tenant, at, at_ms, schema_version, prev_hash, hash, commitment)
    select 'a', seq, 'invocation', 'h', '2026-03-03T09:00:00.000Z', 0, 1, '', 'x', '' from numbers`.execute(
    db,
  )

  expect(await migrationOf(db)).toEqual({
    older: [{ stream: 'a', seq: 200_000, hash: 'x' }],
    purged: { a: [[1, 200_000]] },
  })
  await db.destroy()
})
