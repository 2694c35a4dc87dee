import fc from 'fast-check'

/** How a date is written down: to the second, as a day, as a month, or not at all. */
export type Written = 'instant' | 'day' | 'month' | 'undated' | 'malformed'

export type PlannedSide = 'left' | 'right' | 'both' | 'breast'

export interface PlannedDiagnosis {
  kind: (typeof diagnosisKinds)[number]
  side: PlannedSide
  hoursAgo: number
  written: Written
  state: 'active' | 'resolved' | 'entered-in-error'
}

export interface PlannedSign {
  kind: (typeof signKinds)[number]
  says: 'present' | 'absent' | 'unknown' | 'not-obtained' | 'unreadable' | 'large' | 'severe' | 'prose'
  side: PlannedSide
  hoursAgo: number
  written: Written
}

export interface PlannedTemperature {
  celsius: number
  unit: 'Cel' | '[degF]' | 'none' | 'K'
  hoursAgo: number
  written: Written
}

export interface PlannedAntibiotic {
  drug: (typeof drugs)[number]
  kind: 'order' | 'statement' | 'dose'
  hoursAgo: number
  written: Written
  status: 'active' | 'completed' | 'stopped' | 'on-hold' | 'cancelled' | 'entered-in-error'
  reason: 'none' | 'breast' | 'urine'
}

export interface PlannedVital {
  kind: 'heart-rate' | 'respiratory-rate' | 'systolic' | 'lactate' | 'white-cells'
  high: boolean
  hoursAgo: number
  unit: 'right' | 'wrong'
}

/**
 * One patient to be charted, as plain data: what is true of her, and how well it was written down.
 *
 * Shape: every date counts back from the moment of the call; `loss`, `milkRow` and `lactation` are the truth that the
 *        properties hold the cards against.
 */
export interface PatientPlan {
  age: number | undefined
  gender: 'female' | 'other' | 'unknown' | undefined
  lactation: { says: 'yes' | 'no' | 'unknown' | 'not-obtained' | 'unreadable'; daysAgo: number } | undefined
  birth: { kind: (typeof birthKinds)[number]; daysAgo: number; written: Written } | undefined
  pregnant: boolean
  milkRow: (typeof milkRowKinds)[number] | undefined
  knownIbc: boolean
  diagnoses: readonly PlannedDiagnosis[]
  signs: readonly PlannedSign[]
  prose: readonly { text: string; hoursAgo: number }[]
  temperatures: readonly PlannedTemperature[]
  vitals: readonly PlannedVital[]
  antibiotics: readonly PlannedAntibiotic[]
  scan: { says: string; hoursAgo: number; side: 'left' | 'right' } | undefined
  care: (typeof careKinds)[number] | undefined
  careHoursAgo: number
}

export const diagnosisKinds = [
  'lactational',
  'puerperal',
  'unspecified',
  'nonlactational',
  'abscess',
  'engorgement',
  'blocked-duct',
] as const
export const signKinds = [
  'pain',
  'redness',
  'lump',
  'peau-d-orange',
  'nipple-retraction',
  'bloody-discharge',
  'swelling',
] as const
export const drugs = ['dicloxacillin', 'cephalexin', 'amoxicillin', 'clindamycin'] as const
export const birthKinds = ['living', 'last-live-birth', 'stillbirth', 'one-of-two-living'] as const
export const milkRowKinds = [
  'HTLV',
  'Ebola',
  'galactosemia',
  'methotrexate',
  'brucellosis',
  'herpes',
  'cocaine',
  'tuberculosis',
  'HIV',
  'preterm',
] as const
export const careKinds = [
  'ultrasound-ordered',
  'ultrasound-revoked',
  'biopsy-ordered',
  'biopsy-benign',
  'referred',
  'drained',
] as const

const prose = [
  'Purple discoloration of the right breast, warm with thickened skin, not fluctuant.',
  'No erythema, warmth, swelling, induration, nipple discharge or peau d’orange.',
  'Redness of the left breast not improved after 3 days of dicloxacillin.',
  'Fever resolved, breast erythema persists.',
  'Left breast fluctuant and tender.',
  'Much improved, no fever.',
  'Rule out breast abscess. Call if the breast becomes fluctuant or you have a fever.',
  'History of mastitis in 2019.',
]
const scans = [
  'Abscess of 3 cm.',
  'No collection.',
  'Complex collection of 2 cm.',
  'BI-RADS 4, suspicious mass.',
  'Phlegmon.',
  'Normal.',
  '',
]

const hours = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 130 }) },
  { weight: 2, arbitrary: fc.constantFrom(12, 24, 36, 47, 48, 71, 72, 73, 167, 168) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5000 }) },
)
const written = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Written>('instant') },
  { weight: 3, arbitrary: fc.constantFrom<Written>('day', 'month', 'undated', 'malformed') },
)
const side = fc.constantFrom<PlannedSide>('left', 'left', 'right', 'both', 'breast')
const sometimes = <Value>(value: fc.Arbitrary<Value>, often: number): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: often })

const diagnosis: fc.Arbitrary<PlannedDiagnosis> = fc.record({
  kind: fc.constantFrom(...diagnosisKinds),
  side,
  hoursAgo: hours,
  written,
  state: fc.oneof(
    { weight: 6, arbitrary: fc.constant('active' as const) },
    { weight: 1, arbitrary: fc.constantFrom('resolved' as const, 'entered-in-error' as const) },
  ),
})
const sign: fc.Arbitrary<PlannedSign> = fc.record({
  kind: fc.constantFrom(...signKinds),
  says: fc.oneof(
    { weight: 5, arbitrary: fc.constant('present' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'absent' as const,
        'unknown' as const,
        'not-obtained' as const,
        'unreadable' as const,
        'large' as const,
        'severe' as const,
        'prose' as const,
      ),
    },
  ),
  side,
  hoursAgo: hours,
  written,
})
const temperature: fc.Arbitrary<PlannedTemperature> = fc.record({
  celsius: fc.constantFrom(36.4, 36.9, 37.9, 38, 38.4, 38.5, 39, 39.6, 40.2, 35.4),
  unit: fc.constantFrom('Cel', 'Cel', '[degF]', 'none', 'K'),
  hoursAgo: hours,
  written,
})
const antibiotic: fc.Arbitrary<PlannedAntibiotic> = fc.record({
  drug: fc.constantFrom(...drugs),
  kind: fc.constantFrom('order', 'order', 'statement', 'dose'),
  hoursAgo: hours,
  written,
  status: fc.oneof(
    { weight: 6, arbitrary: fc.constant('active' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'completed' as const,
        'stopped' as const,
        'on-hold' as const,
        'cancelled' as const,
        'entered-in-error' as const,
      ),
    },
  ),
  reason: fc.constantFrom('none', 'none', 'breast', 'urine'),
})
const vital: fc.Arbitrary<PlannedVital> = fc.record({
  kind: fc.constantFrom('heart-rate', 'respiratory-rate', 'systolic', 'lactate', 'white-cells'),
  high: fc.boolean(),
  hoursAgo: fc.integer({ min: 0, max: 30 }),
  unit: fc.constantFrom('right', 'right', 'right', 'wrong'),
})

/** Patients with something about the breast more often than not, and with every way of being written down badly. */
export const patientPlan: fc.Arbitrary<PatientPlan> = fc.record({
  age: sometimes(fc.integer({ min: 10, max: 62 }), 9),
  gender: sometimes(fc.constantFrom('female', 'female', 'other', 'unknown'), 9),
  lactation: sometimes(
    fc.record({
      says: fc.constantFrom('yes', 'yes', 'yes', 'no', 'unknown', 'not-obtained', 'unreadable'),
      daysAgo: fc.integer({ min: 0, max: 200 }),
    }),
    4,
  ),
  birth: sometimes(
    fc.record({
      kind: fc.constantFrom(...birthKinds),
      daysAgo: fc.integer({ min: 0, max: 220 }),
      written: fc.constantFrom<Written>('instant', 'instant', 'day', 'undated'),
    }),
    2,
  ),
  pregnant: fc.integer({ min: 0, max: 14 }).map((roll) => roll === 0),
  milkRow: fc.option(fc.constantFrom(...milkRowKinds), { nil: undefined, freq: 1 }),
  knownIbc: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
  diagnoses: fc.array(diagnosis, { maxLength: 2 }),
  signs: fc.array(sign, { maxLength: 5 }),
  prose: fc.array(fc.record({ text: fc.constantFrom(...prose), hoursAgo: hours }), { maxLength: 1 }),
  temperatures: fc.array(temperature, { maxLength: 3 }),
  vitals: fc.array(vital, { maxLength: 3 }),
  antibiotics: fc.array(antibiotic, { maxLength: 2 }),
  scan: sometimes(
    fc.record({
      says: fc.constantFrom(...scans),
      hoursAgo: hours,
      side: fc.constantFrom('left', 'right'),
    }),
    1,
  ),
  care: sometimes(fc.constantFrom(...careKinds), 1),
  careHoursAgo: hours,
})
