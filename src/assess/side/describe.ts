import type { ConditionSet, SignName } from '../../facts/concepts.js'
import type {
  BiopsyResult,
  CareItem,
  CourseStatement,
  CultureResult,
  ImagingResult,
  Measure,
  Medicine,
  Problem,
  Provenance,
} from '../../facts/facts.js'
import type { Evidence } from '../finding.js'
import type { SignRecord } from './pain-score.js'

const evidence = (what: string, fact: Provenance): Evidence => ({
  what,
  ...(fact.when && { when: fact.when }),
  source: fact.source,
  fromText: fact.fromText,
})

/** The clinic's word for each sign. */
export const signWords: Readonly<Record<SignName, string>> = {
  'breast-pain': 'breast pain',
  erythema: 'redness',
  'colour-change': 'skin colour change',
  warmth: 'warmth',
  lump: 'lump',
  swelling: 'swelling',
  fluctuance: 'fluctuance',
  'peau-d-orange': "peau d'orange",
  'skin-thickening': 'skin thickening',
  'nipple-retraction': 'nipple retraction',
  'axillary-node': 'enlarged axillary node',
  'bloody-discharge': 'bloody nipple discharge',
  'nipple-fissure': 'cracked nipple',
  'phlegmon-text': 'phlegmon',
  'fever-finding': 'fever',
  malaise: 'malaise or chills',
  'altered-mental-state': 'altered mental state',
  'oxygen-need': 'oxygen need',
}

/** "swelling, moderate, 4 cm, 35 % of the breast", or "pain score 6 of 10". */
export function ofSign(sign: SignRecord): Evidence {
  if (sign.score !== undefined) return evidence(`pain score ${sign.score} of 10`, sign)
  const words = [`${signWords[sign.sign]}${sign.state === 'absent' ? ' recorded absent' : ''}`]
  if (sign.grade) words.push(sign.grade)
  if (sign.size) words.push(`${sign.size.value} ${sign.size.unit === 'cm2' ? 'cm²' : 'cm'}`)
  if (sign.share !== undefined) words.push(`${Math.round(sign.share * 100)} % of the breast`)
  if (sign.possible) words.push('recorded as possible')
  return evidence(words.join(', '), sign)
}

export const ofTemperature = (temperature: Measure): Evidence =>
  evidence(`temperature ${temperature.value.toFixed(1)} °C`, temperature)

export const ofPain = (pain: Measure): Evidence => evidence(`pain score ${pain.value} of 10`, pain)

const courseWords = { improved: 'improved', worse: 'worse', 'not-improved': 'not improved' }

export const ofCourse = (statement: CourseStatement): Evidence =>
  evidence(`course recorded as ${courseWords[statement.says]}`, statement)

const diagnosisWords: readonly (readonly [ConditionSet, string])[] = [
  ['abscess-lactational', 'lactational breast abscess'],
  ['abscess-pregnancy', 'breast abscess in pregnancy'],
  ['abscess-nos', 'breast abscess'],
  ['abscess-nonlactational', 'non-lactational breast abscess'],
  ['mastitis-lactational', 'lactational mastitis'],
  ['mastitis-pregnancy', 'mastitis in pregnancy'],
  ['mastitis-nos', 'mastitis'],
  ['mastitis-nonlactational', 'non-lactational mastitis'],
  ['phlegmon', 'phlegmon'],
  ['blocked-duct', 'blocked duct'],
  ['engorgement', 'engorgement'],
  ['breast-cancer', 'breast cancer on record'],
  ['mrsa', 'MRSA on record'],
]

export const ofProblem = (problem: Problem): Evidence =>
  evidence(
    `diagnosis: ${diagnosisWords.find(([set]) => problem.sets.includes(set))?.[1] ?? 'breast condition'}`,
    problem,
  )

const medicineWords = {
  administration: 'antibiotic given',
  statement: 'antibiotic reported',
  request: 'antibiotic ordered',
}

export const ofMedicine = (medicine: Medicine): Evidence =>
  evidence(`${medicineWords[medicine.kind]}: ${nameOf(medicine)}`, medicine)

/** The ingredients in our words, "amoxicillin + clavulanate"; "antibiotic" when only a class is known. */
export const nameOf = (medicine: Pick<Medicine, 'ingredients'>): string =>
  medicine.ingredients.join(' + ') || 'antibiotic'

/** "abscess, 3 cm", "suspicious, BI-RADS 4", "no abscess or collection". */
export function imagingWords(image: ImagingResult): string {
  const words = [image.reading === 'normal' ? 'no abscess or collection' : image.reading]
  if (image.birads !== undefined) words.push(`BI-RADS ${image.birads}`)
  if (image.sizeCm !== undefined) words.push(`${image.sizeCm} cm`)
  return words.join(', ')
}

export const ofImaging = (image: ImagingResult): Evidence =>
  evidence(`${image.modality}: ${imagingWords(image)}`, image)

export const ofBiopsy = (biopsy: BiopsyResult): Evidence =>
  evidence(`${biopsy.tissue} biopsy: ${biopsy.reading}`, biopsy)

export const ofCulture = (culture: CultureResult): Evidence =>
  evidence(`culture ${culture.positive ? 'positive' : 'without growth'}`, culture)

export const ofCare = (item: CareItem): Evidence =>
  evidence(`${item.need.replaceAll('-', ' ')} ${item.kind === 'order' ? 'ordered' : 'done'}`, item)
