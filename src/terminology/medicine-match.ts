import type { MedicineSet } from './concepts.js'

/** The medicine that codes or words name (clinical 2.6). */
export interface MedicineMatch {
  ingredients: readonly string[]
  cover: 'appropriate' | 'other' | 'not-counted' | 'none'
  mrsa: 'active' | 'by-result' | 'inactive'
  sets: readonly MedicineSet[]
  /** The cover with a recorded breast reason; for azithromycin, whose `cover` is otherwise not-counted. */
  coverWithBreastReason?: 'other'
}
