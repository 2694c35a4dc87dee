import type { Kysely } from 'kysely'
import type { AuditDatabase } from './schema.js'

/** The stored data of a card that feedback names. */
export interface KnownCard {
  tenant: string
  atMs: number
  patientRef: string
}

/** Finds cards by their uuids, for any tenant. */
export async function knownCards(
  db: Kysely<AuditDatabase>,
  uuids: readonly string[],
): Promise<ReadonlyMap<string, KnownCard>> {
  if (uuids.length === 0) return new Map()
  const rows = await db
    .selectFrom('cards')
    .select(['uuid', 'tenant', 'at_ms', 'patient_ref'])
    .where('uuid', 'in', uuids)
    .execute()
  return new Map(
    rows.map(({ uuid, tenant, at_ms: atMs, patient_ref: patientRef }) => [
      uuid,
      { tenant, atMs, patientRef },
    ]),
  )
}
