import type { Measure } from '../../../facts/facts.js'
import { daysInMs, hoursInMs } from '../../../units/units.js'
import { absent, cannotTell, present, type Finding } from '../../finding.js'
import type { PatientView } from '../../views.js'
import { measureEvidence } from '../../evidence.js'
import { ofSign } from '../describe.js'
import { anyOf } from '../../logic.js'
import { currentOf, signCourse } from './sign-course.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import type { Inputs } from '../../definition.js'
import { type Dated, newestSince } from '../../dating.js'

/** The inputs of temperature and systemic signs. */
export const temperatureInputs: Inputs = {
  facts: ['measures', 'signs', 'reads', 'unreadable'],
  sets: ['temperature', 'fever-finding', 'malaise'],
  parameters: ['fever.threshold', 'currency.signHours'],
}

/** The temperature and the signs of illness; the same for every breast. */
export interface SystemicSigns {
  newest?: Dated<Measure>
  /** FEVER of clinical 5.1. */
  fever: Finding
  /** SYSTEMIC: fever, malaise or chills. */
  systemic: Finding
  /** A temperature at or above `engorgement.feverLimit`. */
  highFever: Finding
  /** A temperature above the limit of fullness, which depends on the days since delivery. */
  tooHotForFullness: Finding
  deliveredRecently: boolean
  /** Two fever values of the current window lie 24 h or more apart (clinical 6.1 row 11). */
  feverADayApart: boolean
}

/**
 * Judges the newest current temperature against the fever limits.
 *
 * Edge:    a temperature at the limit is fever; a temperature exactly `currency.signHours` old is current.
 * Missing: without a temperature, fever charted in words decides. Unread temperatures turn absent into cannot-tell.
 */
export function systemicSignsOf(timeline: Timeline, { deliveredAt }: PatientView): SystemicSigns {
  const { now, parameters } = timeline
  const temperatures = measuresOf(timeline, 'temperature')
  const since = now - hoursInMs(parameters['currency.signHours'])
  const newest = newestSince(temperatures, since)
  const doubt = temperatureDoubt(timeline, newest?.at ?? since)
  const reached = limits(newest, doubt)
  const fever = newest ? reached(parameters['fever.threshold']) : feverInWords(timeline, since, doubt)
  const deliveredRecently =
    deliveredAt !== undefined && now - deliveredAt <= daysInMs(parameters['engorgement.days'])
  const febrile = temperatures.filter(
    ({ fact, at }) => at >= since && fact.value >= parameters['fever.threshold'],
  )
  const [first, last] = [febrile[0], febrile.at(-1)]
  return {
    fever,
    systemic: anyOf('no fever, malaise or chills recorded', fever, inWords(timeline, 'malaise', since)),
    highFever: reached(parameters['engorgement.feverLimit']),
    tooHotForFullness: reached(parameters[deliveredRecently ? 'engorgement.feverLimit' : 'fever.threshold']),
    deliveredRecently,
    feverADayApart: first !== undefined && last !== undefined && last.at - first.at >= hoursInMs(24),
    ...(newest && { newest }),
  }
}

const noTemperature = absent('no current temperature recorded')

/** Makes the question whether the newest temperature has reached a limit; the words are made once for all limits. */
function limits(newest: Dated<Measure> | undefined, doubt: string | undefined): (limit: number) => Finding {
  if (!newest) return () => (doubt === undefined ? noTemperature : cannotTell(doubt))
  const evidence = measureEvidence(newest.fact)
  const words = evidence.what
  return (limit) => {
    if (newest.fact.value >= limit) return present(words, evidence)
    return doubt === undefined ? absent(words, evidence) : cannotTell(doubt)
  }
}

function feverInWords(timeline: Timeline, since: number, doubt: string | undefined): Finding {
  const charted = inWords(timeline, 'fever-finding', since)
  return charted.verdict === 'absent' && doubt !== undefined ? cannotTell(doubt) : charted
}

/** Is fever or malaise charted in words? The side does not matter. */
function inWords(timeline: Timeline, name: 'fever-finding' | 'malaise', since: number): Finding {
  const words = name === 'malaise' ? 'malaise or chills' : 'fever'
  const course = signCourse(timeline.signs.get(name), () => true)
  const newest = currentOf(course, since)
  if (newest) return present(`${words} recorded`, ofSign(newest.fact))
  if (course.unknownAt !== undefined && course.unknownAt >= since) {
    return cannotTell(`${words} recorded as unknown`)
  }
  const unread = timeline.unreadable.get(name)
  if (unread && unread.at >= since) return cannotTell(unread.why)
  if (timeline.facts.reads.breastSigns.state === 'unreadable')
    return cannotTell('breast signs could not be read')
  return absent(`${words} not recorded`)
}

/** Why the newest temperature may not have been read; undefined without such a doubt. */
export function temperatureDoubt(timeline: Timeline, since: number): string | undefined {
  if (timeline.facts.reads.temperatures.state === 'unreadable') return 'temperatures could not be read'
  const unread = timeline.unreadable.get('temperature')
  return unread && unread.at >= since ? unread.why : undefined
}
