import type { CodeableConcept } from 'fhir/r4.js'
import { gradeOf } from './answers.js'
import { noteBirths } from './births.js'
import { placeOf } from './body-site.js'
import type { Place } from './body-site.js'
import type { SetMatch } from './code-book.js'
import { conditionSets } from './concepts.js'
import type { ConditionSet } from './concepts.js'
import type { Span } from './facts.js'
import { periodOf, spanIn, timeOf } from './instants.js'
import type { TimeReading } from './instants.js'
import { conceptOf, isGiven, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { notePregnancy } from './pregnancy.js'
import { isIn, noteUnreadable, provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import { isSignSet } from './signs.js'
import { statusCode } from './validity.js'
import type { ZoneClock } from './zone-clock.js'

const problemSets: ReadonlySet<string> = new Set(conditionSets)
const isProblemSet = (set: string): set is ConditionSet => problemSets.has(set)

const refuted: ReadonlySet<string> = new Set(['entered-in-error', 'refuted'])
const unconfirmed: ReadonlySet<string> = new Set(['unconfirmed', 'provisional', 'differential'])
const activeCodes: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse'])
const inactiveCodes: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved'])
const substanceInRemission = /^F1\d\.?\d1/i

/** What the clinical status says; `unreadable` when one is there that is none of FHIR's codes. */
function activity(fields: Fields): 'active' | 'inactive' | 'unreadable' {
  if (!isGiven(fields['clinicalStatus'])) return 'active'
  const code = statusCode(fields['clinicalStatus']) ?? ''
  if (activeCodes.has(code)) return 'active'
  return inactiveCodes.has(code) ? 'inactive' : 'unreadable'
}

const inRemission = (fields: Fields, code: CodeableConcept | undefined): boolean =>
  statusCode(fields['clinicalStatus']) === 'remission' ||
  /in remission/i.test(wordsOf(code)) ||
  (code?.coding ?? []).some((coding) => substanceInRemission.test(coding.code ?? ''))

interface Times {
  onset: TimeReading
  recorded: TimeReading
  abated: TimeReading
}

function timesOf(fields: Fields, clock: ZoneClock): Times {
  const from = (name: string): TimeReading =>
    timeOf(fields[`${name}DateTime`], clock) ?? periodOf(fields[`${name}Period`], clock).start
  return { onset: from('onset'), abated: from('abatement'), recorded: timeOf(fields['recordedDate'], clock) }
}

/** One Condition as every reader of it sees it. */
interface Diagnosis {
  entry: Entry
  code: CodeableConcept | undefined
  sets: readonly SetMatch[]
  place: Place
  active: boolean
  unconfirmed: boolean
  times: Times
  when: Span | undefined
}

/** Sets of the problem; inflammatory breast cancer counts as known only when it is confirmed. */
const setsOfProblem = ({ sets, unconfirmed: doubt }: Diagnosis): readonly ConditionSet[] =>
  sets.flatMap(({ set }) =>
    isProblemSet(set) && !(doubt && set === 'inflammatory-breast-cancer') ? [set] : [],
  )

function noteProblem(diagnosis: Diagnosis, { sheet }: Reading): void {
  const { entry, sets, place, active, times, when, code } = diagnosis
  const members = setsOfProblem(diagnosis)
  if (members.length === 0) return
  const fromText = sets.every((match) => match.fromText || !isProblemSet(match.set))
  const onset = spanIn(times.onset)
  const recorded = spanIn(times.recorded)
  const abated = spanIn(times.abated)
  sheet.problems.push({
    sets: members,
    active,
    side: place.side,
    remission: inRemission(entry.fields, code),
    ...provenance(entry.source, when, fromText),
    ...(onset && { onset }),
    ...(recorded && { recorded }),
    ...(abated && { abated }),
  })
}

/** A Condition that is a sign: present from its onset, absent from its abatement; gone without a date, it says nothing. */
function noteSigns(diagnosis: Diagnosis, { sheet }: Reading): void {
  const { entry, sets, place, active, unconfirmed: possible, times, when } = diagnosis
  const grade = gradeOf(conceptOf(entry.fields['severity']))
  const abated = spanIn(times.abated)
  if (!active && !abated) return
  for (const { set, fromText } of sets) {
    if (!isSignSet(set)) continue
    const sign = {
      sign: set,
      side: place.side,
      possible,
      focal: set === 'breast-pain' && isIn(sets, 'focal-tenderness'),
      spreading: false,
    }
    sheet.signs.push({
      state: 'present',
      ...sign,
      ...(grade && { grade }),
      ...provenance(entry.source, when, fromText),
    })
    if (!active) sheet.signs.push({ state: 'absent', ...sign, ...provenance(entry.source, abated, fromText) })
  }
}

function noteUnreadableSets(diagnosis: Diagnosis, why: string, { sheet }: Reading): void {
  const { entry, sets, when } = diagnosis
  for (const { set } of sets) {
    if (isProblemSet(set) || isSignSet(set)) noteUnreadable(sheet, set, why, entry.source, when)
  }
}

/**
 * Reads one Condition into problems, signs, births and pregnancy, whatever its code belongs to.
 *
 * Edge:    refuted and entered-in-error are dropped; without clinicalStatus it is active; `when` is the onset, else the
 *          recorded date. An unconfirmed inflammatory breast cancer is not a known one.
 * Missing: a status or time that is there but cannot be read is noted for each of its sets.
 * Source:  clinical 2.4, 3.2, 3.3
 */
export function readCondition(entry: Entry, reading: Reading): void {
  const { fields } = entry
  const { codes, clock } = reading
  const verification = statusCode(fields['verificationStatus'])
  if (verification !== undefined && refuted.has(verification)) return
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, codes)
  const sets = codes.setsOf(code, place)
  if (sets.length === 0) return
  const status = activity(fields)
  const times = timesOf(fields, clock)
  const diagnosis: Diagnosis = {
    entry,
    code,
    sets,
    place,
    active: status === 'active',
    unconfirmed: verification !== undefined && unconfirmed.has(verification),
    times,
    when: spanIn(times.onset) ?? spanIn(times.recorded),
  }
  noteBirths(sets, entry.source, diagnosis.when, reading)
  if (status === 'unreadable') {
    noteUnreadableSets(diagnosis, 'clinicalStatus could not be read', reading)
    return
  }
  if (!diagnosis.when && (times.onset === 'malformed' || times.recorded === 'malformed')) {
    noteUnreadableSets(diagnosis, 'onset could not be read', reading)
  }
  noteProblem(diagnosis, reading)
  noteSigns(diagnosis, reading)
  if (isIn(sets, 'no-response') && diagnosis.active) noteNoResponse(diagnosis, reading)
  if (diagnosis.active) notePregnancy(sets, entry.source, diagnosis.when, reading)
}

function noteNoResponse({ entry, place, when }: Diagnosis, { sheet }: Reading): void {
  sheet.course.push({ says: 'not-improved', side: place.side, ...provenance(entry.source, when, false) })
}
