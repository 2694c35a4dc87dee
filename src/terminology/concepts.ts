/** The signs of a breast examination or history (clinical 2.2); systemic signs belong to no breast. */
export const signNames = [
  'breast-pain',
  'erythema',
  'colour-change',
  'warmth',
  'lump',
  'swelling',
  'fluctuance',
  'peau-d-orange', // VS-STRONG: peau d'orange
  'skin-thickening', // VS-STRONG: thickened skin, outside imaging reports
  'nipple-retraction',
  'axillary-node',
  'bloody-discharge',
  'nipple-fissure',
  'enlarged', // newly larger or heavier
  'phlegmon-text',
  'fever-finding',
  'malaise',
  'altered-mental-state',
  'oxygen-need',
  'low-urine-output',
  'necrotising-infection',
  'skin-necrosis',
  'skin-bullae',
  'skin-blisters',
  'pain-out-of-proportion',
  'crepitus',
  'sunburn-rash',
  'rapid-spread',
  'toxic-shock',
] as const
export type SignName = (typeof signNames)[number]

/** VS-OTHER-INFECTION: infections that are not of the breast, by their kind (clinical 2.4). */
export const otherInfectionSets = [
  'pneumonia',
  'influenza',
  'covid',
  'airway-infection',
  'kidney-infection',
  'urine-infection',
  'endometritis',
  'chorioamnionitis',
  'wound-infection',
  'appendicitis',
  'cholecystitis',
  'gastroenteritis',
  'meningitis',
  'endocarditis',
  'skin-infection',
] as const

/** Value sets of clinical 2.1 and 2.4 that a Condition can belong to; ids as in `cards/codes/`. */
export const conditionSets = [
  'lactation-condition',
  'weaned',
  'delivery',
  'infant-loss',
  'loss-in-pregnancy',
  'infant-elsewhere',
  'infant-at-risk',
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
  'inflammatory-breast-cancer',
  'breast-cancer',
  'sepsis',
  'septic-shock',
  'hiv',
  'htlv',
  'hepatitis-c',
  'herpes-simplex',
  'herpes-simplex-breast', // herpes with a breast site, or the words
  'shingles-breast', // shingles with a breast site, or the words
  'tuberculosis',
  'varicella',
  'brucellosis',
  'ebola',
  'mpox',
  'substance-opioid',
  'substance-other',
  'hypertension-puerperium',
  'cardiac',
  'psychosis',
  'mrsa',
  'prolactinoma',
  'nipple-fissure',
  ...otherInfectionSets,
  'breast-implant',
  'transplant',
  'immune-deficiency',
  'diabetes',
] as const
export type ConditionSet = (typeof conditionSets)[number]

/** The classes of antibiotics within which an allergy to one counts for the others (clinical changes C28). */
export const antibioticClasses = [
  'penicillin',
  'cephalosporin',
  'sulfonamide',
  'macrolide',
  'lincosamide',
  'quinolone',
  'tetracycline',
  'glycopeptide',
] as const
export type AntibioticClass = (typeof antibioticClasses)[number]

/** Sets of clinical 2.6, and the classes of antibiotics. */
export const medicineSets = [
  ...antibioticClasses,
  'suppressant', // VS-LACTATION-SUPPRESSANT
  'cabergoline',
  'bromocriptine',
  'contraindicated', // VS-DRUG-CONTRAINDICATED
  'opioid-caution', // codeine, tramadol
  'tmp-smx',
  'nsaid',
  'steroid',
  'vitamin-k-antagonist', // warfarin and its kin: they raise INR
  'immunosuppressant', // biologics, cytotoxics, medicines against rejection
  'opioid-agonist-treatment', // methadone, buprenorphine (row F8)
] as const
export type MedicineSet = (typeof medicineSets)[number]

/** The breast of a statement, as written. */
export type Side = 'left' | 'right' | 'both' | 'unspecified'

export type Grade = 'mild' | 'moderate' | 'severe'

/** The kinds of measures, each with its one unit. */
export type MeasureKind =
  | 'temperature' // Cel, rounded to 0.1
  | 'heart-rate' // /min
  | 'respiratory-rate' // /min
  | 'systolic' // mm[Hg]
  | 'diastolic' // mm[Hg]
  | 'mean-arterial-pressure' // mm[Hg]
  | 'oxygen-saturation' // %
  | 'white-cells' // 10*9/L
  | 'platelets' // 10*9/L
  | 'c-reactive-protein' // mg/L
  | 'lactate' // mmol/L
  | 'creatinine' // mg/dL
  | 'bilirubin' // mg/dL
  | 'inr' // ratio
  | 'pain' // 0-10
