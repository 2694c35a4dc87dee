import type {
  BiopsyResult,
  CareItem,
  CourseStatement,
  CultureResult,
  ImagingResult,
  Medicine,
  Problem,
} from '../../facts/facts.js'
import { evidenceOf, signEvidence } from '../evidence.js'
import type { Evidence } from '../finding.js'
import { conditionWords } from '../words.js'
import { breastSets } from './diagnosis-sets.js'
import type { SignRecord } from '../pain-score.js'

/** A sign as evidence: "breast swelling, moderate, 4 cm, 35 % of the breast", or "pain score 6 of 10". */
export function ofSign(sign: SignRecord): Evidence {
  if (sign.score !== undefined) {
    const value = `${sign.score} of 10`
    return { ...evidenceOf(sign, `pain score ${value}`), series: { name: 'pain', value } }
  }
  const words = sign.state === 'absent' ? ['recorded absent'] : []
  if (sign.grade) words.push(sign.grade)
  if (sign.size)
    words.push(`${Number(sign.size.value.toFixed(1))} ${sign.size.unit === 'cm2' ? 'cm²' : 'cm'}`)
  if (sign.share !== undefined) words.push(`${Math.round(sign.share * 100)} % of the breast`)
  if (sign.possible) words.push('recorded as possible')
  return signEvidence(sign, words)
}

const courseWords = { improved: 'improved', worse: 'worse', 'not-improved': 'not improved' }

/** A statement on the course as evidence. */
export const ofCourse = (statement: CourseStatement): Evidence =>
  evidenceOf(statement, `course recorded as ${courseWords[statement.says]}`)

/**
 * A diagnosis as evidence: "lactational mastitis", named by its first breast diagnosis set, else by its
 * first set.
 */
export const ofProblem = (problem: Problem): Evidence => {
  const set = problem.sets.find((each) => breastSets.includes(each)) ?? problem.sets[0]
  return evidenceOf(problem, set ? conditionWords[set] : 'diagnosis')
}

const medicineWords = {
  administration: 'given',
  statement: 'reported',
  request: 'ordered',
}

/** A medicine as evidence: "dicloxacillin ordered". */
export const ofMedicine = (medicine: Medicine): Evidence =>
  evidenceOf(medicine, `${nameOf(medicine)} ${medicineWords[medicine.kind]}`)

/**
 * The start of each antibiotic as evidence, by its first record: "dicloxacillin started".
 *
 * Edge: later doses and renewals of the same drug are left out, so that they do not fill the card.
 */
export function startsOf(medicines: readonly Medicine[]): readonly Evidence[] {
  const first = new Map<string, Medicine>()
  for (const medicine of medicines) {
    const name = nameOf(medicine)
    if (!first.has(name)) first.set(name, medicine)
  }
  return [...first].map(([name, medicine]) => evidenceOf(medicine, `${name} started`))
}

/** The ingredients of a medicine, "amoxicillin + clavulanate"; "antibiotic" when only a class is known. */
export const nameOf = (medicine: Pick<Medicine, 'ingredients'>): string =>
  medicine.ingredients.join(' + ') || 'antibiotic'

const readingWords: Partial<Record<ImagingResult['reading'], string>> = {
  normal: 'no abscess or collection',
  unclassified: 'could not be read here',
}

/**
 * An imaging result in words: "abscess, 3 cm", "suspicious, BI-RADS 4", "small collection", "no abscess or collection, the
 * report adds a doubt".
 */
export function imagingWords(image: ImagingResult): string {
  const words = [image.small === true ? 'small collection' : (readingWords[image.reading] ?? image.reading)]
  if (image.doubt === true) words.push('the report adds a doubt')
  if (image.birads !== undefined) words.push(`BI-RADS ${image.birads}`)
  if (image.sizeCm !== undefined) words.push(`${Number(image.sizeCm.toFixed(1))} cm`)
  return words.join(', ')
}

/** An imaging result as evidence. */
export const ofImaging = (image: ImagingResult): Evidence =>
  evidenceOf(image, `${image.modality}: ${imagingWords(image)}`)

/** A biopsy result as evidence. */
export const ofBiopsy = (biopsy: BiopsyResult): Evidence =>
  evidenceOf(biopsy, `${biopsy.tissue} biopsy: ${biopsy.reading}`)

/** A culture as evidence. */
export const ofCulture = (culture: CultureResult): Evidence =>
  evidenceOf(culture, `culture ${culture.positive ? 'positive' : 'without growth'}`)

/** An order or procedure as evidence. */
export const ofCare = (item: CareItem): Evidence =>
  evidenceOf(item, `${item.need.replaceAll('-', ' ')} ${item.kind === 'order' ? 'ordered' : 'done'}`)
