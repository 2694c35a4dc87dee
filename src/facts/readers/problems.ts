import type { CodeableConcept } from 'fhir/r4.js'
import { gradeOf } from '../statements/answers.js'
import { noteBirths } from '../statements/births.js'
import { placeOf } from '../fhir/body-site.js'
import type { BodyPlace } from '../fhir/body-site.js'
import type { SetMatch } from '../../terminology/code-book.js'
import { conditionSets } from '../../terminology/concepts.js'
import type { ConditionSet, Side } from '../../terminology/concepts.js'
import type { Span } from '../facts.js'
import { finestOf, periodOf, spanIn, timeOf } from '../fhir/instants.js'
import type { TimeReading } from '../fhir/instants.js'
import { conceptOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { notePregnancy } from '../statements/pregnancy.js'
import { matchesSet, noteUnreadable, provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { setsOfDiagnosis } from '../sets-of-concept.js'
import { isSignSet } from '../statements/signs.js'
import { noteUnknownDiagnosis } from '../statements/unknown-codes.js'
import { hasStatus, takenBack } from '../fhir/validity.js'
import type { ZoneClock } from '../fhir/zone-clock.js'

const problemSets: ReadonlySet<string> = new Set(conditionSets)
const isProblemSet = (set: string): set is ConditionSet => problemSets.has(set)

const unconfirmed: ReadonlySet<string> = new Set(['unconfirmed', 'provisional', 'differential'])
const inactiveWords: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved'])
const substanceInRemission = /^F1\d\.?\d1/i

/** Is the Condition active? A status that says nothing known counts as if there were none (clinical changes C2). */
const isActive = (fields: Fields): boolean => !hasStatus(fields['clinicalStatus'], inactiveWords)

const inRemission = (fields: Fields, code: CodeableConcept | undefined): boolean =>
  hasStatus(fields['clinicalStatus'], new Set(['remission'])) ||
  /in remission/i.test(conceptWords(code)) ||
  (code?.coding ?? []).some((coding) => substanceInRemission.test(coding.code ?? ''))

interface Times {
  onset: TimeReading
  recorded: TimeReading
  abated: TimeReading
}

function timesOf(fields: Fields, clock: ZoneClock): Times {
  const from = (name: string): TimeReading =>
    timeOf(fields[`${name}DateTime`], clock) ?? periodOf(fields[`${name}Period`], clock).start
  const recorded = timeOf(fields['recordedDate'], clock)
  const onset = from('onset')
  return { onset: onset && finestOf(onset, () => recorded), abated: from('abatement'), recorded }
}

/** One Condition, in the form that all functions of this file take. */
interface Diagnosis {
  entry: PatientResource
  code: CodeableConcept | undefined
  sets: readonly SetMatch[]
  place: BodyPlace
  active: boolean
  unconfirmed: boolean
  times: Times
  when: Span | undefined
}

/** The sets of the problem; an inflammatory breast cancer belongs to its set only when confirmed. */
const setsOfProblem = ({ sets, unconfirmed: doubt }: Diagnosis): readonly ConditionSet[] =>
  sets.flatMap(({ set }) =>
    isProblemSet(set) && !(doubt && set === 'inflammatory-breast-cancer') ? [set] : [],
  )

/** The side of the body site, else the one that the words name. */
const sideOf = ({ side }: BodyPlace, named: Side | undefined): Side =>
  side === 'unspecified' ? (named ?? side) : side

function noteProblem(diagnosis: Diagnosis, { collector }: ReaderContext): void {
  const { entry, sets, place, active, times, when, code } = diagnosis
  const members = setsOfProblem(diagnosis)
  if (members.length === 0) return
  const fromText = sets.every((match) => match.fromText || !isProblemSet(match.set))
  const onset = spanIn(times.onset)
  const recorded = spanIn(times.recorded)
  const abated = spanIn(times.abated)
  collector.problems.push({
    sets: members,
    active,
    side: sideOf(place, sets.find(({ set }) => isProblemSet(set))?.side),
    remission: inRemission(entry.fields, code),
    ...(matchesSet(sets, 'says-lactation') && { saysLactation: true as const }),
    ...provenance(entry.source, when, fromText),
    ...(onset && { onset }),
    ...(recorded && { recorded }),
    ...(abated && { abated }),
  })
}

/**
 * Notes the signs of a Condition: present from the onset, absent from the abatement. A Condition that is over, without
 * a date of its end, notes no sign.
 */
function noteSigns(diagnosis: Diagnosis, { collector }: ReaderContext): void {
  const { entry, sets, place, active, unconfirmed: possible, times, when } = diagnosis
  const grade = gradeOf(conceptOf(entry.fields['severity']))
  const abated = spanIn(times.abated)
  if (!active && !abated) return
  for (const { set, fromText, side } of sets) {
    if (!isSignSet(set)) continue
    const sign = {
      sign: set,
      side: sideOf(place, side),
      possible,
      focal: set === 'breast-pain' && matchesSet(sets, 'focal-tenderness'),
      spreading: false,
    }
    collector.signs.push({
      state: 'present',
      ...sign,
      ...(grade && { grade }),
      ...provenance(entry.source, when, fromText),
    })
    if (!active)
      collector.signs.push({ state: 'absent', ...sign, ...provenance(entry.source, abated, fromText) })
  }
}

function noteUnreadableSets(diagnosis: Diagnosis, why: string, { collector }: ReaderContext): void {
  const { entry, sets, when } = diagnosis
  for (const { set } of sets) {
    if (isProblemSet(set) || isSignSet(set))
      noteUnreadable(collector, set, why, { source: entry.source, when })
  }
}

/**
 * Reads one Condition into problems, signs, births and pregnancy, by the sets of its code.
 *
 * Edge:    refuted and entered-in-error Conditions are dropped; a Condition without a known clinicalStatus is active; `when`
 *          is the onset, else the recorded date. An unconfirmed inflammatory breast cancer does not count as a known
 *          one.
 * Missing: an unreadable time is noted for each set of the Condition; so is a code that is not understood and names the
 *          breast, or that could be anything.
 * Source:  clinical 2.4, 3.2, 3.3
 */
export function readCondition(entry: PatientResource, context: ReaderContext): void {
  const { fields } = entry
  const { codes, clock } = context
  if (hasStatus(fields['verificationStatus'], takenBack)) return
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, codes)
  const sets = setsOfDiagnosis(code, place, context)
  const times = timesOf(fields, clock)
  const when = spanIn(times.onset) ?? spanIn(times.recorded)
  if (sets.length === 0) {
    if (isActive(fields)) noteUnknownDiagnosis(code, { source: entry.source, when }, context)
    return
  }
  const diagnosis: Diagnosis = {
    entry,
    code,
    sets,
    place,
    active: isActive(fields),
    unconfirmed: hasStatus(fields['verificationStatus'], unconfirmed),
    times,
    when,
  }
  noteBirths(sets, entry.source, diagnosis.when, context)
  if (!diagnosis.when && (times.onset === 'malformed' || times.recorded === 'malformed')) {
    noteUnreadableSets(diagnosis, 'onset could not be read', context)
  }
  noteProblem(diagnosis, context)
  noteSigns(diagnosis, context)
  if (matchesSet(sets, 'no-response') && diagnosis.active) noteNoResponse(diagnosis, context)
  if (diagnosis.active) notePregnancy(sets, entry.source, diagnosis.when, context)
}

function noteNoResponse({ entry, place, when }: Diagnosis, { collector }: ReaderContext): void {
  collector.course.push({ says: 'not-improved', side: place.side, ...provenance(entry.source, when, false) })
}
