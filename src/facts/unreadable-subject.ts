import type { ConditionSet, MeasureKind, SignName } from '../terminology/concepts.js'

/** The subject of a value that is charted and cannot be read. */
export type UnreadableSubject =
  | SignName
  | MeasureKind
  | ConditionSet
  | 'lactation'
  | 'feeding' // the answer to a question on breastfeeding; no rule waits for it
  | 'medicine'
  | 'result'
  | 'ultrasound'
  | 'birth'
  | 'pregnancy'
  | 'condition'
  | 'breast-diagnosis' // its code names the breast by its chapter only
  | 'breast-sign' // its place is the breast, and its code is not known
  | 'observation'
  | 'procedure'
  | 'allergy'
