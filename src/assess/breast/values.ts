import { daysBetween, hoursBetween, hoursInMs, type Instant } from '../../units/units.js'
import type { Stage } from '../stages.js'
import type { CardValues, SideView } from '../views.js'
import { capitalised, measureNumber, sideWords } from '../words.js'
import { longStart } from './cancer/long-inflammation.js'
import { cultureValues } from './antibiotics/culture-values.js'
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
 * Units: N and Napt in whole hours, D, longDays and dischargeDays in whole days, illFor in hours and from 96 h on in days, all rounded
 *        down.
 */
export function valuesOf(judged: JudgedBreast, repeat: ScanToRepeat | undefined): SideView['values'] {
  const { cover, timeline, breast } = judged
  const drainage = lastDrainage(judged)
  const days = drainage ? daysBetween(drainage.at, timeline.now) : timeline.parameters['lump.days']
  const unread = unreadUltrasound(judged)
  return {
    side: sideWords[breast.side],
    Side: capitalised(sideWords[breast.side]),
    longDays: daysSince(longStart(judged), timeline.now),
    dischargeDays: daysSince(dischargeStart(judged), timeline.now),
    Stage: wordsOfStage(judged),
    stasisFever: stasisFeverWords(judged),
    N: String(Math.floor(cover.hoursAny)),
    Napt: String(Math.floor(cover.hoursApt)),
    D: String(Math.floor(days)),
    backAfter: backAfter(judged),
    illFor: durationWords(judged.episode.start, timeline.now),
    T: judged.systemicSigns.newest ? `, T ${measureNumber(judged.systemicSigns.newest.fact)}` : '',
    firstDrug: cover.firstDrug ?? '',
    imaging: leadingImage(judged),
    ...rescanValues(judged, repeat),
    ...cultureValues(judged),
    unreadScan: unread ? dayWords(unread.fact.when, unread.at) : '',
  } satisfies Partial<CardValues>
}

/** Durations from so many hours on are told in days (clinical changes C30). */
const hoursAsDays = 96

function durationWords(start: Instant | undefined, now: Instant): string {
  if (start === undefined) return ''
  const hours = hoursBetween(start, now)
  return hours < hoursAsDays ? `${Math.floor(hours)} h` : `${Math.floor(daysBetween(start, now))} days`
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
    scan: `${reason} ${dayWords(scan.fact.when, scan.at)}`,
    rescanTime: late ? 're-scan today' : `re-scan ${hours}-${latestRescanHours} h after it, sooner if worse`,
    rescanDay: late || at <= timeline.now ? 'today' : dayWords(undefined, at),
  }
}
