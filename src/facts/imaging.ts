import type { CodeableConcept } from 'fhir/r4.js'
import { lengthIn } from './extents.js'
import type { ImagingReading, ImagingResult, Side } from './facts.js'
import { reportOf, sayingsOf } from './report-text.js'
import type { Saying } from './report-text.js'
import { isIn, noteUnreadable, provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import type { Statement } from './statement.js'
import { reportStatuses, statusIn } from './validity.js'

/** Sides that LOINC imaging codes carry in themselves (US Breast, mammogram); the word rule of 2.8 reads displays. */
const codeSides = new Map<string, Side>([
  ['26214-7', 'both'],
  ['26215-4', 'left'],
  ['26216-2', 'right'],
  ['26346-7', 'both'],
  ['26347-5', 'left'],
  ['26348-3', 'right'],
])

/** The side an imaging code names by itself, without bodySite or display. */
export function sideOfImagingCode(code: CodeableConcept | undefined): Side {
  for (const coding of code?.coding ?? []) {
    const side = coding.code === undefined ? undefined : codeSides.get(coding.code)
    if (side) return side
  }
  return 'unspecified'
}

const abscessSets = [
  'result-abscess',
  'abscess-lactational',
  'abscess-pregnancy',
  'abscess-nos',
  'abscess-nonlactational',
]
const suspiciousSets = ['result-suspicious', 'result-malignant', 'birads-4', 'birads-5', 'birads-6']
const biradsSet = /^birads-([0-6])$/

const says = (
  sayings: readonly Saying[],
  sets: readonly string[],
  state: Saying['state'] = 'present',
): boolean => sayings.some((saying) => saying.state === state && sets.includes(saying.set))

/** The first row of clinical 3.7 that holds for what is said of one side. */
export function readingOf(sayings: readonly Saying[], modality: ImagingResult['modality']): ImagingReading {
  const ultrasound = modality === 'ultrasound'
  if (ultrasound && says(sayings, abscessSets)) return 'abscess'
  if (ultrasound && says(sayings, ['phlegmon'])) return 'phlegmon'
  if (says(sayings, suspiciousSets)) return 'suspicious'
  if (ultrasound && says(sayings, ['result-collection'])) return 'collection'
  if (says(sayings, ['birads-1', 'birads-2'])) return 'normal'
  if (!ultrasound) return 'indeterminate'
  const excluded = says(sayings, ['result-collection', ...abscessSets], 'absent')
  return excluded || says(sayings, ['ultrasound-normal']) ? 'normal' : 'indeterminate'
}

/** The highest BI-RADS category said. */
function biradsOf(sayings: readonly Saying[]): number | undefined {
  const found = sayings.flatMap(({ set, state }) => {
    const category = state === 'present' ? biradsSet.exec(set)?.[1] : undefined
    return category === undefined ? [] : [Number(category)]
  })
  return found.reduce<number | undefined>((most, one) => Math.max(most ?? 0, one), undefined)
}

/** The sides a report speaks of: each one it names, or its own side, or one unspecified. */
function sidesOf(sayings: readonly Saying[], own: Side): readonly Side[] {
  const named = new Set(sayings.map(({ side }) => side).filter((side) => side === 'left' || side === 'right'))
  if (named.size === 0) return [own]
  if (own === 'both') return ['left', 'right']
  return [...named]
}

const speaksOf = (side: Side, said: Side): boolean =>
  said === side || said === 'both' || said === 'unspecified'

/**
 * Reads an imaging report, or an Observation that is one, into one result per side.
 *
 * Shape:   ultrasound by all rows of 3.7; mammograms give BI-RADS, "suspicious" and "malignan*" only.
 * Edge:    final, amended, corrected and appended reports only; words of doubt keep a result.
 * Source:  clinical 3.7
 */
export function readImaging(entry: Entry, statement: Statement, reading: Reading): void {
  const { sheet } = reading
  const { source, when, sets, place, code } = statement
  const modality = isIn(sets, 'ultrasound') ? 'ultrasound' : 'mammogram'
  const status = statusIn(reportStatuses, entry.fields['status'])
  if (status === 'unreadable') {
    const subject = modality === 'ultrasound' ? 'ultrasound' : 'result'
    noteUnreadable(sheet, subject, 'report status could not be read', source, when)
  }
  if (status !== 'counts' || place.elsewhere) return
  const own = place.side === 'unspecified' ? sideOfImagingCode(code) : place.side
  const report = reportOf(entry, reading)
  const sayings = sayingsOf(report, own, true, reading)
  const sizeCm = report.prose.map(lengthIn).find((length) => length !== undefined)
  for (const side of sidesOf(sayings, own)) {
    const mine = sayings.filter((saying) => side === own || speaksOf(side, saying.side))
    const decided = readingOf(mine, modality)
    const birads = biradsOf(mine)
    sheet.results.push({
      result: 'imaging',
      modality,
      reading: decided,
      malignantText: says(mine, ['result-malignant']),
      side,
      ...(birads !== undefined && { birads }),
      ...(sizeCm !== undefined && (decided === 'abscess' || decided === 'collection') && { sizeCm }),
      ...provenance(
        source,
        when,
        mine.some(({ fromText }) => fromText),
      ),
    })
  }
}
