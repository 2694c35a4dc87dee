import type { Medicine, MedicineKind, NoExposure, Span } from './facts.js'
import { periodOf, spanIn, timeOf } from './instants.js'
import type { TimeReading } from './instants.js'
import { courseOf } from './medicine-timing.js'
import type { Course } from './medicine-timing.js'
import { isKnown, medicineOf } from './medicine-names.js'
import type { NamedMedicine } from './medicine-names.js'
import { isLocalRoute, isProphylaxis, reasonOf } from './medicine-reasons.js'
import { isGiven, objectsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { noteUnreadable, provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import type { ZoneClock } from './zone-clock.js'

const statusNames = new Map<unknown, Medicine['status']>([
  ['active', 'active'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
  ['on-hold', 'on-hold'],
  ['in-progress', 'in-progress'],
])

/** Statuses that can mean exposure, per kind (clinical 4.2). */
const exposing: Readonly<Record<MedicineKind, ReadonlySet<unknown>>> = {
  request: new Set(['active', 'completed', 'stopped']),
  administration: new Set(['in-progress', 'completed']),
  statement: new Set(['active', 'completed']),
}
const orderIntents: ReadonlySet<unknown> = new Set([
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
])

/** Where each kind of resource keeps its dosage. */
const dosageMembers: Readonly<Record<MedicineKind, string>> = {
  request: 'dosageInstruction',
  administration: 'dosage',
  statement: 'dosage',
}

interface Times {
  start: TimeReading
  end: TimeReading
  instant: boolean
}

function effectiveTimes(fields: Fields, clock: ZoneClock): Times {
  if (isGiven(fields['effectivePeriod'])) {
    return { ...periodOf(fields['effectivePeriod'], clock), instant: false }
  }
  const at = timeOf(fields['effectiveDateTime'], clock)
  return { start: at, end: undefined, instant: at !== undefined }
}

function timesOf(kind: MedicineKind, fields: Fields, course: Course, clock: ZoneClock): Times {
  if (kind === 'request') {
    return { start: course.start ?? timeOf(fields['authoredOn'], clock), end: course.end, instant: false }
  }
  const times = effectiveTimes(fields, clock)
  if (kind === 'administration') return times
  return { start: times.start ?? course.start, end: times.end ?? course.end, instant: false }
}

/** The first reason why a medicine is no exposure, whatever its time (clinical 4.2). */
export function noExposureOf(
  kind: MedicineKind,
  fields: Fields,
  { words, form }: NamedMedicine,
  reason: Medicine['reason'],
  course: Course,
): NoExposure | undefined {
  const dosages = objectsOf(fields[dosageMembers[kind]])
  if (fields['doNotPerform'] === true) return 'do-not-perform'
  if (isLocalRoute(dosages, `${words} ${form}`)) return 'route'
  if (isProphylaxis(fields, dosages, words)) return 'prophylaxis'
  if (reason === 'other') return 'other-reason'
  return kind !== 'administration' && course.short ? 'short-order' : undefined
}

const statusOrIntent = (kind: MedicineKind, fields: Fields): NoExposure | undefined => {
  if (!exposing[kind].has(fields['status'])) return 'status'
  return kind === 'request' && !orderIntents.has(fields['intent']) ? 'intent' : undefined
}

/** What hinders reading when this medicine was taken, if it is one whose time matters. */
function unreadableWhy(fields: Fields, kind: MedicineKind, times: Times, course: Course): string | undefined {
  if (typeof fields['status'] !== 'string') return 'status could not be read'
  if (kind === 'request' && typeof fields['intent'] !== 'string') return 'intent could not be read'
  if (times.start === 'malformed') return 'start could not be read'
  if (times.start === undefined) return 'start is not recorded'
  if (times.end === 'malformed') return 'end could not be read'
  return course.why
}

/** What the medicine is and covers; azithromycin counts only with a recorded breast reason. */
export function kindOfMedicine(
  { match }: NamedMedicine,
  reason: Medicine['reason'],
): Pick<Medicine, 'ingredients' | 'cover' | 'mrsa' | 'sets'> {
  const { ingredients, cover, mrsa, sets, coverWithBreastReason } = match
  return { ingredients, mrsa, sets, cover: reason === 'breast' ? (coverWithBreastReason ?? cover) : cover }
}

const spanMembers = (start: Span | undefined, end: Span | undefined): Pick<Medicine, 'start' | 'end'> => ({
  ...(start && { start }),
  ...(end && { end }),
})

/**
 * Reads an order, statement or administration of a medicine of clinical 2.6.
 *
 * Edge:    entered-in-error is dropped; everything else that is no exposure stays, with the reason. A start that is not
 *          recorded is noted for antibiotics only.
 * Missing: a medicine without any known code or word, and a status, intent or time that cannot be read, are noted.
 * Source:  clinical 2.6, 4.2
 */
export function readMedicine(kind: MedicineKind, entry: Entry, reading: Reading): void {
  const { fields, source } = entry
  const { clock, sheet } = reading
  if (fields['status'] === 'entered-in-error') return
  const named = medicineOf(fields, reading)
  const noExposure = statusOrIntent(kind, fields)
  if (named === 'nameless') {
    if (noExposure === undefined || typeof fields['status'] !== 'string') {
      noteUnreadable(sheet, 'medicine', 'medicine has no code that we know and no words', source)
    }
    return
  }
  if (!isKnown(named.match)) return
  const reason = reasonOf(fields, reading)
  const course = courseOf(fields, dosageMembers[kind], clock)
  const times = timesOf(kind, fields, course, clock)
  const what = kindOfMedicine(named, reason)
  const start = spanIn(times.start)
  const barred = noExposure ?? noExposureOf(kind, fields, named, reason, course)
  const why = unreadableWhy(fields, kind, times, course)
  const counts = what.cover === 'appropriate' || what.cover === 'other'
  const stands = barred === undefined || (barred === 'status' && typeof fields['status'] !== 'string')
  if (why !== undefined && counts && (stands || typeof fields['intent'] !== 'string')) {
    noteUnreadable(sheet, 'medicine', why, source, start)
  }
  sheet.medicines.push({
    kind,
    ...what,
    status: statusNames.get(fields['status']) ?? 'other',
    reason,
    ...spanMembers(start, spanIn(times.end)),
    ...(course.days !== undefined && { supplyDays: course.days }),
    ...(barred !== undefined && { noExposure: barred }),
    singleInstant: kind === 'administration' && times.instant,
    ...provenance(source, start, false),
  })
}
