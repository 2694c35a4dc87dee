import type { MedicineSet } from './concepts.js'

/** What is known of a medicine by its codes or words (clinical 2.6). */
export interface MedicineMatch {
  ingredients: readonly string[]
  cover: 'appropriate' | 'other' | 'not-counted' | 'none'
  mrsa: 'active' | 'by-result' | 'inactive'
  sets: readonly MedicineSet[]
  /** Azithromycin: `cover` says not-counted; with a recorded breast reason this holds instead. */
  coverWithBreastReason?: 'other'
}
