import type {
  BiopsyResult,
  CareItem,
  CourseStatement,
  CultureResult,
  ImagingResult,
  LactationStatement,
  Measure,
  PregnancyFact,
  Sign,
  Unreadable,
} from '../facts/facts.js'
import type { MeasureKind, SignName } from '../terminology/concepts.js'
import type { Instant } from '../units/units.js'
import { dated, instantOf, type Dated, type Tie } from './dating.js'
import type { Moment } from './moment.js'
import { scoreAsSign, type SignRecord } from './pain-score.js'

/** The facts of one call, dated and sorted once; every list is oldest first. */
export interface Timeline extends Moment {
  measures: ReadonlyMap<MeasureKind, readonly Dated<Measure>[]>
  signs: ReadonlyMap<SignName, readonly Dated<SignRecord>[]>
  /** Signs that carry no time. */
  undatedSigns: readonly SignRecord[]
  lactation: readonly Dated<LactationStatement>[]
  pregnancy: readonly Dated<PregnancyFact>[]
  course: readonly Dated<CourseStatement>[]
  imaging: readonly Dated<ImagingResult>[]
  biopsies: readonly Dated<BiopsyResult>[]
  cultures: readonly Dated<CultureResult>[]
  care: readonly Dated<CareItem>[]
  /** The newest unreadable value of each subject; a value without a time counts as of now. */
  unreadable: ReadonlyMap<Unreadable['subject'], { at: Instant; why: string }>
}

/**
 * Dates and sorts the facts of one call.
 *
 * Shape:   a pain score stands among the measures and among the breast pain signs.
 *          A sign whose record states an earlier start stands in the list twice: at its start and at its own time.
 * Edge:    of two facts of the same moment the one that asks for more care is taken as the newer: a sign recorded
 *          present, the higher value, the course that is worse, a yes to breastfeeding or to pregnancy.
 * Missing: facts without a time are left out of every list; signs without a time stand in `undatedSigns`.
 */
export function timelineOf({ facts, parameters, now }: Moment): Timeline {
  const { results } = facts
  const pains = facts.measures.filter(({ kind }) => kind === 'pain')
  const signs = [...signsBesideScores(facts.signs, pains), ...pains.map(scoreAsSign)].flatMap(fromStart)
  return {
    now,
    parameters,
    facts,
    measures: grouped(dated(facts.measures, now, byValue), ({ kind }) => kind),
    signs: grouped(dated(signs, now, byState), ({ sign }) => sign),
    undatedSigns: facts.signs.filter((sign) => !sign.when),
    lactation: dated(facts.lactation, now, yesLast),
    pregnancy: dated(facts.pregnancy, now, pregnantLast),
    course: dated(facts.course, now, byCourse),
    imaging: withoutRepeats(
      dated(
        results.filter((result) => result.result === 'imaging'),
        now,
      ),
    ),
    biopsies: dated(
      results.filter((result) => result.result === 'biopsy'),
      now,
    ),
    cultures: dated(
      results.filter((result) => result.result === 'culture'),
      now,
    ),
    care: dated(facts.care, now),
    unreadable: newestUnreadable(facts.unreadable, now),
  }
}

/** An examination may be on record twice, as a report and as its texts: one that was read stands for one that was not. */
const withoutRepeats = (imaging: readonly Dated<ImagingResult>[]): readonly Dated<ImagingResult>[] =>
  imaging.filter(
    ({ fact, at }) =>
      fact.reading !== 'unclassified' ||
      !imaging.some(
        (other) =>
          other.at === at && other.fact.modality === fact.modality && other.fact.reading !== 'unclassified',
      ),
  )

const byValue: Tie<Measure> = (one, other) => one.value - other.value

const courseOrder = { improved: 0, 'not-improved': 1, worse: 2 }
const byCourse: Tie<CourseStatement> = (one, other) => courseOrder[one.says] - courseOrder[other.says]

const stateOrder = { unknown: 0, absent: 1, present: 2 }
const byState: Tie<SignRecord> = (one, other) => stateOrder[one.state] - stateOrder[other.state]

const yesLast: Tie<LactationStatement> = (one, other) =>
  Number(one.says === 'yes') - Number(other.says === 'yes')
const pregnantLast: Tie<PregnancyFact> = (one, other) => Number(one.pregnant) - Number(other.pregnant)

/** A list under the names that its facts have; the order within each name stays. */
function grouped<F, Name>(
  list: readonly Dated<F>[],
  nameOf: (fact: F) => Name,
): ReadonlyMap<Name, readonly Dated<F>[]> {
  const groups = new Map<Name, Dated<F>[]>()
  for (const entry of list) {
    const name = nameOf(entry.fact)
    const group = groups.get(name)
    if (group) group.push(entry)
    else groups.set(name, [entry])
  }
  return groups
}

/** The signs without the breast pain that was also charted as a score: the score says what it is about. */
function signsBesideScores(signs: readonly Sign[], pains: readonly Measure[]): readonly Sign[] {
  if (pains.length === 0) return signs
  const scored = new Set(pains.map(({ source }) => source))
  return signs.filter((sign) => sign.sign !== 'breast-pain' || sign.focal || !scored.has(sign.source))
}

/** The sign, and before it the start that its record states; size, grade and spread are of the later moment. */
function fromStart(sign: SignRecord): readonly SignRecord[] {
  const { began, when } = sign
  if (!began || !when || sign.state !== 'present' || began.latest >= when.latest) return [sign]
  const { source, fromText, sign: name, state, side, possible, focal } = sign
  return [
    { source, fromText, sign: name, state, side, possible, focal, spreading: false, when: began, began },
    sign,
  ]
}

function newestUnreadable(list: readonly Unreadable[], now: Instant): Timeline['unreadable'] {
  const newest = new Map<Unreadable['subject'], { at: Instant; why: string }>()
  for (const { subject, why, when } of list) {
    const at = instantOf(when, now) ?? now
    if (at >= (newest.get(subject)?.at ?? -Infinity)) newest.set(subject, { at, why })
  }
  return newest
}

const noMeasures: readonly Dated<Measure>[] = []

/** The measures of one kind, oldest first. */
export const measuresOf = (
  { measures }: Pick<Timeline, 'measures'>,
  kind: MeasureKind,
): readonly Dated<Measure>[] => measures.get(kind) ?? noMeasures
