import { Migrator } from 'kysely'
import type { Kysely, Migration } from 'kysely'
import { nameFeedbackPatients } from './feedback-patients.js'
import { eventsOnly } from './schema.js'
import type { AuditDatabase } from './schema.js'
import { refuseNewer, storeIdentity } from './store-identity.js'

/** The column type for milliseconds and sequence numbers, which need 64 bits; both databases know this type name. */
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
  await db.schema // only rare types (checkpoints, changes, access), because an index of every record would make each call slower
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

/** A column and an index for the patient of feedback, so that a call finds earlier cards in few rows. */
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

/** A table for the comments of feedback, so that comments can be stored and erased without the chain. */
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

/**
 * A column for whether an override states a reason; without a reason the override counts for its own user only. Older
 * rows have no known reason.
 */
const fourth: Migration = {
  async up(db: Kysely<AuditDatabase>) {
    const tables = await db.introspection.getTables()
    const columns = tables.find(({ name }) => name === 'feedback')?.columns ?? []
    if (!columns.some(({ name }) => name === 'reasoned'))
      await db.schema.alterTable('feedback').addColumn('reasoned', 'integer').execute()
  },
}

/**
 * A table for the signed head of each stream, and indexes that find rows by the place of their record, for export and
 * verification.
 */
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

/** The schema steps that this version knows, by name. */
export const knownSteps: readonly string[] = Object.keys(steps)

/**
 * Brings the database to the schema of this version; several replicas may do this at once.
 *
 * Edge:   an interrupted step runs again from its beginning, and skips everything that exists.
 * Throws: `ConfigError` when a newer version has used the database; the error of the database when a step failed.
 */
export async function migrate(db: Kysely<AuditDatabase>): Promise<void> {
  await refuseNewer(db, knownSteps)
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...steps }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the audit schema could not be migrated')
}
