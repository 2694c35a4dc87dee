import type { ConditionSet, MeasureKind, Side, SignName } from '../terminology/concepts.js'
import type { Measure, Unreadable } from '../facts/facts.js'
import type { ReadKey } from '../gather/chart.js'

/** A breast, both, or one whose side is not told, as a card names it. */
export const sideWords: Readonly<Record<Side, string>> = {
  left: 'left breast',
  right: 'right breast',
  both: 'both breasts',
  unspecified: 'breast',
}

/** Words at the beginning of a sentence. */
export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** Words of at most so many characters; longer words end with "…". */
export const cutTo = (longest: number, words: string): string =>
  words.length <= longest ? words : `${words.slice(0, longest - 1).trimEnd()}…`

/** The service's own name of each sign, for reasons and evidence. */
export const signWords: Readonly<Record<SignName, string>> = {
  'breast-pain': 'breast pain',
  erythema: 'breast redness',
  'colour-change': 'colour change of the breast',
  warmth: 'warmth of the breast',
  lump: 'breast lump',
  swelling: 'breast swelling',
  fluctuance: 'fluctuance',
  'peau-d-orange': "peau d'orange",
  'skin-thickening': 'skin thickening',
  'nipple-retraction': 'nipple retraction',
  'axillary-node': 'axillary node',
  'bloody-discharge': 'bloody nipple discharge',
  'nipple-fissure': 'cracked or bleeding nipple',
  enlarged: 'a newly larger breast',
  'phlegmon-text': 'phlegmon',
  'fever-finding': 'fever',
  malaise: 'malaise',
  'altered-mental-state': 'altered mental state',
  'oxygen-need': 'oxygen need',
  'low-urine-output': 'little urine',
  'necrotising-infection': 'necrotizing infection',
  'skin-necrosis': 'skin necrosis',
  'skin-bullae': 'bullae',
  'skin-blisters': 'blisters',
  'pain-out-of-proportion': 'disproportionate pain',
  crepitus: 'crepitus',
  'sunburn-rash': 'sunburn-like rash',
  'rapid-spread': 'rapid spread',
  'toxic-shock': 'toxic shock',
}

/** The service's own name of each diagnosis or history, for reasons and evidence. */
export const conditionWords: Readonly<Record<ConditionSet, string>> = {
  'lactation-condition': 'lactation',
  weaned: 'suppressed lactation',
  delivery: 'delivery',
  'infant-loss': 'loss of an infant',
  'loss-in-pregnancy': 'loss in pregnancy',
  'infant-elsewhere': 'infant not with her',
  'infant-at-risk': 'preterm or ill infant',
  'mastitis-lactational': 'lactational mastitis',
  'mastitis-pregnancy': 'mastitis in pregnancy',
  'mastitis-nos': 'mastitis',
  'mastitis-nonlactational': 'mastitis outside lactation',
  'abscess-lactational': 'lactational breast abscess',
  'abscess-pregnancy': 'breast abscess in pregnancy',
  'abscess-nos': 'breast abscess',
  'abscess-nonlactational': 'breast abscess outside lactation',
  engorgement: 'engorgement',
  'blocked-duct': 'blocked duct',
  phlegmon: 'phlegmon',
  'inflammatory-breast-cancer': 'inflammatory breast cancer',
  'breast-cancer': 'breast cancer',
  sepsis: 'sepsis',
  'septic-shock': 'septic shock',
  hiv: 'HIV',
  htlv: 'HTLV',
  'hepatitis-c': 'hepatitis C',
  'herpes-simplex': 'herpes',
  'herpes-simplex-breast': 'herpes on the breast',
  'shingles-breast': 'shingles on the breast',
  tuberculosis: 'tuberculosis',
  varicella: 'chickenpox',
  brucellosis: 'brucellosis',
  ebola: 'Ebola',
  mpox: 'mpox',
  'substance-opioid': 'opioid use',
  'substance-other': 'drug use',
  'hypertension-puerperium': 'hypertensive disorder',
  cardiac: 'heart disease',
  psychosis: 'severe psychiatric disorder',
  mrsa: 'MRSA',
  prolactinoma: 'prolactinoma',
  'nipple-fissure': 'cracked or bleeding nipple',
  pneumonia: 'pneumonia',
  influenza: 'influenza',
  covid: 'COVID-19',
  'airway-infection': 'airway infection',
  'kidney-infection': 'pyelonephritis',
  'urine-infection': 'urine infection',
  endometritis: 'endometritis',
  chorioamnionitis: 'womb infection',
  'wound-infection': 'wound infection',
  appendicitis: 'appendicitis',
  cholecystitis: 'cholecystitis',
  gastroenteritis: 'gastroenteritis',
  meningitis: 'meningitis',
  endocarditis: 'endocarditis',
  'skin-infection': 'cellulitis',
  'breast-implant': 'breast implants',
  transplant: 'transplant',
  'immune-deficiency': 'immune deficiency',
  diabetes: 'diabetes',
}

interface MeasureWords {
  name: string
  /** The name as a card prints it before a value. */
  short: string
  /** The unit as printed after the number, with its space. */
  unit: string
  /** The unit as a card prints it, where a card prints another one. */
  cardUnit?: string
  /** The usual number of decimals. */
  digits: number
}

const measureWords: Readonly<Record<MeasureKind, MeasureWords>> = {
  temperature: { name: 'temperature', short: 'T', unit: ' °C', digits: 1 },
  'heart-rate': { name: 'heart rate', short: 'HR', unit: ' /min', cardUnit: '', digits: 0 },
  'respiratory-rate': { name: 'respiratory rate', short: 'RR', unit: ' /min', cardUnit: '', digits: 0 },
  systolic: {
    name: 'systolic blood pressure',
    short: 'systolic BP',
    unit: ' mm[Hg]',
    cardUnit: ' mmHg',
    digits: 0,
  },
  diastolic: {
    name: 'diastolic blood pressure',
    short: 'diastolic BP',
    unit: ' mm[Hg]',
    cardUnit: ' mmHg',
    digits: 0,
  },
  'mean-arterial-pressure': {
    name: 'mean arterial pressure',
    short: 'mean BP',
    unit: ' mm[Hg]',
    cardUnit: ' mmHg',
    digits: 0,
  },
  'oxygen-saturation': { name: 'oxygen saturation', short: 'saturation', unit: ' %', digits: 0 },
  'white-cells': {
    name: 'white cells',
    short: 'white cells',
    unit: ' 10*9/L',
    cardUnit: ' × 10⁹/L',
    digits: 1,
  },
  platelets: { name: 'platelets', short: 'platelets', unit: ' 10*9/L', cardUnit: ' × 10⁹/L', digits: 0 },
  'c-reactive-protein': { name: 'C-reactive protein', short: 'C-reactive protein', unit: ' mg/L', digits: 0 },
  lactate: { name: 'lactate', short: 'lactate', unit: ' mmol/L', digits: 1 },
  creatinine: { name: 'creatinine', short: 'creatinine', unit: ' mg/dL', digits: 1 },
  bilirubin: { name: 'bilirubin', short: 'bilirubin', unit: ' mg/dL', digits: 1 },
  inr: { name: 'INR', short: 'coagulation (INR)', unit: '', digits: 1 },
  pain: { name: 'pain score', short: 'pain', unit: ' of 10', digits: 0 },
}

/**
 * A measured number as a clinician writes it, without its unit.
 *
 * Edge: at most two decimals, and enough to show on which side of a limit the number lies: a lactate of 2.04 is not
 *       "2.0".
 */
export const measureNumber = ({ kind, value }: Measure): string => {
  const { digits } = measureWords[kind]
  if (digits === 0 && Number.isInteger(value)) return String(value)
  const rounded = Number(value.toFixed(2))
  const usual = rounded.toFixed(digits)
  return Number(usual) === rounded ? usual : String(rounded)
}

/** The name of a kind of measure: "temperature". */
export const measureName = (kind: MeasureKind): string => measureWords[kind].name

/** The short name of a kind of measure, as a card prints it: "T". */
export const measureShort = (kind: MeasureKind): string => measureWords[kind].short

/** The number of a measure with its unit, as a card prints it: "38.8 °C". */
export const measureValue = (measure: Measure): string => {
  const { unit, cardUnit = unit } = measureWords[measure.kind]
  return `${measureNumber(measure)}${cardUnit}`
}

/** A measure in words: "temperature 38.8 °C". */
export const measureText = (measure: Measure): string => {
  const { name, unit } = measureWords[measure.kind]
  return `${name} ${measureNumber(measure)}${unit}`
}

/** The name of each category of the chart, as in a sentence. */
export const categoryWords: Readonly<Record<ReadKey, string>> = {
  patient: 'the patient record',
  conditions: 'conditions',
  lactationStatus: 'lactation status',
  temperatures: 'temperatures',
  vitalSigns: 'vital signs',
  laboratory: 'laboratory values',
  breastSigns: 'breast signs',
  medicationRequests: 'medicines ordered',
  medicationAdministrations: 'medicines given',
  medicationStatements: 'medicines taken',
  allergies: 'allergies',
  serviceRequests: 'orders',
  procedures: 'procedures',
  reports: 'reports',
  encounters: 'encounters',
}

const subjectWords: ReadonlyMap<string, string> = new Map([
  ...Object.entries(signWords),
  ...Object.entries(conditionWords),
  ...Object.entries(measureWords).map(([kind, { name }]) => [kind, name] as const),
  ['lactation', 'lactation status'],
  ['feeding', 'breastfeeding status'],
  ['medicine', 'a medicine'],
  ['result', 'a result'],
  ['ultrasound', 'a breast ultrasound'],
  ['birth', 'a birth'],
  ['pregnancy', 'pregnancy status'],
  ['condition', 'a condition'],
  ['breast-diagnosis', 'a breast diagnosis'],
  ['breast-sign', 'a breast sign'],
  ['observation', 'an observation'],
  ['procedure', 'a procedure'],
  ['allergy', 'an allergy'],
])

/** The subject of an unreadable value, in the service's own words. */
export const subjectWord = (subject: Unreadable['subject']): string => subjectWords.get(subject) ?? 'a value'

/** The reason of an unreadable value, with its subject once: "a medicine: start is not recorded". */
export function unreadWords({ subject, why }: Pick<Unreadable, 'subject' | 'why'>): string {
  const word = subjectWord(subject)
  return why.includes(word) ? why : `${word}: ${why}`
}

/** The subject that a reason begins with: "peau d'orange recorded as unknown". */
export const subjectNamedIn = (reason: string): string | undefined =>
  [...subjectWords.values()].find((word) => reason.startsWith(word))
