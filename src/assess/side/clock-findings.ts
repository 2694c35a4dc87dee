import { absent, cannotTell, present, verdict, type Finding } from '../finding.js'
import type { Cover, Response } from '../views.js'
import type { Clocks } from './cover.js'
import { ofMedicine } from './describe.js'
import { allOf, anyOf, unless } from './logic.js'
import { hasLasted } from './stage.js'
import type { Findings, Workup } from './workup.js'

const windows = ['none', 'early', 'due', 'late'] as const

/** Adds the findings about the antibiotic clock, the response and cover of MRSA (clinical 4). */
export function addClockFindings(into: Findings, workup: Workup): void {
  const { clocks, failed, recurred } = workup
  const [none, early, due, late] = windows.map((window) => inWindow(clocks, window)) as WindowFindings
  into.set('window-none', none)
  into.set('window-early', early)
  into.set('window-due', due)
  into.set('window-late', late)
  into.set('cover-48h', anyOf('antibiotics for less than the time a response takes', due, late))
  into.set('response-improved', responded(workup, 'improved'))
  into.set('response-worse', responded(workup, 'worse'))
  into.set('response-unknown', responded(workup, 'unknown'))
  into.set('failed', failed)
  into.set('recurrence', recurred)
  into.set('no-antibiotic-24h', untreated(workup, none))
  addResistanceFindings(into, workup)
}

type WindowFindings = [Finding, Finding, Finding, Finding]

/**
 * Which window the hours of cover fall in; more cover than was read can only move it later.
 *
 * Missing: with medicines unread, `late` stands if reached; the window read and all later ones cannot be told.
 */
function inWindow({ window, hoursAny, started, unreadable }: Clocks, wanted: Cover['window']): Finding {
  const words = window === 'none' ? 'no antibiotic cover' : `${Math.floor(hoursAny)} h of antibiotics`
  const holds = window === wanted
  if (unreadable !== undefined && window !== 'late') {
    return windows.indexOf(wanted) < windows.indexOf(window) ? absent(words) : cannotTell(unreadable)
  }
  return verdict(holds, words, words, holds ? started : [])
}

const responseWords: Readonly<Record<Response, string>> = {
  improved: 'improved on antibiotics',
  'not-improved': 'not improved on antibiotics',
  worse: 'worse on antibiotics',
  unknown: 'response to antibiotics not recorded',
  'too-early': 'too early for a response to antibiotics',
  none: 'no antibiotic to respond to',
}

/** Missing: a course of which values could not be read can be told only when it is worse. */
function responded({ course, clocks }: Workup, wanted: Response): Finding {
  const { response, evidence, doubt } = course
  const words = responseWords[response]
  const uncertain = doubt ?? (clocks.window === 'late' ? undefined : clocks.unreadable)
  if (uncertain === undefined || response === 'worse')
    return verdict(response === wanted, words, words, evidence)
  const decided = wanted === 'worse' || response === wanted
  return unless(decided ? uncertain : undefined, false, words, words)
}

/**
 * Row 11: no antibiotic although ill for 24 h, or with fever values 24 h apart.
 *
 * Edge: exactly 24 h counts.
 */
function untreated({ current, timeline, sick }: Workup, none: Finding): Finding {
  const ill = hasLasted(current.start, timeline.now)
    ? present('ill for 24 h or more')
    : verdict(
        sick.feverADayApart,
        'fever values 24 h or more apart',
        'less than 24 h on record, and no fever values 24 h apart',
        sick.feverADayApart ? sick.fever.evidence : [],
      )
  return allOf(none, ill)
}

/** Row 13: with MRSA, antibiotics that cover now and are neither active nor reported susceptible. */
function addResistanceFindings(into: Findings, { resistance, clocks }: Workup): void {
  const { mrsa, covers, untested } = resistance
  const gaps = [...new Set(clocks.covering.map(({ medicine }) => medicine))].filter(
    (medicine) => !covers(medicine),
  )
  const onlyUntested = gaps.length > 0 && gaps.every(untested)
  const evidence = gaps.map(ofMedicine)
  const covered =
    clocks.unreadable === undefined || gaps.length > 0
      ? absent('no antibiotic covers now that misses MRSA')
      : cannotTell(clocks.unreadable)
  const missed =
    gaps.length > 0 && !onlyUntested ? present('the antibiotic may not cover MRSA', ...evidence) : covered
  into.set('cover-may-miss-mrsa', allOf(mrsa, missed))
  const awaited = onlyUntested ? present('susceptibility not reported', ...evidence) : covered
  into.set('clindamycin-untested', allOf(mrsa, awaited))
}
