import type { JudgedSide } from '../context.js'
import type { BreastEvidence, PatientView } from '../views.js'
import { breasts } from './breasts.js'
import { otherInfectionFinding, otherInfections } from '../patient/other-infection.js'
import { examined } from './examined-breast.js'
import { feverExplained } from './signs/fever-explained.js'
import { isIn, abscessSets, mastitisSets } from './diagnosis-sets.js'
import { antibioticExposures } from './antibiotics/exposures.js'
import { ibcRules } from './cancer/ibc.js'
import { scanToRepeat } from './imaging/rescan.js'
import { fullness } from './signs/inflammation.js'
import type { JudgedBreast } from './judged-breast.js'
import { staging } from './stage/stage.js'
import { stageRank } from '../stages.js'
import { systemicSignsOf } from './signs/temperature.js'
import type { Timeline } from '../timeline.js'
import { valuesOf } from './values.js'
import { weakEvidence, weakElements } from './cancer/weak.js'
import { workup, type SharedByBreasts, type Workup } from './workup.js'

/**
 * Judges every breast with evidence by every rule; the leading breast comes first.
 *
 * Shape:   left, right, and `unspecified` when facts without a side join no breast; one `unspecified` view without any
 *          evidence. The breast with the higher stage leads, then the one with more hours of antibiotics.
 * Missing: unread facts make the findings that need them cannot-tell, never absent.
 * Source:  clinical 2.8, 4, 5.1-5.3, 8
 */
export function sideViews(timeline: Timeline, patient: PatientView): readonly JudgedSide[] {
  const systemicSigns = systemicSignsOf(timeline, patient)
  const infections = otherInfections(timeline, patient.problems)
  const { coveredForAnyReason, ...exposures } = antibioticExposures(timeline, patient)
  const seen = breasts(timeline).map((breast) => examined(timeline, breast, exposures, infections))
  const shared: SharedByBreasts = {
    timeline,
    patient,
    systemicSigns,
    coveredForAnyReason,
    infections,
    fullness: fullness(seen, systemicSigns),
    feverExplained: feverExplained(otherInfectionFinding(timeline, patient.problems), seen),
  }
  return seen.map((each) => view(judged(workup(shared, each)))).sort(leadingFirst)
}

function judged(work: Workup): JudgedBreast {
  const context = { ...work, weak: weakElements(work), stages: staging(work) }
  return { ...context, ibc: ibcRules(context) }
}

function leadingFirst(one: JudgedSide, other: JudgedSide): number {
  const byStage = stageRank(other.stage) - stageRank(one.stage)
  return byStage !== 0 ? byStage : other.cover.hoursAny - one.cover.hoursAny
}

function view(judgedBreast: JudgedBreast): JudgedSide {
  const { breast, episode, cover, course, stages } = judgedBreast
  const repeat = scanToRepeat(judgedBreast)
  return {
    side: breast.side,
    evidence: evidence(judgedBreast),
    ...(episode.start !== undefined && { episodeStart: episode.start }),
    cover,
    response: course.response,
    stage: stages.stage,
    ...(repeat && { rescanFrom: repeat.scan.at }),
    values: valuesOf(judgedBreast, repeat),
    breast: judgedBreast,
  }
}

function evidence({
  signs,
  systemicSigns,
  diagnoses,
  inflamed,
  fullness,
  weak,
}: JudgedBreast): BreastEvidence {
  const main = [...mastitisSets, ...abscessSets]
  return {
    fever: systemicSigns.fever,
    systemic: systemicSigns.systemic,
    pain: signs.pain,
    erythema: signs.erythema,
    colour: signs.colour,
    warmth: signs.warmth,
    swelling: signs.swelling,
    lump: signs.lump,
    fluctuance: signs.fluctuance,
    focal: signs.focal,
    inflamed,
    fullness: fullness,
    strong: signs.strong,
    weak: weakEvidence(weak),
    ...(systemicSigns.newest && { newestTemperature: systemicSigns.newest.fact }),
    drivingMastitis: diagnoses.problems.filter((problem) => isIn(problem, mastitisSets)),
    drivingAbscess: diagnoses.problems.filter((problem) => isIn(problem, abscessSets)),
    drivingOther: diagnoses.problems.filter((problem) => !isIn(problem, main)),
    anySign: signs.anySign.verdict === 'present',
  }
}
