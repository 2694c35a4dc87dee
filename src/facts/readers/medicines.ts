import type { Medicine, MedicineKind, NoExposure, Span } from '../facts.js'
import { finestOf, periodOf, spanIn, timeOf } from '../fhir/instants.js'
import type { TimeReading } from '../fhir/instants.js'
import { medicineCourse } from '../medicines/medicine-timing.js'
import type { MedicineCourse } from '../medicines/medicine-timing.js'
import { kindOfMedicine } from '../medicines/medicine-kind.js'
import { medicineOf } from '../medicines/medicine-names.js'
import type { NamedMedicine } from '../medicines/medicine-names.js'
import { isProphylaxis, reasonOf } from '../medicines/medicine-reasons.js'
import { isLocalUse } from '../medicines/medicine-route.js'
import { isGiven, objectsOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import type { ZoneClock } from '../fhir/zone-clock.js'

const statusNames = new Map<unknown, Medicine['status']>([
  ['active', 'active'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
  ['on-hold', 'on-hold'],
  ['in-progress', 'in-progress'],
])

/** The statuses that can mean exposure, for each kind of resource (clinical 4.2). */
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

/** The element that holds the dosage, for each kind of resource. */
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

function timesOf(kind: MedicineKind, fields: Fields, course: MedicineCourse, clock: ZoneClock): Times {
  if (kind === 'request') {
    const start = finestOf(course.start, () => timeOf(fields['authoredOn'], clock))
    return { start, end: course.end, instant: false }
  }
  const times = effectiveTimes(fields, clock)
  if (kind === 'administration') return times
  const start = finestOf(times.start, () => course.start)
  return { start, end: times.end ?? course.end, instant: false }
}

/** The parts of one order, statement or administration, as read. */
interface MedicineParts {
  fields: Fields
  named: NamedMedicine
  reason: Medicine['reason']
  course: MedicineCourse
}

/** The first reason why a medicine is no exposure, whatever its time (clinical 4.2). */
export function noExposureOf(
  kind: MedicineKind,
  parts: MedicineParts,
  context: ReaderContext,
): NoExposure | undefined {
  const { fields, named, reason, course } = parts
  const dosages = objectsOf(fields[dosageMembers[kind]])
  if (fields['doNotPerform'] === true) return 'do-not-perform'
  if (named.notGiven) return 'not-given'
  if (isLocalUse(dosages, named, context)) return 'route'
  if (isProphylaxis(fields, dosages, named.texts.join(' '))) return 'prophylaxis'
  if (reason === 'other') return 'other-reason'
  return kind !== 'administration' && course.short ? 'short-order' : undefined
}

const statusOrIntent = (kind: MedicineKind, fields: Fields): NoExposure | undefined => {
  if (!exposing[kind].has(fields['status'])) return 'status'
  return kind === 'request' && !orderIntents.has(fields['intent']) ? 'intent' : undefined
}

/** Why the time of a medicine could not be read; undefined when the time of this medicine does not matter. */
function unreadableWhy(
  fields: Fields,
  kind: MedicineKind,
  times: Times,
  course: MedicineCourse,
): string | undefined {
  if (typeof fields['status'] !== 'string') return 'status could not be read'
  if (kind === 'request' && typeof fields['intent'] !== 'string') return 'intent could not be read'
  if (times.start === 'malformed') return 'start could not be read'
  if (times.start === undefined) return 'start is not recorded'
  if (times.end === 'malformed') return 'end could not be read'
  return course.why
}

const unknownWhy = 'an antibiotic that we do not know'
const mayCover: ReadonlySet<Medicine['cover']> = new Set<Medicine['cover']>([
  'appropriate',
  'other',
  'unknown',
])

const spanMembers = (start: Span | undefined, end: Span | undefined): Pick<Medicine, 'start' | 'end'> => ({
  ...(start && { start }),
  ...(end && { end }),
})

/**
 * Reads an order, statement or administration of a medicine of clinical 2.6.
 *
 * Edge:    an entry in error is dropped; any other medicine that is no exposure stays, with the reason. A missing
 *          start is noted for antibiotics only.
 * Missing: a medicine without any known code or word, an antibiotic that we do not know, and an unreadable status, intent or time
 *          are noted as unreadable.
 * Source:  clinical 2.6, 4.2
 */
export function readMedicine(kind: MedicineKind, entry: PatientResource, context: ReaderContext): void {
  const { fields, source } = entry
  const { clock, collector } = context
  if (fields['status'] === 'entered-in-error') return
  const named = medicineOf(fields, context)
  const noExposure = statusOrIntent(kind, fields)
  if (named === 'nameless') {
    if (noExposure === undefined || typeof fields['status'] !== 'string') {
      noteUnreadable(collector, 'medicine', 'medicine has no code that we know and no words', { source })
    }
    return
  }
  const reason = reasonOf(fields, context)
  const what = kindOfMedicine(fields, named, reason, context)
  if (!what) return
  const course = medicineCourse(fields, dosageMembers[kind], clock)
  const times = timesOf(kind, fields, course, clock)
  const start = spanIn(times.start)
  const barred = noExposure ?? noExposureOf(kind, { fields, named, reason, course }, context)
  const why = what.cover === 'unknown' ? unknownWhy : unreadableWhy(fields, kind, times, course)
  const counts = mayCover.has(what.cover)
  const stands = barred === undefined || (barred === 'status' && typeof fields['status'] !== 'string')
  if (why !== undefined && counts && (stands || typeof fields['intent'] !== 'string')) {
    noteUnreadable(collector, 'medicine', why, { source, when: start })
  }
  collector.medicines.push({
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
