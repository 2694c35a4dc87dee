import type { BreastEvidence, Moment, PatientView, SideView } from '../views.js'
import { breasts } from './breasts.js'
import { addClockFindings } from './clock-findings.js'
import { addDoneFindings } from './done-findings.js'
import { isIn, abscessSets, mastitisSets } from './diagnosis-sets.js'
import { exposures, type Exposures } from './exposure.js'
import { addIbcFindings } from './ibc.js'
import { fullness } from './inflammation.js'
import { breastSignsOf } from './signs.js'
import { addStageFindings } from './stage-findings.js'
import { stageOrder, staging, type Staging } from './stage.js'
import { illness, type Illness } from './temperature.js'
import { timeline, type Timeline } from './timeline.js'
import { isUnremarkable, unremarkable, type WorkUp } from './unremarkable.js'
import { valuesOf } from './values.js'
import { weakEvidence, weakElements, type WeakElement } from './weak.js'
import { workup, type Findings, type Workup } from './workup.js'

/**
 * Every breast with evidence, staged and with all its findings; the leading one first.
 *
 * Shape:   left, right, and `unspecified` when facts without a side join no breast; one `unspecified` view when there
 *          is no evidence at all. Leading is the higher stage, then more hours of antibiotics.
 * Missing: what could not be read makes the findings that need it cannot-tell, never absent.
 * Source:  clinical 2.8, 4, 5.1-5.3, 8.
 */
export function sideViews(moment: Moment, patient: PatientView): readonly SideView[] {
  const line = timeline(moment)
  const sick = illness(line, patient)
  const exposed = exposures(line, patient)
  return isUnremarkable(line, sick, exposed)
    ? [unremarkable(line, sick, workedUp)]
    : judged(line, patient, sick, exposed)
}

/** The same by the ordinary rules alone, whatever the chart holds. */
export const workedUp: WorkUp = (moment, patient) => {
  const line = timeline(moment)
  return judged(line, patient, illness(line, patient), exposures(line, patient))
}

function judged(
  line: Timeline,
  patient: PatientView,
  sick: Illness,
  exposed: Exposures,
): readonly SideView[] {
  const examined = breasts(line).map((breast) => [breast, breastSignsOf(line, breast)] as const)
  const shared = { timeline: line, patient, sick, exposed, full: fullness(examined, sick) }
  const staged = examined.map(([breast, signs]) => {
    const work = workup(shared, breast, signs)
    return view(work, staging(work, patient))
  })
  return staged.sort(leadingFirst)
}

function leadingFirst(one: SideView, other: SideView): number {
  const byStage = stageOrder.indexOf(one.stage) - stageOrder.indexOf(other.stage)
  return byStage !== 0 ? byStage : other.cover.hoursAny - one.cover.hoursAny
}

function view(work: Workup, stages: Staging): SideView {
  const weak = weakElements(work)
  const { breast, current, clocks, course } = work
  const findings: Findings = new Map()
  addStageFindings(findings, work, stages)
  addClockFindings(findings, work)
  addDoneFindings(findings, work)
  addIbcFindings(findings, { weak, stages, ...work })
  return {
    side: breast.side,
    evidence: evidence(work, weak),
    ...(current.start !== undefined && { episodeStart: current.start }),
    cover: clocks,
    response: course.response,
    stage: stages.stage,
    findings,
    values: valuesOf(work, stages.stage),
  }
}

function evidence({ signs, sick, dx, inflamed, full }: Workup, weak: readonly WeakElement[]): BreastEvidence {
  const main = [...mastitisSets, ...abscessSets]
  return {
    fever: sick.fever,
    systemic: sick.systemic,
    pain: signs.pain,
    erythema: signs.erythema,
    colour: signs.colour,
    warmth: signs.warmth,
    swelling: signs.swelling,
    lump: signs.lump,
    fluctuance: signs.fluctuance,
    focal: signs.focal,
    inflamed,
    fullness: full,
    strong: signs.strong,
    weak: weakEvidence(weak),
    ...(sick.newest && { newestTemperature: sick.newest.fact }),
    drivingMastitis: dx.problems.filter((problem) => isIn(problem, mastitisSets)),
    drivingAbscess: dx.problems.filter((problem) => isIn(problem, abscessSets)),
    drivingOther: dx.problems.filter((problem) => !isIn(problem, main)),
    anySign: signs.anySign.verdict === 'present',
  }
}
