import type { Instant } from '../../units/units.js'
import type { Evidence } from '../finding.js'
import type { Response } from '../views.js'
import type { Breast } from './breasts.js'
import { antibioticWindow } from './course-window.js'
import { readings, type Reading } from './readings.js'
import { temperatureDoubt } from './temperature.js'
import type { Timeline } from './timeline.js'

/** How the breast responded to antibiotics that began at one start. */
export interface Course {
  response: Response
  evidence: readonly Evidence[]
  /** Time of the newest value that reads worse. */
  worseAt?: Instant
  /** Why values may be missing from this judgement. */
  doubt?: string
}

/**
 * Puts the measures together; the first rule that holds (clinical 4.3).
 *
 * Edge:    before `response.dueHours` of cover only "worse" is used, everything else is too early.
 * Missing: nothing that says anything is `unknown`, which is never failure; without a start there is no response.
 */
export function response(
  timeline: Timeline,
  breast: Breast,
  start: Instant | undefined,
  hours: number,
  episodeStart: Instant | undefined,
): Course {
  if (start === undefined) return { response: 'none', evidence: [] }
  const { now, parameters } = timeline
  const window = antibioticWindow(start, episodeStart, parameters, now)
  const all = readings(timeline, breast, window)
  const combined = combine(all)
  const early = hours < parameters['response.dueHours'] && combined.response !== 'worse'
  const worse = all.filter(({ trend }) => trend === 'worse')
  const doubt = courseDoubt(timeline, window.worseFrom)
  return {
    response: early ? 'too-early' : combined.response,
    evidence: early ? [] : combined.evidence,
    ...(worse.length > 0 && { worseAt: Math.max(...worse.map(({ at }) => at)) }),
    ...(doubt !== undefined && { doubt }),
  }
}

/** The seven rules of clinical 4.3; the evidence is that of the measures which decided. */
export function combine(all: readonly Reading[]): Pick<Course, 'response' | 'evidence'> {
  const saying = (trend: Reading['trend'], ...measures: readonly Reading['measure'][]): readonly Reading[] =>
    all.filter((each) => each.trend === trend && (measures.length === 0 || measures.includes(each.measure)))
  const decided = (answer: Response, by: readonly Reading[]): Pick<Course, 'response' | 'evidence'> => ({
    response: answer,
    evidence: by.flatMap(({ evidence }) => evidence),
  })

  const worse = saying('worse')
  if (worse.length > 0) return decided('worse', worse)
  const statements = all.filter(({ measure }) => measure === 'statement')
  if (statements[0]) return decided(statements[0].trend, statements)
  const cooler = saying('improved', 'temperature')
  const easier = saying('improved', 'pain')
  if (cooler.length > 0 && easier.length > 0) return decided('improved', [...cooler, ...easier])
  const lasting = saying('not-improved', 'temperature', 'sign')
  if (lasting.length > 0) return decided('not-improved', lasting)
  const improved = saying('improved')
  if (improved.length > 0) return decided('improved', improved)
  const painful = saying('not-improved', 'pain')
  return painful.length > 0 ? decided('not-improved', painful) : { response: 'unknown', evidence: [] }
}

const measured = ['pain', 'erythema', 'colour-change', 'swelling', 'lump'] as const

function courseDoubt(timeline: Timeline, since: Instant): string | undefined {
  const temperature = temperatureDoubt(timeline, since)
  if (temperature !== undefined) return temperature
  if (timeline.facts.reads.breastSigns.state === 'unreadable') return 'breast signs could not be read'
  for (const subject of measured) {
    const unread = timeline.unreadable.get(subject)
    if (unread && unread.at >= since) return unread.why
  }
  return undefined
}
