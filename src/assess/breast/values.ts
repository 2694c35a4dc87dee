import { dayOf, durationWords } from '../../units/clock-words.js'
import { daysBetween, hoursInMs, type Instant } from '../../units/units.js'
import type { Stage } from '../stages.js'
import type { CardValues, SideView } from '../views.js'
import { capitalised, measureNumber, sideWords } from '../words.js'
import { longStart } from './cancer/long-inflammation.js'
import { cultureValues } from './antibiotics/culture-values.js'
import { suspiciousWords } from './cancer/ibc-r6.js'
import { stasisFeverWords } from './stage/stasis-fever.js'
import { dischargeStart } from './signs/bloody-discharge.js'
import { imagingWords } from './describe.js'
import { lastDrainage } from './orders/drainage.js'
import { dayWords } from '../day-words.js'
import { isCollection } from './imaging/imaging.js'
import type { ScanToRepeat } from './imaging/rescan.js'
import { unreadUltrasound } from './imaging/unread-report.js'
import type { JudgedBreast } from './judged-breast.js'
import type { Workup } from './workup.js'

/** The words of {Stage} (clinical 6). */
const stageWords: Readonly<Record<Stage, string>> = {
  abscess: 'Breast abscess',
  phlegmon: 'Phlegmon',
  'bacterial-mastitis': 'Mastitis',
  'inflammatory-mastitis': 'Mastitis',
  'blocked-duct': 'Blocked duct',
  engorgement: 'Engorgement',
  none: '',
}

/**
 * The words of {Stage} for one breast: "Possible mastitis" while no current diagnosis of mastitis or abscess says more than the signs.
 *
 * Missing: a diagnosis that could not be read says nothing.
 */
function wordsOfStage({ stages: { stage }, diagnoses }: JudgedBreast): string {
  const bySigns = stage === 'bacterial-mastitis' || stage === 'inflammatory-mastitis'
  return bySigns && diagnoses.infection.verdict !== 'present' ? 'Possible mastitis' : stageWords[stage]
}

/**
 * The words and numbers a card may print about one breast.
 *
 * Units: D, longDays and dischargeDays in whole days; durations in whole hours, and from 96 h on in whole days; all rounded down.
 */
export function valuesOf(judged: JudgedBreast, repeat: ScanToRepeat | undefined): SideView['values'] {
  const { cover, timeline, breast, episode, systemicSigns } = judged
  const drainage = lastDrainage(judged)
  const days = drainage ? daysBetween(drainage.at, timeline.now) : timeline.parameters['lump.days']
  const unread = unreadUltrasound(judged)
  const temperature = systemicSigns.newest ? `, T ${measureNumber(systemicSigns.newest.fact)}` : ''
  return {
    side: sideWords[breast.side],
    Side: capitalised(sideWords[breast.side]),
    longDays: daysSince(longStart(judged), timeline.now),
    dischargeDays: daysSince(dischargeStart(judged), timeline.now),
    Stage: wordsOfStage(judged),
    stasisFever: stasisFeverWords(judged),
    D: String(Math.floor(days)),
    backAfter: backAfter(judged),
    coverFor: durationWords(0, hoursInMs(cover.hoursAny)),
    course: courseWords(cover.hoursAny, cover.firstDrug, temperature),
    aptCourse: courseWords(cover.hoursApt, cover.firstDrug, temperature),
    review: reviewWords(judged),
    illFor: episode.start === undefined ? '' : durationWords(episode.start, timeline.now),
    T: temperature,
    firstDrug: cover.firstDrug ?? '',
    imaging: leadingImage(judged),
    suspiciousScan: suspiciousWords(judged),
    collection: collectionWords(judged),
    ...rescanValues(judged, repeat),
    ...cultureValues(judged),
    unreadScan: unread ? dayWords(timeline, unread.fact.when, unread.at) : '',
  } satisfies Partial<CardValues>
}

/** The most characters of "73 h of dicloxacillin, T 38.7", so that a summary with these words stays short enough. */
const longestCourse = 42

/** How long which antibiotic has covered, with the newest temperature where there is room: "73 h of dicloxacillin, T 38.7". */
function courseWords(hours: number, drug: string | undefined, temperature: string): string {
  const course = `${durationWords(0, hoursInMs(hours))} of ${drug ?? 'antibiotics'}`
  const whole = `${course}${temperature}`
  return whole.length <= longestCourse ? whole : course.slice(0, longestCourse).trimEnd()
}

/**
 * When the breast is reviewed: at the time when antibiotics should have worked, or within that time of a first dose.
 *
 * Missing: "Same-day review for" when the time is over: the course, and not the card, says when to look again.
 */
function reviewWords({ timeline, cover }: JudgedBreast): string {
  const { now, parameters } = timeline
  const hours = parameters['response.dueHours']
  if (cover.firstAny === undefined) return `Review within ${hours} h of a first antibiotic dose; same day for`
  const due = cover.firstAny + hoursInMs(hours)
  if (due <= now) return 'Same-day review for'
  return `Review on ${dayOf(due, parameters['time.defaultZone'])} (${hours} h of treatment); same day for`
}

/** The days between the end of the course and the new illness, at least one. */
function backAfter({ relapse }: Workup): string {
  if (!relapse) return ''
  const days = Math.max(1, Math.floor(daysBetween(relapse.courseEnd, relapse.ill)))
  return days === 1 ? '1 day' : `${days} days`
}

const daysSince = (start: Instant | undefined, now: Instant): string =>
  start === undefined ? '' : String(Math.floor(daysBetween(start, now)))

/** The words of the newest current ultrasound with an abscess or collection, or else of the newest current one. */
function leadingImage({ imaging }: Workup): string {
  const leading = imaging.current.findLast(({ fact }) => isCollection(fact.reading)) ?? imaging.current.at(-1)
  return leading ? imagingWords(leading.fact) : ''
}

/** The newest collection on a current ultrasound, by its size where the report tells it: "3.2 cm collection". */
function collectionWords({ imaging }: Workup): string {
  const size = imaging.current.findLast(({ fact }) => isCollection(fact.reading))?.fact.sizeCm
  return size === undefined ? 'Collection' : `${Number(size.toFixed(1))} cm collection`
}

/** A scan is repeated within these hours (clinical changes C33). */
const latestRescanHours = 72

type RescanValues = Pick<SideView['values'], 'scan' | 'rescanTime' | 'rescanDay'>

/**
 * The words about the ultrasound to repeat: the repeat is for today once antibiotics failed late, or its time is over.
 *
 * Source: clinical changes C6 and C33
 */
function rescanValues({ timeline, ibc }: JudgedBreast, repeat: ScanToRepeat | undefined): RescanValues {
  if (!repeat) return { scan: '', rescanTime: '', rescanDay: '' }
  const { scan, reason } = repeat
  const hours = timeline.parameters['imaging.rescanHours']
  const at = scan.at + hoursInMs(hours)
  const failed = [ibc.r3, ibc.r3b, ibc.r4].some(({ verdict }) => verdict === 'present')
  const late = failed || timeline.now > scan.at + hoursInMs(latestRescanHours)
  return {
    scan: `${reason} ${dayWords(timeline, scan.fact.when, scan.at)}`,
    rescanTime: late ? 're-scan today' : `re-scan ${hours}-${latestRescanHours} h after it, sooner if worse`,
    rescanDay: late || at <= timeline.now ? 'today' : dayWords(timeline, undefined, at),
  }
}
