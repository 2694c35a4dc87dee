import { sql } from 'kysely'
import type { Generated } from 'kysely'

/** Every record, in the chain of its stream; body and salt are erasable. */
export interface RecordsTable {
  stream: string
  seq: number
  type: string
  tenant: string
  at: string
  at_ms: number
  schema_version: number
  prev_hash: string
  hash: string
  commitment: string
  salt: string | null
  body: string | null
  /** Pseudonym of the patient, for purge on request; erased with the body. */
  patient_ref: string | null
}

/** One row per card given, so that feedback finds its card and a later call finds earlier ones. */
export interface CardsTable {
  uuid: string
  tenant: string
  service_id: string
  kind: string
  indicator: string
  patient_ref: string
  user_ref: string
  stage: string
  sepsis_criteria: string
  shown: number
  at_ms: number
  stream: string
  seq: number
}

/** One row per feedback item that counts; repeats of one item are not stored twice. */
export interface FeedbackTable {
  card: string
  tenant: string
  outcome: string
  outcome_at: string
  received_ms: number
  /** 1: overridden with a reason that states a fact. Missing in rows that older versions stored: none is known. */
  reasoned?: number | null
  stream: string
  seq: number
}

/** A feedback row in the database, with the patient of its card, so that a later call finds what was overridden. */
export interface StoredFeedbackTable extends FeedbackTable {
  /** Missing while its card is not in the store yet: in the spool of another replica. */
  patient_ref: Generated<string | null>
}

/** One row per comment that is kept: sealed, and apart from the chain, whose record only commits to it (AUD-022). */
export interface CommentsTable {
  card: string
  tenant: string
  received_ms: number
  /** Place of its feedback record. */
  stream: string
  seq: number
  /** Compact JWE; nobody without the private key can read it. */
  sealed: string
}

/** The signed head of each stream, written in the transaction of its last records. */
export interface HeadsTable {
  stream: string
  seq: number
  hash: string
  at: string
  key_id: string
  signature: string
}

/** Token ids already used, so that every replica refuses a replay (SEC-008). */
export interface UsedTokensTable {
  iss: string
  jti: string
  expires_ms: number
}

/** One row: which store this is. A copy of the database is the same store. */
export interface StoreTable {
  id: string
}

/** The tables of the audit database, the same for both engines. */
export interface AuditDatabase {
  records: RecordsTable
  cards: CardsTable
  feedback: StoredFeedbackTable
  comments: CommentsTable
  heads: HeadsTable
  used_tokens: UsedTokensTable
  store: StoreTable
}

/** True for records that are no calls; a query has to say it in these words to use their index. */
export const eventsOnly = () => sql<boolean>`type not in ('invocation', 'feedback')`
