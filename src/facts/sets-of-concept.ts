import type { CodeableConcept } from 'fhir/r4.js'
import type { ConceptContext, LossTime, SetId, SetMatch } from '../terminology/code-book.js'
import type { Gestation } from '../terminology/gestation.js'
import type { Reading } from '../terminology/text/reading.js'
import type { ReaderContext } from './fact-collector.js'
import { signsOf, type SignReading } from './statements/sign-readings.js'

type Readers = Pick<ReaderContext, 'codes' | 'readText'>

/** The sets whose name differs from the one that the reader of words gives them. */
const setOfWords: ReadonlyMap<string, SetId> = new Map([
  ['ibc', 'inflammatory-breast-cancer'],
  ['loss', 'infant-loss'],
  ['elsewhere', 'infant-elsewhere'],
  ['preterm-infant', 'infant-at-risk'],
  ['hcv', 'hepatitis-c'],
  ['hsv', 'herpes-simplex'],
  ['hsv-breast', 'herpes-simplex-breast'],
  ['shingles', 'shingles-breast'],
  ['tb-active', 'tuberculosis'],
  ['substance', 'substance-other'],
  ['opioid-use', 'substance-opioid'],
  ['some-infants', 'some-infants-lost'],
  ['hypertension', 'hypertension-puerperium'],
])

const setOf = (words: string): SetId => setOfWords.get(words) ?? words

/** The set that a reading of a diagnosis names; a loss told as history has a set of its own. */
export const setOfReading = ({ part, value, history }: Reading): SetId =>
  history ? `${setOf(part ?? String(value))}-history` : setOf(part ?? String(value))

/** What a reading of a loss and the text around it tell of the time of the loss. */
export function lossTimeOf({ value, year }: Reading, gestation: Gestation | undefined): LossTime | undefined {
  if (value !== 'loss' || (year === undefined && !gestation)) return undefined
  return { ...gestation, ...(year !== undefined && { year }) }
}

/**
 * Sets that words tell of whatever the code is: what must not be missed because a code says something else.
 *
 * Source: clinical changes C1
 */
const alwaysInWords: ReadonlySet<SetId> = new Set([
  'inflammatory-breast-cancer',
  'infant-loss',
  'infant-loss-history',
  'loss-in-pregnancy',
  'loss-in-pregnancy-history',
  'some-infants-lost',
  'infant-elsewhere',
  'infant-at-risk',
  'infant-galactosemia',
  'hiv',
  'htlv',
  'hepatitis-c',
  'herpes-simplex',
  'herpes-simplex-breast',
  'shingles-breast',
  'tuberculosis',
  'varicella',
  'brucellosis',
  'ebola',
  'mpox',
  'substance-other',
  'substance-opioid',
  'sepsis',
  'septic-shock',
  'mrsa',
  'hypertension-puerperium',
  'prolactinoma',
  'blocked-duct',
  'phlegmon',
  'abscess-lactational',
  'abscess-pregnancy',
  'abscess-nonlactational',
  'abscess-nos',
  'peau-d-orange',
  'skin-thickening',
])

/** The text of a concept, then the displays that say something else. */
export const textsOf = ({ text, coding }: CodeableConcept): readonly string[] => [
  ...new Set([text, ...(coding ?? []).map(({ display }) => display)].flatMap((words) => words ?? [])),
]

/**
 * The sets of a diagnosis, an event or a finding: by its codes, and by its text and displays.
 *
 * Edge:    a specific code silences the words, except those of `alwaysInWords`; a broad code, or one that no set lists, silences
 *          nothing. A display is left out for a set that the text names, also where the text denies it. A code for mastitis or an
 *          abscess that does not say which goes by what the words say. One twin of two is no loss of the infant. A code of a set
 *          "not-…" silences the words of that set (screening, contact, a past disease).
 * Source:  clinical section 2, clinical changes C1 and C3
 */
export function setsOfDiagnosis(
  concept: CodeableConcept | undefined,
  about: ConceptContext,
  { codes, readText }: Readers,
): readonly SetMatch[] {
  if (!concept) return []
  const coded = codes.codedSets(concept, about)
  const silenced = coded.some(({ specific }) => specific)
  const matches = new Map<SetId, SetMatch>(coded.map(({ set }) => [set, { set, fromText: false }]))
  const breast = about.breast || codes.namesBreast(concept)
  for (const match of wordedSets(textsOf(concept), breast, readText)) {
    if (matches.has(`not-${match.set}`)) continue
    const known = matches.get(match.set)
    if (known) matches.set(match.set, { ...known, ...(match.told && { told: match.told }) })
    else if (!silenced || isHeard(match.set, matches)) matches.set(match.set, match)
  }
  return withoutLess(matches)
}

/** Is the set heard beside a specific code? */
const isHeard = (set: SetId, matches: ReadonlyMap<SetId, SetMatch>): boolean =>
  alwaysInWords.has(set) || (set.startsWith('mastitis-') && matches.has('mastitis-nos'))

/** Sets that the texts assert, signs among them, each from the first text that names it. */
function wordedSets(
  texts: readonly string[],
  breast: boolean,
  readText: Readers['readText'],
): readonly SetMatch[] {
  const named = new Set<SetId>()
  const found: SetMatch[] = []
  for (const text of texts) {
    const said = readText({ kind: 'condition', text, about: breast ? 'breast' : '' })
    const signs = signsIn(text, breast, readText)
    const sets = said.readings.flatMap((reading) => matchesOf(reading, said.gestation))
    found.push(...[...sets, ...signs.present].filter(({ set }) => !named.has(set)))
    for (const set of [...(said.named ?? []).map(setOf), ...signs.named]) named.add(set)
  }
  return found
}

/** The sets of a reading: its own, and of a mastitis or abscess whether its words say lactation. */
function matchesOf(reading: Reading, gestation: Gestation | undefined): readonly SetMatch[] {
  const told = lossTimeOf(reading, gestation)
  const match = { ...matchOf(setOfReading(reading), reading), ...(told && { told }) }
  return reading.lactating ? [match, { set: 'says-lactation', fromText: true }] : [match]
}

const matchOf = (set: SetId, { side }: Reading): SetMatch => ({
  set,
  fromText: true,
  ...(side !== undefined && { side }),
})

/** Signs that the words of a name speak of: asserted, denied or asked for. */
const signReadings = (text: string, breast: boolean, readText: Readers['readText']): readonly SignReading[] =>
  signsOf(readText({ kind: 'exam', text, about: breast ? 'breast' : '' }), false)

/** The signs that the words of a name assert, and all that they name. */
function signsIn(
  text: string,
  breast: boolean,
  readText: Readers['readText'],
): { present: readonly SetMatch[]; named: readonly SetId[] } {
  const signs = signReadings(text, breast, readText)
  return {
    present: signs
      .filter(({ reading }) => reading.state === 'present')
      .map(({ sign, reading }) => matchOf(sign, reading)),
    named: signs.map(({ sign }) => sign),
  }
}

/** Which set says more than another of the same kind, so that the other one goes. */
const saysMore: readonly (readonly [more: SetId, less: SetId])[] = [
  ['mastitis-lactational', 'mastitis-nos'],
  ['mastitis-pregnancy', 'mastitis-nos'],
  ['mastitis-nonlactational', 'mastitis-nos'],
  ['abscess-lactational', 'abscess-nos'],
  ['abscess-pregnancy', 'abscess-nos'],
  ['abscess-nonlactational', 'abscess-nos'],
  ['some-infants-lost', 'infant-loss'],
]

/** Without the sets that another one says more about; a code goes on counting as a code. */
function withoutLess(matches: Map<SetId, SetMatch>): readonly SetMatch[] {
  for (const [more, less] of saysMore) {
    const kept = matches.get(more)
    const gone = matches.get(less)
    if (!kept || !gone) continue
    matches.delete(less)
    if (!gone.fromText) matches.set(more, { ...kept, fromText: false })
  }
  return [...matches.values()]
}

/**
 * The sets of a question: by its codes, else the signs that its words ask for.
 *
 * Edge:   words that ask for a sign say nothing of it; its value does. A sign that the words deny is not asked for.
 * Source: clinical changes C1
 */
export function setsOfQuestion(
  concept: CodeableConcept | undefined,
  about: ConceptContext,
  { codes, readText }: Readers,
): readonly SetMatch[] {
  if (!concept) return []
  const coded = codes.codedSets(concept, about)
  const sets = coded.map(({ set }): SetMatch => ({ set, fromText: false }))
  if (coded.some(({ specific }) => specific)) return sets
  const breast = about.breast || codes.namesBreast(concept)
  const asked = textsOf(concept).flatMap((text) =>
    signReadings(text, breast, readText).flatMap(({ sign, reading }) =>
      reading.state === 'absent' ? [] : [sign],
    ),
  )
  return [...sets, ...[...new Set(asked)].map((set): SetMatch => ({ set, fromText: true }))]
}
