import type { Instant } from '../../units/units.js'
import type { Finding } from '../finding.js'
import type { PatientView } from '../views.js'
import { antibioticCover, type AntibioticCover } from './antibiotics/cover.js'
import { currentEpisode, type Episode } from './episode.js'
import type { OtherInfection } from '../patient/other-infection.js'
import type { ExaminedBreast } from './examined-breast.js'
import { failedAt } from './antibiotics/failed.js'
import { imagingOf, type Imaging } from './imaging/imaging.js'
import { inflamed } from './signs/inflammation.js'
import { mrsa, type Mrsa } from './antibiotics/mrsa.js'
import { recurrence } from './recurrence.js'
import { response, type ResponseCourse } from './antibiotics/response.js'
import type { SystemicSigns } from './signs/temperature.js'
import type { Timeline } from '../timeline.js'
import { relapseOf, type Relapse } from './relapse/relapse.js'
import { orWorseAgain, worseAgain, type WorseAgain } from './relapse/worse-again.js'

/** The parts of a workup that every breast shares. */
export interface SharedByBreasts {
  timeline: Timeline
  patient: PatientView
  systemicSigns: SystemicSigns
  /** Does any systemic antibiotic cover now, also one for something else than the breast? */
  coveredForAnyReason: Finding
  /** The infections on record that are not of the breast. */
  infections: readonly OtherInfection[]
  /** FULLNESS of both breasts. */
  fullness: Finding
  /** Another infection explains the fever. */
  feverExplained: Finding
}

/** Everything worked out about one breast; the stage and the red flags are judged from these parts. */
export interface Workup extends SharedByBreasts, ExaminedBreast {
  inflamed: Finding
  episode: Episode
  recurred: Finding
  resistance: Mrsa
  cover: AntibioticCover
  /** The response counted from the first antibiotic (`A1`), and from the first appropriate one (`A1apt`). */
  course: ResponseCourse
  courseApt: ResponseCourse
  /** Did antibiotics fail: not improved, or worse, at `response.dueHours` or more? (clinical 4.3) */
  failed: Finding
  /** An illness that came back shortly after a course of antibiotics (clinical 4.1). */
  relapse?: Relapse
  /** Worse in this course after recovery (clinical 4.3). */
  worseAgain?: WorseAgain
  imaging: Imaging
}

/** Works out the parts for one breast, each part from the parts before. */
export function workup(shared: SharedByBreasts, examined: ExaminedBreast): Workup {
  const { timeline, infections } = shared
  const { breast, diagnoses, antibiotics } = examined
  const relapse = relapseOf(timeline, breast, antibiotics.list, infections)
  const episode = currentEpisode(timeline, breast, diagnoses, {
    list: antibiotics.list,
    ...(relapse && { relapse }),
  })
  const recurred = recurrence(timeline, breast, episode, antibiotics)
  const resistance = mrsa(timeline, breast, episode)
  const cover = antibioticCover(timeline, episode, antibiotics, resistance)
  const again = worseAgain(timeline, breast, cover.firstAny)
  const responseSince = (start: Instant | undefined, hours: number): ResponseCourse =>
    orWorseAgain(response(timeline, breast, { start, hours, episodeStart: episode.start }), again)
  const course = responseSince(cover.firstAny, cover.hoursAny)
  const courseApt =
    cover.firstApt === cover.firstAny && cover.hoursApt === cover.hoursAny
      ? course
      : responseSince(cover.firstApt, cover.hoursApt)
  return {
    ...shared,
    ...examined,
    inflamed: inflamed(timeline, breast, { ...shared, ...examined }),
    episode,
    recurred,
    resistance,
    cover,
    course,
    courseApt,
    failed: failedAt(course, cover, timeline.parameters['response.dueHours']),
    imaging: imagingOf(timeline, breast),
    ...(relapse && { relapse }),
    ...(again && { worseAgain: again }),
  }
}
