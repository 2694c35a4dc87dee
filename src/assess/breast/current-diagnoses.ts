import type { ConditionSet } from '../../terminology/concepts.js'
import type { Problem } from '../../facts/facts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import { absent, cannotTell, present, verdict, type Finding } from '../finding.js'
import type { Breast } from './breasts.js'
import { ofProblem } from './describe.js'
import {
  abscessSets,
  breastSets,
  infectionSets,
  isBreastDiagnosis,
  isIn,
  mastitisSets,
  nonLactationalSets,
} from './diagnosis-sets.js'
import { anyOf } from '../logic.js'
import type { Timeline } from '../timeline.js'
import { inputOf, inputs, type FindingDefinition, type Inputs } from '../definition.js'
import { breastAntibioticInputs } from './antibiotics/of-breast.js'
import { signInputs } from './signs/signs.js'
import { instantOf } from '../dating.js'

/** The inputs of an active diagnosis: the signs and the antibiotics that keep an older one current. */
const supportedInputs = (sets: readonly ConditionSet[]): Inputs =>
  inputs({ facts: ['problems'], sets, parameters: [] }, breastAntibioticInputs)

/** The inputs of the diagnoses of these sets that drive. */
export const drivingInputs = (sets: readonly ConditionSet[]): Inputs =>
  inputs(supportedInputs(sets), inputOf('dx.currentDays'))

/** The inputs of the finding that a breast diagnosis drives, or cannot be told. */
export const diagnosisInputs = inputs(drivingInputs(breastSets), signInputs)

/** The same for diagnoses of mastitis and abscess. */
export const infectionInputs = inputs(drivingInputs(infectionSets), signInputs)

/** The diagnoses of one breast that drive a stage now, by family (clinical 5.1). */
export interface CurrentDiagnoses {
  mastitis: Finding
  abscess: Finding
  blockedDuct: Finding
  phlegmon: Finding
  engorgement: Finding
  nonLactational: Finding
  /** A current diagnosis of mastitis or abscess. */
  infection: Finding
  any: Finding
  /** A diagnosis of mastitis or abscess without any date that does not drive (clinical 6.1 row 15). */
  undated: Finding
  problems: readonly Problem[]
}

/** The newest moment of onset and recording, each as late as its date can mean; undefined without any date. */
export function newestDate({ onset, recorded, when }: Problem, now: Instant): Instant | undefined {
  const dates = [onset, recorded, when].flatMap((span) => (span ? [instantOf(span, now)] : []))
  return dates.length > 0 ? Math.max(...dates) : undefined
}

/**
 * Finds the diagnoses that drive: active, and recent or beside a current sign or under an antibiotic for this breast.
 *
 * Edge:    a diagnosis with an onset or recorded date exactly `dx.currentDays` ago drives.
 * Missing: an older diagnosis is cannot-tell when signs or antibiotics could not be read; without readable conditions
 *          every family that is not present is cannot-tell.
 */
export function currentDiagnoses(
  timeline: Timeline,
  breast: Breast,
  anySign: Finding,
  coveredNow: Finding,
): CurrentDiagnoses {
  const { now, parameters, facts, unreadable } = timeline
  const recent = now - daysInMs(parameters['dx.currentDays'])
  const support = anyOf('no current sign and no antibiotic for this breast', anySign, coveredNow)
  const active = breast.problems.filter((problem) => problem.active)
  const isRecent = (problem: Problem): boolean => (newestDate(problem, now) ?? -Infinity) >= recent
  const drives = (problem: Problem): boolean => support.verdict === 'present' || isRecent(problem)

  const family = (sets: readonly ConditionSet[], words: string): Finding => {
    const all = active.filter((problem) => isIn(problem, sets))
    const held = all.filter(drives)
    if (held.length > 0) return present(`${words} on record`, ...held.map(ofProblem))
    if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
    if (all.length > 0 && support.verdict === 'cannot-tell') return cannotTell(support.because)
    const unread = [...sets, 'breast-diagnosis' as const, 'condition' as const]
      .map((subject) => unreadable.get(subject))
      .find(Boolean)
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

/** The finding that a breast diagnosis drives (clinical 5.1). */
export const drivingDiagnosis = {
  name: 'driving-diagnosis',
  scope: 'side',
  means:
    'Does a breast diagnosis drive: active, and recent, or beside a current breast sign, or under antibiotic cover?',
  ...diagnosisInputs,
  edge: 'Onset or recorded date exactly the limit ago drives.',
  missing:
    'An older diagnosis cannot be told when signs or medicines could not be read; without readable conditions any.',
  find: ({ breast }) => breast.diagnoses.any,
} as const satisfies FindingDefinition<{ breast: { diagnoses: CurrentDiagnoses } }>

/** A diagnosis without any date (clinical 6.1 row 15). */
export const undatedDiagnosis = {
  name: 'undated-diagnosis',
  scope: 'side',
  means:
    'Is there an active mastitis or abscess without any date, without a sign and without an antibiotic for this breast?',
  ...supportedInputs(infectionSets),
  edge: 'Any date, even a year, ends it; a current sign or antibiotic makes the diagnosis drive instead.',
  missing:
    'Present also when signs or medicines could not be read: the question is whether the diagnosis is current.',
  find: ({ breast }) => breast.diagnoses.undated,
} as const satisfies FindingDefinition<{ breast: { diagnoses: CurrentDiagnoses } }>
