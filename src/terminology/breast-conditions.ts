import type { ConditionSet, SignName } from './concepts.js'

/** Diagnoses of an inflamed breast (clinical 2.4), whatever its stage. */
export const breastConditions: ReadonlySet<string> = new Set<ConditionSet>([
  'mastitis-lactational',
  'mastitis-pregnancy',
  'mastitis-nos',
  'mastitis-nonlactational',
  'abscess-lactational',
  'abscess-pregnancy',
  'abscess-nos',
  'abscess-nonlactational',
  'engorgement',
  'blocked-duct',
  'phlegmon',
])

/** Signs of the whole body, which say nothing of the breast. */
export const systemicSigns: ReadonlySet<string> = new Set<SignName>([
  'fever-finding',
  'malaise',
  'altered-mental-state',
  'oxygen-need',
])
