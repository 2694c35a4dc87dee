import type { PlaceRanges } from './place-ranges.js'

/** The body of a `purge` record: why, and exactly which bodies were erased with it. */
export interface PurgeBody {
  /** What is older was erased; or everything of one patient of a client, whom the record does not name. */
  before?: string
  onePatientOf?: string
  why: string
  by: 'cli'
  records: number
  /** Absent in records from before streams were signed. */
  places?: PlaceRanges
}
