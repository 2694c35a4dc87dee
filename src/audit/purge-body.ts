import type { PlaceRanges } from './place-ranges.js'

/** The body of a `purge` record: the reason, and the places of the bodies erased with the record. */
export interface PurgeBody {
  /**
   * Records before this moment were erased; absent when one patient of a client was erased, whom the record does not
   * name.
   */
  before?: string
  onePatientOf?: string
  why: string
  by: 'cli'
  records: number
  /** Absent in records from before streams were signed. */
  places?: PlaceRanges
}
