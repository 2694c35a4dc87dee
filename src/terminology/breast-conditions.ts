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
  'low-urine-output',
  'necrotising-infection',
  'pain-out-of-proportion',
  'sunburn-rash',
  'toxic-shock',
])

/** Words that bring a patient with one measured criterion to the level critical (clinical 5.4, group A streptococcus). */
export const gravestSigns: readonly SignName[] = ['necrotising-infection', 'skin-necrosis', 'skin-bullae']

/** Signs of a severe soft-tissue infection, the gravest first (clinical 5.4). */
export const severeSoftTissueSigns: readonly SignName[] = [
  ...gravestSigns,
  'toxic-shock',
  'pain-out-of-proportion',
  'skin-blisters',
  'crepitus',
  'sunburn-rash',
  'rapid-spread',
]
