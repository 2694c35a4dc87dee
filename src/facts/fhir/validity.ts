import type { ResourceRef } from '../facts.js'
import { fieldsOf, objectsOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'

/** Characters that no FHIR id may hold; without them an id prints on one line. */
const unsafeInId = /[^A-Za-z0-9\-._:]/g
const safeId = /^[A-Za-z0-9\-._:]{1,128}$/
const longestId = 128

/**
 * The reference by which every fact names a resource: "Observation/abc"; "?" stands for an id that is missing or
 * unusable.
 */
export function resourceRef(type: string, fields: Fields): ResourceRef {
  const given = fields['id']
  if (typeof given === 'string' && safeId.test(given)) return `${type}/${given}`
  const id = stringOf(given)?.slice(0, longestId).replace(unsafeInId, '')
  return `${type}/${id === undefined || id === '' ? '?' : id}`
}

/** A reference without a version (`/_history/n`) at its end. */
const withoutVersion = (reference: string): string => {
  const at = reference.indexOf('/_history/')
  return at === -1 ? reference : reference.slice(0, at)
}

/** The `Type/id` that a relative or absolute reference points to. */
export const nameIn = (reference: string): ResourceRef =>
  withoutVersion(reference).split('/').slice(-2).join('/')

/** The resources that a resource contains, by the reference that names them in it ("#x"), whether their id begins with "#" or not. */
export const containedIn = (fields: Fields): ReadonlyMap<string, Fields> =>
  new Map(
    objectsOf(fields['contained']).flatMap((part): readonly (readonly [string, Fields])[] => {
      const id = stringOf(part['id'])
      return id === undefined ? [] : [[id.startsWith('#') ? id : `#${id}`, part]]
    }),
  )

/** A status as read: `unreadable` when the status is absent or no string. */
export type StatusReading = 'counts' | 'void' | 'unreadable'

/** Tells whether a status is among the ones that count. */
export function statusIn(counting: ReadonlySet<string>, status: unknown): StatusReading {
  if (typeof status !== 'string' || status === '') return 'unreadable'
  return counting.has(status) ? 'counts' : 'void'
}

/** The statuses of an Observation that counts (clinical 3.2). */
export const observationStatuses: ReadonlySet<string> = new Set([
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
])

/** The statuses of a finished report; `appended` is FHIR's word for an amended report whose old text still stands. */
export const reportStatuses: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended'])

/**
 * The words of a status such as clinicalStatus, in lower case, trimmed.
 *
 * Shape:   the codes and displays of codings of any system, a text, or a bare string; a hyphen is a space ("entered in error"), and
 *          what stands in brackets is left out.
 * Missing: an empty list for a status without words.
 * Source:  clinical changes C2
 */
export function statusWords(value: unknown): readonly string[] {
  const fields = fieldsOf(value)
  const codings = objectsOf(fields?.['coding'])
  const written = [value, fields?.['text'], ...codings.flatMap(({ code, display }) => [code, display])]
  return written.flatMap((words) => {
    const plain = stringOf(words)?.split('(')[0]?.replaceAll('-', ' ').trim().toLowerCase()
    return plain === undefined || plain === '' ? [] : [plain]
  })
}

/** Does the status hold one of these words? */
export const hasStatus = (value: unknown, words: ReadonlySet<string>): boolean =>
  statusWords(value).some((word) => words.has(word))

/** The verifications of a record that was taken back. */
export const takenBack: ReadonlySet<string> = new Set(['entered in error', 'refuted', 'ruled out'])
