import type { CodeableConcept } from 'fhir/r4.js'
import { textNamesBreast } from '../../terminology/words-in-names.js'
import { unitTables } from '../../terminology/units-of-measure.js'
import { noteUnreadable, type ReaderContext } from '../fact-collector.js'
import type { ResourceRef, Span, Unreadable } from '../facts.js'
import type { BodyPlace } from '../fhir/body-site.js'
import { conceptOf, conceptsOf, conceptTexts, conceptWords, isGiven, type Fields } from '../fhir/narrow.js'
import { amountOf, inUnitOf } from '../fhir/quantities.js'
import { hasValue } from './answers.js'

const unknownCode = 'has a code that we do not know'
const withoutWords = `${unknownCode} and no words`

/** Is the concept a code without any word? */
export const isBareCode = (concept: CodeableConcept | undefined): concept is CodeableConcept =>
  concept !== undefined &&
  conceptWords(concept).trim() === '' &&
  (concept.coding ?? []).some(({ code }) => code !== undefined && code !== '')

type Subject = Unreadable['subject']
interface Origin {
  source: ResourceRef
  when: Span | undefined
}

/** Notes one resource of a kind that was not understood; of many of the same kind only the first. */
export function noteBareCode(
  subject: Subject,
  code: CodeableConcept | undefined,
  origin: Origin,
  { collector }: Pick<ReaderContext, 'collector'>,
): void {
  if (isBareCode(code) && !collector.unreadable.some((value) => value.subject === subject))
    noteUnreadable(collector, subject, withoutWords, origin)
}

/**
 * Notes a diagnosis that no set has, when it names the breast or could be anything.
 *
 * Edge:    a code of the breast chapters whose words name the breast was read by its words; a code of another chapter is
 *          none of the breast, and one of a disease that no rule asks about is known.
 * Source:  product decision 19
 */
export function noteUnknownDiagnosis(
  code: CodeableConcept | undefined,
  origin: Origin,
  context: ReaderContext,
): void {
  const { codes, collector } = context
  const chapter = codes.chapterOf(code)
  const texts = conceptTexts(code)
  if (chapter === 'birth') noteUnreadable(collector, 'birth', unknownCode, origin)
  else if (chapter === 'known' || texts.some(textNamesBreast)) return
  else if (chapter === 'open' || texts.some((text) => codes.namesBreastElsewhere(text)))
    noteUnreadable(collector, 'breast-diagnosis', unknownCode, origin)
  else if (!codes.chapterKnown(code)) noteBareCode('condition', code, origin, context)
}

const isVitalSign = (category: unknown): boolean =>
  conceptsOf(category).some(({ coding }) => (coding ?? []).some(({ code }) => code === 'vital-signs'))

/** Could `noteUnknownObservation` note it? A quick check, because most Observations of a chart are none of ours. */
export const mayBeUnknown = ({ fields, category, code }: UnknownObservation): boolean =>
  isBareCode(code) || isVitalSign(category) || isGiven(fields['valueCodeableConcept'])

/** Does the value have a unit of temperature? */
function isTemperature(holder: Fields): boolean {
  const table = unitTables.get('temperature')
  const amount = amountOf(holder)
  return table !== undefined && !('why' in amount) && typeof inUnitOf(table, amount) === 'number'
}

/** The parts of an Observation or component of whose code no set and no word is known. */
export interface UnknownObservation {
  fields: Fields
  /** The Observation that holds the component; the Observation itself otherwise. */
  category: unknown
  code: CodeableConcept | undefined
  place: BodyPlace
}

/**
 * Notes an Observation that was not understood: a vital sign in a unit of temperature, or a value under a code without words.
 *
 * Shape:   the subject is what the value or the place tells: temperature, breastfeeding, a sign of the breast, or any observation.
 * Source:  product decision 19
 */
export function noteUnknownObservation(
  { fields, category, code, place }: UnknownObservation,
  origin: Origin,
  context: ReaderContext,
): void {
  const { codes, collector } = context
  const bare = isBareCode(code)
  if ((bare || isVitalSign(category)) && codes.measureNamed(code) !== 'another' && isTemperature(fields)) {
    noteUnreadable(collector, 'temperature', unknownCode, origin)
    return
  }
  if (!hasValue(fields)) return
  const subject = subjectOf({ fields, category, code, place }, context)
  if (subject !== undefined) noteUnreadable(collector, subject, unknownCode, origin)
  else noteBareCode('observation', code, origin, context)
}

const feedingWords = /breast.?feed|breast.?fed|lactat/i

/** What the value, the place or the words of an unknown code tell: an answer on feeding, or a sign of the breast. */
function subjectOf(
  { fields, code, place }: UnknownObservation,
  { codes }: ReaderContext,
): Subject | undefined {
  const value = conceptOf(fields['valueCodeableConcept'])
  const bare = isBareCode(code)
  const sets = codes.codedSets(value).map(({ set }) => set)
  const isAnswer = sets.some((set) => set === 'present-value' || set === 'absent-value')
  if (!isAnswer && sets.some((set) => set === 'bf-yes' || set === 'bf-no'))
    return bare ? 'lactation' : 'feeding'
  if (bare) return place.breast ? 'breast-sign' : undefined
  const texts = value ? conceptTexts(code) : []
  if (texts.some((text) => feedingWords.test(text))) return 'feeding'
  return texts.some((text) => codes.namesBreastElsewhere(text)) && !texts.some(textNamesBreast)
    ? 'breast-sign'
    : undefined
}
