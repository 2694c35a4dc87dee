import { numberOf, type Category } from './birads-written.js'
import type { Level } from './report-levels.js'
import type { Finding, Manner, Saying } from './report-sayings.js'

export const reportResults = [
  'abscess',
  'collection',
  'phlegmon',
  'suspicious',
  'normal',
  'indeterminate',
  'unreadable',
] as const
export type ReportResult = (typeof reportResults)[number]

/** What one side of a report comes to. */
export interface SideResult {
  result: ReportResult
  /** The saying that decided; none when a category did, or nothing. */
  saying?: Saying
  /** An affirmed collection that is too small to drain. */
  small: boolean
  /** A doubt stands beside the result. */
  doubt: boolean
  /** A malignancy is affirmed, whatever the result. */
  malignant: boolean
  /** The report names a galactocele, a cyst or a lymph node, and fears nothing. */
  lesion: boolean
  /** It is called benign, or a malignancy is denied, and none is affirmed or doubted. */
  benign: boolean
}

const levels: readonly Level[] = ['addendum', 'conclusion', 'findings']
const upper: Readonly<Record<string, readonly Level[]>> = {
  conclusion: ['addendum'],
  findings: ['addendum', 'conclusion'],
}
const harmlessLesions: readonly Finding[] = ['galactocele', 'cyst', 'node']
const doubts = new Set<Finding>(['abscess', 'collection', 'phlegmon'])

/**
 * The result of one side: the first row of C6 that holds.
 *
 * Shape:   the addendum decides before the conclusion, and the conclusion before the findings, each if it meets a row; an abscess,
 *          collection or phlegmon affirmed below stands unless it is denied, doubted or renamed above.
 * Missing: `unreadable` when no row holds.
 * Source:  clinical changes C6 (1), (3)
 */
export function resultOf(
  sayings: readonly Saying[],
  category: Category | undefined,
  modality: 'ultrasound' | 'mammogram',
): SideResult {
  const unmade = unmadeBy(sayings)
  const rows = levels.map((level) =>
    rowOf(
      sayings.filter((saying) => saying.level === level || standsFrom(saying, level, unmade)),
      category,
      modality,
    ),
  )
  const met = rows.find(({ result }) => result !== 'unreadable')
  const doubt = sayings.some(({ finding, manner }) => manner === 'doubted' && doubts.has(finding))
  const says = (finding: Finding, ...manners: readonly Manner[]): boolean =>
    sayings.some((saying) => saying.finding === finding && manners.includes(saying.manner))
  const feared = says('malignancy', 'affirmed', 'doubted') || says('suspicion', 'affirmed', 'doubted')
  return {
    ...(met ?? { result: 'unreadable', small: false }),
    doubt,
    malignant: says('malignancy', 'affirmed'),
    lesion: !feared && harmlessLesions.some((finding) => says(finding, 'affirmed')),
    benign: !feared && (says('benign', 'affirmed') || says('malignancy', 'denied')),
  }
}

type Row = Pick<SideResult, 'result' | 'saying' | 'small'>

function rowOf(
  sayings: readonly Saying[],
  category: Category | undefined,
  modality: 'ultrasound' | 'mammogram',
): Row {
  const said = (finding: Finding, ...manners: readonly Manner[]): Saying | undefined =>
    sayings.find((saying) => saying.finding === finding && manners.includes(saying.manner))
  const row = (result: ReportResult, saying?: Saying): Row => ({
    result,
    ...(saying && { saying }),
    small: false,
  })
  const abscess = said('abscess', 'affirmed')
  if (abscess) return row('abscess', abscess)
  const collection = said('collection', 'affirmed')
  if (collection) return { ...row('collection', collection), small: isSmall(sayings) }
  const phlegmon = said('phlegmon', 'affirmed')
  if (phlegmon) return row('phlegmon', phlegmon)
  const number = category === undefined ? undefined : numberOf(category)
  const suspicion = said('malignancy', 'affirmed', 'doubted') ?? said('suspicion', 'affirmed', 'doubted')
  if ((number ?? 0) >= 4 || suspicion) return row('suspicious', suspicion)
  const none = said('abscess', 'denied', 'gone') ?? said('collection', 'denied', 'gone')
  if (number === 1 || number === 2) return row('normal')
  if (none && modality === 'ultrasound') return row('normal', none)
  const harmless = said('galactocele', 'affirmed')
  if (harmless) return row('normal', harmless)
  const doubted = sayings.find(({ finding, manner }) => manner === 'doubted' && doubts.has(finding))
  const benign =
    said('benign', 'affirmed') ??
    said('unremarkable', 'affirmed') ??
    said('node', 'affirmed') ??
    said('malignancy', 'denied') ??
    said('suspicion', 'denied') ??
    none
  if (doubted ?? benign) return row('indeterminate', doubted ?? benign)
  return row(number === undefined ? 'unreadable' : 'indeterminate')
}

const isSmall = (sayings: readonly Saying[]): boolean =>
  sayings.some(({ finding, manner, small }) => small && manner === 'affirmed' && finding === 'collection')

/** Findings that a level denies, doubts or renames, as "level finding". */
function unmadeBy(sayings: readonly Saying[]): ReadonlySet<string> {
  return new Set(sayings.flatMap((saying) => unmakes(saying).map((finding) => `${saying.level} ${finding}`)))
}

/** Stands what is affirmed below also at this level? It does unless a level above denies, doubts or renames it. */
function standsFrom({ finding, manner, level }: Saying, at: Level, unmade: ReadonlySet<string>): boolean {
  if (manner !== 'affirmed' || !doubts.has(finding)) return false
  const above = upper[level] ?? []
  return above.includes(at) && !above.some((one) => unmade.has(`${one} ${finding}`))
}

function unmakes({ finding, manner }: Saying): readonly Finding[] {
  const isOther = finding === 'galactocele' || finding === 'other-fluid' || finding === 'cyst'
  if (isOther) return manner === 'affirmed' ? ['collection'] : []
  const isDenial = manner === 'denied' || manner === 'gone' || manner === 'other-thing'
  if (finding === 'collection' && isDenial) return ['abscess', 'collection']
  return isDenial || manner === 'doubted' ? [finding] : []
}
