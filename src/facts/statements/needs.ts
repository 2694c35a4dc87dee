import type { CodeableConcept } from 'fhir/r4.js'
import type { Side } from '../../terminology/concepts.js'
import type { ReaderContext } from '../fact-collector.js'
import type { CareNeed } from '../care-need.js'
import type { BodyPlace } from '../fhir/body-site.js'

const codedNeeds: ReadonlySet<string> = new Set<CareNeed>([
  'ultrasound',
  'mammogram',
  'skin-biopsy',
  'breast-biopsy',
  'breast-surgery',
  'referral',
  'drainage',
  'incision',
  'culture',
])
const isNeed = (value: unknown): value is CareNeed => typeof value === 'string' && codedNeeds.has(value)

/** Needs that words tell of whatever the code says (clinical changes C1). */
const alwaysInWords: ReadonlySet<CareNeed> = new Set(['drainage', 'incision'])

/** The side that a LOINC imaging code names by itself (US Breast, mammogram); words are read for the others. */
const codeSides = new Map<string, Side>([
  ['26214-7', 'both'],
  ['26215-4', 'left'],
  ['26216-2', 'right'],
  ['26346-7', 'both'],
  ['26347-5', 'left'],
  ['26348-3', 'right'],
])

function sideOfCode({ coding }: CodeableConcept): Side {
  for (const { code } of coding ?? []) {
    const side = code === undefined ? undefined : codeSides.get(code)
    if (side) return side
  }
  return 'unspecified'
}

/** A need that a code or its words name, and the side that goes with it. */
export interface Need {
  need: CareNeed
  side: Side
  /** Only words say so. */
  fromText: boolean
}

/**
 * The needs of clinical 2.5 that a concept names: by its codes, and by its text and displays.
 *
 * Edge:   a specific code silences the words, except those of drainage; a code that no set lists silences nothing. An
 *         incision and drainage is an incision, not an aspiration. At a place elsewhere on the body nothing is needed.
 * Source: clinical 2.5, clinical changes C1 and C5
 */
export function needsNamed(
  code: CodeableConcept | undefined,
  place: BodyPlace,
  { codes, readText }: Pick<ReaderContext, 'codes' | 'readText'>,
): readonly Need[] {
  if (!code || place.elsewhere) return []
  const sets = codes.codedSets(code, place)
  const side = place.side === 'unspecified' ? sideOfCode(code) : place.side
  const found = new Map<CareNeed, Need>()
  for (const { set } of sets) if (isNeed(set)) found.set(set, { need: set, side, fromText: false })
  const about = place.breast ? 'breast' : ''
  for (const text of wordsOf(code)) {
    for (const { term, value, side: said } of readText({ kind: 'order', text, about }).readings) {
      if (term !== 'need' || !isNeed(value) || found.has(value)) continue
      if (sets.length > 0 && !alwaysInWords.has(value)) continue
      found.set(value, { need: value, side: said ?? side, fromText: true })
    }
  }
  if (found.has('incision')) found.delete('drainage')
  return [...found.values()]
}

/** The text of a concept, then its displays, each once. */
const wordsOf = ({ text, coding }: CodeableConcept): ReadonlySet<string> =>
  new Set([text, ...(coding ?? []).map(({ display }) => display)].flatMap((words) => words ?? []))
