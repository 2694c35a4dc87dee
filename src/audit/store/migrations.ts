import { Migrator } from 'kysely'
import type { Kysely, Migration } from 'kysely'
import { nameFeedbackPatients } from './feedback-patients.js'
import { eventsOnly } from './schema.js'
import type { AuditDatabase } from './schema.js'
import { refuseNewer, storeIdentity } from './store-identity.js'

/** Milliseconds and sequence numbers need 64 bits; both engines know the word. */
const integer64 = 'bigint'

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('records')
    .ifNotExists()
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('seq', integer64, (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('at_ms', integer64, (column) => column.notNull())
    .addColumn('schema_version', 'integer', (column) => column.notNull())
    .addColumn('prev_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('commitment', 'text', (column) => column.notNull())
    .addColumn('salt', 'text')
    .addColumn('body', 'text')
    .addColumn('patient_ref', 'text')
    .addPrimaryKeyConstraint('records_key', ['stream', 'seq'])
    .execute()
  await db.schema.createIndex('records_by_time').ifNotExists().on('records').columns(['at_ms']).execute()
  await db.schema // rare types only: checkpoints, changes, access; an index of every record would cost each call
    .createIndex('records_of_events')
    .ifNotExists()
    .on('records')
    .columns(['type', 'at_ms'])
    .where(eventsOnly())
    .execute()
}

async function createCards(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('cards')
    .ifNotExists()
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('service_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('indicator', 'text', (column) => column.notNull())
    .addColumn('patient_ref', 'text', (column) => column.notNull())
    .addColumn('user_ref', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('sepsis_criteria', 'text', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('at_ms', integer64, (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('seq', integer64, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('cards_by_patient')
    .ifNotExists()
    .on('cards')
    .columns(['tenant', 'patient_ref', 'at_ms'])
    .execute()
}

async function createFeedback(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feedback')
    .ifNotExists()
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('outcome_at', 'text', (column) => column.notNull())
    .addColumn('received_ms', integer64, (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('seq', integer64, (column) => column.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['tenant', 'card', 'outcome', 'outcome_at'])
    .execute()
}

async function createUsedTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('used_tokens')
    .ifNotExists()
    .addColumn('iss', 'text', (column) => column.notNull())
    .addColumn('jti', 'text', (column) => column.notNull())
    .addColumn('expires_ms', integer64, (column) => column.notNull())
    .addPrimaryKeyConstraint('used_tokens_key', ['iss', 'jti'])
    .execute()
  await db.schema
    .createIndex('used_tokens_by_expiry')
    .ifNotExists()
    .on('used_tokens')
    .columns(['expires_ms'])
    .execute()
}

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await createRecords(db)
    await createCards(db)
    await createFeedback(db)
    await createUsedTokens(db)
  },
}

/** What a call asks about earlier cards is answered by few rows, however often a chart was opened. */
const second: Migration = {
  async up(db: Kysely<AuditDatabase>) {
    const tables = await db.introspection.getTables()
    const columns = tables.find(({ name }) => name === 'feedback')?.columns ?? []
    if (!columns.some(({ name }) => name === 'patient_ref'))
      await db.schema.alterTable('feedback').addColumn('patient_ref', 'text').execute()
    await db.executeQuery(nameFeedbackPatients(db))
    await db.schema
      .createIndex('feedback_by_patient')
      .ifNotExists()
      .on('feedback')
      .columns(['tenant', 'patient_ref', 'received_ms'])
      .execute()
  },
}

/** Comments of feedback have a place of their own, so that they can be kept, or erased, without the chain. */
const third: Migration = {
  async up(db: Kysely<AuditDatabase>) {
    await db.schema
      .createTable('comments')
      .ifNotExists()
      .addColumn('card', 'text', (column) => column.notNull())
      .addColumn('tenant', 'text', (column) => column.notNull())
      .addColumn('received_ms', integer64, (column) => column.notNull())
      .addColumn('stream', 'text', (column) => column.notNull())
      .addColumn('seq', integer64, (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('comments_key', ['stream', 'seq'])
      .execute()
    await db.schema.createIndex('comments_by_card').ifNotExists().on('comments').columns(['card']).execute()
  },
}

/** An override without a reason speaks for its own user only; of older rows no reason is known. */
const fourth: Migration = {
  async up(db: Kysely<AuditDatabase>) {
    const tables = await db.introspection.getTables()
    const columns = tables.find(({ name }) => name === 'feedback')?.columns ?? []
    if (!columns.some(({ name }) => name === 'reasoned'))
      await db.schema.alterTable('feedback').addColumn('reasoned', 'integer').execute()
  },
}

/** Each stream has a signed head; rows are found by the place of their record, to be exported and checked with it. */
const signedHeads: Migration = {
  async up(db: Kysely<AuditDatabase>) {
    await db.schema
      .createTable('heads')
      .ifNotExists()
      .addColumn('stream', 'text', (column) => column.primaryKey())
      .addColumn('seq', integer64, (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .execute()
    for (const table of ['cards', 'feedback'])
      await db.schema
        .createIndex(`${table}_by_place`)
        .ifNotExists()
        .on(table)
        .columns(['stream', 'seq'])
        .execute()
  },
}

const steps: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-feedback-patient': second,
  '0003-comments': third,
  '0004-feedback-reasoned': fourth,
  '0005-signed-heads': signedHeads,
  '0006-store-identity': storeIdentity,
}

/** Steps of the schema that this version knows, by name. */
export const knownSteps: readonly string[] = Object.keys(steps)

/**
 * Brings the database to the schema of this version; several replicas may do so at once.
 *
 * Edge:   a step that was cut off is run again from its beginning; each leaves alone what is there already.
 * Throws: `ConfigError` when a newer version was here; what the database said, when a step failed.
 */
export async function migrate(db: Kysely<AuditDatabase>): Promise<void> {
  await refuseNewer(db, knownSteps)
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...steps }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the audit schema could not be migrated')
}
