import { categoriesOf, type Assigned, type Categories } from './birads.js'
import { numberOf } from './birads-written.js'
import type { Document } from './document.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'
import { levelsOf, type Level } from './report-levels.js'
import { named } from './report-names.js'
import { resultOf, type SideResult } from './report-result.js'
import { sayingsOf, type Saying } from './report-sayings.js'
import { sidesOf, type SideOfReport } from './report-sides.js'
import { sizeOf } from './report-size.js'

/**
 * Reads results and BI-RADS categories out of a report of breast imaging, for each side that it tells apart.
 *
 * Missing: a report that no row of C6 fits is `unreadable`.
 * Source:  clinical changes C6
 */
export const readReport: KindReader = ({ text, modality = 'ultrasound' }, words) => {
  const document = readDocument(text, words, { place: 'breast' })
  // Categories are written alike in all languages, and a side before one may look like a label of place ("BI-RADS right: 1. Left: 4.").
  const categories = categoriesOf({ ...document, hits: document.allHits })
  const levels = levelsOf(document, new Set(categories.assigned.map(({ first }) => first)))
  const said = {
    sayings: named(sayingsOf(document, levels), document).filter(
      (saying) => !isExplained(saying, categories),
    ),
    assigned: categories.assigned.filter(({ sentence }) => levels[sentence] !== 'never'),
  }
  const sides = overall(sidesOf(said, document, levels), modality, levels)
  const readings = sides.flatMap((side) => readingsOf(side, modality, { document, levels }))
  return { readings, document }
}

const isExplained = ({ mention }: Saying, { legends }: Categories): boolean =>
  legends.some(({ start, end }) => mention.first >= start && mention.last <= end)

/** A category of the whole examination belongs to the sides that are not normal by themselves, else to both. */
function overall(
  sides: readonly SideOfReport[],
  modality: 'ultrasound' | 'mammogram',
  levels: readonly Level[],
): readonly SideOfReport[] {
  const loose = sides.find(({ side }) => side === undefined)
  if (!loose || sides.length === 1) return sides
  const others = sides.filter((one) => one !== loose)
  const category = categoryOf(loose.assigned, levels)?.category
  const takes = others.filter((one) => {
    if (one.assigned.length > 0) return false
    const { result } = resultOf(one.sayings, undefined, modality)
    return category !== undefined && (numberOf(category) < 3 || result !== 'normal')
  })
  const given = others.map((one) => (takes.includes(one) ? { ...one, assigned: loose.assigned } : one))
  const assigned = takes.length > 0 ? [] : loose.assigned
  return loose.sayings.length + assigned.length > 0 ? [...given, { ...loose, assigned }] : given
}

const levelOrder: readonly Level[] = ['addendum', 'conclusion', 'findings']

/** The category that counts: one called final, else one of the addendum, of the conclusion, of the findings; of several the highest. */
function categoryOf(assigned: readonly Assigned[], levels: readonly Level[]): Assigned | undefined {
  const rank = ({ final, sentence }: Assigned): number =>
    final ? -1 : levelOrder.indexOf(levels[sentence] ?? 'findings')
  return [...assigned].sort(
    (one, other) => rank(one) - rank(other) || numberOf(other.category) - numberOf(one.category),
  )[0]
}

interface Context {
  document: Document
  levels: readonly Level[]
}

function readingsOf(
  { side, sayings, assigned }: SideOfReport,
  modality: 'ultrasound' | 'mammogram',
  { document, levels }: Context,
): readonly Reading[] {
  const counts = categoryOf(assigned, levels)
  const read = resultOf(sayings, counts?.category, modality)
  const result = isHidden(read, document) ? { ...read, result: 'unreadable' as const } : read
  const where = side ? { side } : {}
  const readings: Reading[] = [{ ...resultReading(result, counts, document), ...where }]
  if (counts)
    readings.push({
      term: 'birads',
      state: 'present',
      value: counts.category,
      ...where,
      ...placeOf(counts, document),
    })
  return readings
}

/** A low category alone decides nothing of a text that is not read: an abscess may be BI-RADS 2. */
const isHidden = ({ result, saying }: SideResult, { foreign }: Document): boolean =>
  foreign.length > 0 && !saying && result !== 'suspicious'

function resultReading(
  { result, saying, small, doubt, malignant, lesion, benign }: SideResult,
  category: Assigned | undefined,
  document: Document,
): Reading {
  const extra = {
    ...(small && { small }),
    ...(doubt && { doubt }),
    ...(malignant && { malignant }),
    ...(lesion && { lesion }),
    ...(benign && { benign }),
  }
  if (result === 'unreadable')
    return {
      term: 'result',
      state: 'unreadable',
      value: result,
      why: 'no result could be read in this report',
      ...extra,
    }
  const base = { term: 'result', state: 'present', value: result, ...extra } as const
  if (!saying) return { ...base, ...(category && placeOf(category, document)) }
  const { start, end, rule, why } = saying.mention
  const size = result === 'abscess' || result === 'collection' ? sizeOf(saying.mention, document) : undefined
  return {
    ...base,
    ...(saying.manner === 'doubted' && { possible: true }),
    ...(size !== undefined && { sizeCm: size }),
    start,
    end,
    rule,
    why,
  }
}

function placeOf(
  { first, last }: Assigned,
  { tokens, text }: Document,
): Pick<Reading, 'start' | 'end' | 'rule' | 'why'> {
  const start = tokens[first]?.start ?? 0
  const end = tokens[last - 1]?.end ?? start
  return { start, end, rule: 'birads-category', why: text.slice(start, end) }
}
