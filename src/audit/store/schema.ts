import { sql } from 'kysely'
import type { Generated } from 'kysely'

/** Every record, in the chain of its stream; body and salt can be erased. */
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
  /** The pseudonym of the patient, for a purge on request; erased with the body. */
  patient_ref: string | null
}

/** One row for each returned card, so that feedback finds its card and a later call finds earlier cards. */
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

/** One row for each feedback item that counts; repeats of one item are not stored twice. */
export interface FeedbackTable {
  card: string
  tenant: string
  outcome: string
  outcome_at: string
  received_ms: number
  /** 1: the override has a reason that states a fact. Null in rows of older versions, whose reason is unknown. */
  reasoned?: number | null
  stream: string
  seq: number
}

/** A feedback row in the database, with the patient of its card, so that a later call finds overridden cards. */
export interface StoredFeedbackTable extends FeedbackTable {
  /** Null while the card of the feedback is not in the store, but in the spool of another replica. */
  patient_ref: Generated<string | null>
}

/**
 * One row for each stored comment: sealed, and outside the chain, whose record only commits to the comment (AUD-022).
 */
export interface CommentsTable {
  card: string
  tenant: string
  received_ms: number
  /** The place of the feedback record. */
  stream: string
  seq: number
  /** The compact JWE, which only the private key can open. */
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

/** The ids of used tokens, so that every replica refuses a replay (SEC-008). */
export interface UsedTokensTable {
  iss: string
  jti: string
  expires_ms: number
}

/** One row with the identity of this store; a copy of the database has the same identity. */
export interface StoreTable {
  id: string
}

/** The tables of the audit database, the same for both databases. */
export interface AuditDatabase {
  records: RecordsTable
  cards: CardsTable
  feedback: StoredFeedbackTable
  comments: CommentsTable
  heads: HeadsTable
  used_tokens: UsedTokensTable
  store: StoreTable
}

/** True for records other than calls and feedback; only a query with this exact condition uses their index. */
export const eventsOnly = () => sql<boolean>`type not in ('invocation', 'feedback')`
