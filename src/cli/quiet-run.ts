import { decideOnce } from '../service/decide-once.js'
import type { Library } from '../service/library.js'
import { requestBody } from './evaluate.js'
import { newestDateIn, patientRecords, type PatientRecord } from './patient-records.js'

/** The results for the patients of one file. */
export interface FileTally {
  file: string
  patients: number
  /** The records without a Patient, about which the service cannot be asked. */
  withoutPatient: number
  resources: number
  cards: readonly string[]
  errors: readonly string[]
  /** The time from the parsed request to the cards in milliseconds: the mean and the worst. */
  meanMs: number
  worstMs: number
}

/** The answer for one patient: the cards in words, and the time of the call. */
async function answerOf({ resources }: PatientRecord, patientId: string, library: Library) {
  const at = newestDateIn(resources) ?? 0
  const body = requestBody({
    fixture: { patientId, at, resources },
    hook: 'patient-view',
    orders: [],
  })
  const started = performance.now()
  const { cards, unavailable } = await decideOnce(body, { library, now: at })
  if (unavailable) throw unavailable
  return {
    ms: performance.now() - started,
    cards: cards.map(({ summary, source }) => `${source.topic.code}: ${summary}`),
  }
}

/**
 * Asks the service about every patient of one file, at the moment of the patient's newest resource.
 *
 * Shape:   patient-view with complete prefetch; `progress` is called after each patient.
 * Missing: an answer that cannot be given (412) and an exception both count as an error, named by their source.
 */
export async function tallyFile(
  folder: string,
  file: string,
  library: Library,
  progress: (patients: number) => void,
): Promise<FileTally> {
  let withoutPatient = 0
  let resources = 0
  const times: number[] = []
  const cards: string[] = []
  const errors: string[] = []
  for await (const record of patientRecords(folder, file)) {
    const patientId = record.resources.find(({ resourceType }) => resourceType === 'Patient')?.id
    if (patientId === undefined) {
      withoutPatient += 1
      continue
    }
    resources += record.resources.length
    try {
      const answer = await answerOf(record, patientId, library)
      times.push(answer.ms)
      cards.push(...answer.cards.map((card) => `${record.source}: ${card}`))
    } catch (error) {
      times.push(0)
      errors.push(`${record.source}: ${error instanceof Error ? error.message : 'unknown error'}`)
    }
    progress(times.length)
  }
  const total = times.reduce((sum, ms) => sum + ms, 0)
  return {
    file,
    patients: times.length,
    withoutPatient,
    resources,
    cards,
    errors,
    meanMs: times.length === 0 ? 0 : total / times.length,
    worstMs: Math.max(0, ...times),
  }
}
