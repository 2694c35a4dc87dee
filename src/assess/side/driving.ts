import type { ConditionSet } from '../../facts/concepts.js'
import type { Problem } from '../../facts/facts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import { absent, cannotTell, present, verdict, type Finding } from '../finding.js'
import { latestBy } from '../views.js'
import type { Breast } from './breasts.js'
import { ofProblem } from './describe.js'
import { abscessSets, isBreastDiagnosis, isIn, mastitisSets, nonLactationalSets } from './diagnosis-sets.js'
import { anyOf } from './logic.js'
import type { Timeline } from './timeline.js'

/** The diagnoses of one breast that drive a stage now, by family (clinical 5.1). */
export interface Driving {
  mastitis: Finding
  abscess: Finding
  blockedDuct: Finding
  phlegmon: Finding
  engorgement: Finding
  nonLactational: Finding
  /** Driving DX-mastitis or DX-abscess. */
  infection: Finding
  any: Finding
  /** A DX-mastitis or abscess without any date that does not drive (clinical 6.1 row 15). */
  undated: Finding
  problems: readonly Problem[]
}

/** The newest moment of onset and recording, both as late as they can be; undefined without any date. */
export function newestDate({ onset, recorded, when }: Problem, now: Instant): Instant | undefined {
  const dates = [onset, recorded, when].flatMap((span) => (span ? [latestBy(span, now)] : []))
  return dates.length > 0 ? Math.max(...dates) : undefined
}

/**
 * Which diagnoses drive: active, and recent, or beside a current sign, or under antibiotic cover.
 *
 * Edge:    onset or recorded date exactly `dx.currentDays` ago drives.
 * Missing: an older one whose signs or antibiotics could not be read is cannot-tell; conditions that could not be
 *          read make every family that is not present cannot-tell.
 */
export function driving(timeline: Timeline, breast: Breast, anySign: Finding, coveredNow: Finding): Driving {
  const { now, parameters, facts, unreadable } = timeline
  const recent = now - daysInMs(parameters['dx.currentDays'])
  const support = anyOf('no current sign and no antibiotic', anySign, coveredNow)
  const active = breast.problems.filter((problem) => problem.active)
  const isRecent = (problem: Problem): boolean => (newestDate(problem, now) ?? -Infinity) >= recent
  const drives = (problem: Problem): boolean => support.verdict === 'present' || isRecent(problem)

  const family = (sets: readonly ConditionSet[], words: string): Finding => {
    const all = active.filter((problem) => isIn(problem, sets))
    const held = all.filter(drives)
    if (held.length > 0) return present(`${words} on record`, ...held.map(ofProblem))
    if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
    if (all.length > 0 && support.verdict === 'cannot-tell') return cannotTell(support.because)
    const unread = sets.map((set) => unreadable.get(set)).find(Boolean) ?? unreadable.get('condition')
    if (unread && unread.at >= recent) return cannotTell(unread.why)
    return absent(all.length > 0 ? `${words} on record is not current` : `no ${words} on record`)
  }

  const mastitis = family(mastitisSets, 'diagnosis of mastitis')
  const abscess = family(abscessSets, 'diagnosis of breast abscess')
  const blockedDuct = family(['blocked-duct'], 'diagnosis of blocked duct')
  const phlegmon = family(['phlegmon'], 'diagnosis of phlegmon')
  const engorgement = family(['engorgement'], 'diagnosis of engorgement')
  const nonLactational = family(nonLactationalSets, 'diagnosis of non-lactational infection')
  const infection = anyOf('no current diagnosis of mastitis or abscess', mastitis, abscess)
  const undated = active.filter(
    (problem) =>
      isIn(problem, [...mastitisSets, ...abscessSets]) &&
      newestDate(problem, now) === undefined &&
      !drives(problem),
  )
  return {
    mastitis,
    abscess,
    blockedDuct,
    phlegmon,
    engorgement,
    nonLactational,
    infection,
    any: anyOf('no current breast diagnosis', infection, blockedDuct, phlegmon, engorgement, nonLactational),
    undated: verdict(
      undated.length > 0,
      'a diagnosis of mastitis or abscess has no date',
      'no diagnosis without a date',
      undated.map(ofProblem),
    ),
    problems: active.filter((problem) => isBreastDiagnosis(problem) && drives(problem)),
  }
}
