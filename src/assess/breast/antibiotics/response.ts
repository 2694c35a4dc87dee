import type { Instant } from '../../../units/units.js'
import type { Evidence } from '../../finding.js'
import type { Response } from '../../views.js'
import type { Breast } from '../breasts.js'
import { antibioticWindow, type TrendReading } from './course-window.js'
import { readingInputs, readings } from './readings.js'
import { temperatureDoubt } from '../signs/temperature.js'
import type { Timeline } from '../../timeline.js'
import { inputOf, inputs } from '../../definition.js'
import { episodeInputs } from '../episode.js'
import { hoursInputs } from './cover.js'

/** The inputs of the response worse: the five measures, and the clinician's statement on the course. */
export const worseInputs = inputs(
  episodeInputs,
  readingInputs,
  inputOf('response.evaluateFromHours', 'response.worseFromHours'),
)

/** The same with the hours until a response is due: before them every other course is too early to tell. */
export const responseInputs = inputs(worseInputs, hoursInputs, inputOf('response.dueHours'))

/** The response of one breast to antibiotics that began at one start. */
export interface ResponseCourse {
  response: Response
  evidence: readonly Evidence[]
  /** The time of the newest value that reads worse. */
  worseAt?: Instant
  /** Why the judgement may lack values. */
  doubt?: string
}

/** Antibiotics that began at one start, and their hours of cover since. */
interface Treatment {
  start: Instant | undefined
  hours: number
  episodeStart: Instant | undefined
}

/**
 * Decides the response from all measures; the first rule of clinical 4.3 that holds decides.
 *
 * Edge:    before `response.dueHours` of cover the response is `worse` or too early to tell.
 * Missing: the response is `unknown`, which is never failure, when no measure can be judged; `none` without a start.
 */
export function response(timeline: Timeline, breast: Breast, treatment: Treatment): ResponseCourse {
  const { start, hours, episodeStart } = treatment
  if (start === undefined) return { response: 'none', evidence: [] }
  const course = courseSince(timeline, breast, start, episodeStart)
  const early = hours < timeline.parameters['response.dueHours'] && course.response !== 'worse'
  return early ? { ...course, response: 'too-early', evidence: [] } : course
}

/**
 * The course of one breast since `start`, whatever was given and for how long.
 *
 * Missing: as for the response.
 */
export function courseSince(
  timeline: Timeline,
  breast: Breast,
  start: Instant,
  episodeStart: Instant | undefined,
): ResponseCourse {
  const { now, parameters } = timeline
  const window = antibioticWindow(start, episodeStart, parameters, now)
  const all = readings(timeline, breast, window)
  const worse = all.filter(({ trend }) => trend === 'worse')
  const doubt = courseDoubt(timeline, window.worseFrom)
  return {
    ...combine(all),
    ...(worse.length > 0 && { worseAt: Math.max(...worse.map(({ at }) => at)) }),
    ...(doubt !== undefined && { doubt }),
  }
}

/**
 * The rules of clinical 4.3; the evidence is that of the measures that decided.
 *
 * Edge: "better" of the patient as a whole does not outweigh a sized or graded sign that is not.
 */
export function combine(all: readonly TrendReading[]): Pick<ResponseCourse, 'response' | 'evidence'> {
  const saying = (
    trend: TrendReading['trend'],
    ...measures: readonly TrendReading['measure'][]
  ): readonly TrendReading[] =>
    all.filter((each) => each.trend === trend && (measures.length === 0 || measures.includes(each.measure)))
  const decided = (
    answer: Response,
    by: readonly TrendReading[],
  ): Pick<ResponseCourse, 'response' | 'evidence'> => ({
    response: answer,
    evidence: by.flatMap(({ evidence }) => evidence),
  })

  const worse = saying('worse')
  if (worse.length > 0) return decided('worse', worse)
  const statements = all.filter(({ measure }) => measure === 'statement')
  const stated = statements[0]
  const signsLast = saying('not-improved', 'sign').length > 0
  if (stated && !(stated.general && stated.trend === 'improved' && signsLast))
    return decided(stated.trend, statements)
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
