import type {
  BiopsyResult,
  CareItem,
  CourseStatement,
  CultureResult,
  ImagingResult,
  Medicine,
  Problem,
} from '../../facts/facts.js'
import { evidenceOf } from '../evidence.js'
import type { Evidence } from '../finding.js'
import { conditionWords, signWords } from '../words.js'
import { breastSets } from './diagnosis-sets.js'
import type { SignRecord } from './pain-score.js'

/** "swelling, moderate, 4 cm, 35 % of the breast", or "pain score 6 of 10". */
export function ofSign(sign: SignRecord): Evidence {
  if (sign.score !== undefined) return evidenceOf(sign, `pain score ${sign.score} of 10`)
  const words = [`${signWords[sign.sign]}${sign.state === 'absent' ? ' recorded absent' : ''}`]
  if (sign.grade) words.push(sign.grade)
  if (sign.size)
    words.push(`${Number(sign.size.value.toFixed(1))} ${sign.size.unit === 'cm2' ? 'cm²' : 'cm'}`)
  if (sign.share !== undefined) words.push(`${Math.round(sign.share * 100)} % of the breast`)
  if (sign.possible) words.push('recorded as possible')
  return evidenceOf(sign, words.join(', '))
}

const courseWords = { improved: 'improved', worse: 'worse', 'not-improved': 'not improved' }

export const ofCourse = (statement: CourseStatement): Evidence =>
  evidenceOf(statement, `course recorded as ${courseWords[statement.says]}`)

/** "diagnosis: lactational mastitis", named by the first of its sets that is a breast diagnosis, else by its first set. */
export const ofProblem = (problem: Problem): Evidence => {
  const set = problem.sets.find((each) => breastSets.includes(each)) ?? problem.sets[0]
  return evidenceOf(problem, set ? `diagnosis: ${conditionWords[set]}` : 'diagnosis')
}

const medicineWords = {
  administration: 'antibiotic given',
  statement: 'antibiotic reported',
  request: 'antibiotic ordered',
}

export const ofMedicine = (medicine: Medicine): Evidence =>
  evidenceOf(medicine, `${medicineWords[medicine.kind]}: ${nameOf(medicine)}`)

/**
 * When each antibiotic was started: "antibiotic started: dicloxacillin", by the first record of each.
 *
 * Edge: later doses and renewals of the same drug are not repeated, so that they do not fill the card.
 */
export function startsOf(medicines: readonly Medicine[]): readonly Evidence[] {
  const first = new Map<string, Medicine>()
  for (const medicine of medicines) {
    const name = nameOf(medicine)
    if (!first.has(name)) first.set(name, medicine)
  }
  return [...first].map(([name, medicine]) => evidenceOf(medicine, `antibiotic started: ${name}`))
}

/** The ingredients in our words, "amoxicillin + clavulanate"; "antibiotic" when only a class is known. */
export const nameOf = (medicine: Pick<Medicine, 'ingredients'>): string =>
  medicine.ingredients.join(' + ') || 'antibiotic'

/** "abscess, 3 cm", "suspicious, BI-RADS 4", "no abscess or collection". */
export function imagingWords(image: ImagingResult): string {
  const words = [image.reading === 'normal' ? 'no abscess or collection' : image.reading]
  if (image.birads !== undefined) words.push(`BI-RADS ${image.birads}`)
  if (image.sizeCm !== undefined) words.push(`${Number(image.sizeCm.toFixed(1))} cm`)
  return words.join(', ')
}

export const ofImaging = (image: ImagingResult): Evidence =>
  evidenceOf(image, `${image.modality}: ${imagingWords(image)}`)

export const ofBiopsy = (biopsy: BiopsyResult): Evidence =>
  evidenceOf(biopsy, `${biopsy.tissue} biopsy: ${biopsy.reading}`)

export const ofCulture = (culture: CultureResult): Evidence =>
  evidenceOf(culture, `culture ${culture.positive ? 'positive' : 'without growth'}`)

export const ofCare = (item: CareItem): Evidence =>
  evidenceOf(item, `${item.need.replaceAll('-', ' ')} ${item.kind === 'order' ? 'ordered' : 'done'}`)
