import type { Stage } from '../assessment.js'
import type { FindingName } from '../finding-names.js'
import { absent, present, type Finding } from '../finding.js'
import { infectionExplains } from './ibc.js'
import { worded } from './logic.js'
import { persistentLump } from './lump.js'
import { stageOrder, type Staging } from './stage.js'
import type { Findings, Workup } from './workup.js'

/** The finding of each stage; names are made once, not for every breast. */
const stageNames = stageOrder.map((stage) => [stage, `stage-${stage}`] as const)
const names = stageNames.map(([, name]) => name)

const groups = [
  ['stage-3-to-8', names.slice(0, 6)],
  ['stage-3-to-6', names.slice(0, 4)],
  ['stage-3-to-5', names.slice(0, 3)],
  ['stage-4-to-6', names.slice(1, 4)],
  ['stage-4-or-5', names.slice(1, 3)],
  ['stage-7-or-8', names.slice(4, 6)],
] as const satisfies readonly (readonly [FindingName, readonly FindingName[]])[]

/** "stage is bacterial mastitis": why a finding on another stage is absent. */
const otherStage = Object.fromEntries(
  stageOrder.map((stage) => [stage, absent(`stage is ${stage.replaceAll('-', ' ')}`)]),
) as Record<Stage, Finding>

/** Adds the findings about the stage of one breast and the diagnoses and signs beside it (clinical 5.1, 5.2). */
export function addStageFindings(into: Findings, workup: Workup, stages: Staging): void {
  const { dx, signs } = workup
  const other = otherStage[stages.stage]
  for (const [stage, name] of stageNames) into.set(name, isStage(stages, stage, other))
  for (const [name, members] of groups) into.set(name, isOneOf(into, members, other))
  into.set('driving-diagnosis', dx.any)
  into.set('undated-diagnosis', dx.undated)
  into.set('infection-explains-signs', infectionExplains(workup))
  into.set('fluctuance', signs.fluctuance)
  into.set('persistent-lump', persistentLump(workup, stages))
}

/** Missing: a higher stage that could not be told stays so beside the stage that was reached. */
function isStage({ stage, because, rows }: Staging, wanted: Stage, other: Finding): Finding {
  const row = rows.get(wanted)
  if (stage === wanted) {
    const words = `stage ${stage.replaceAll('-', ' ')}: ${because}`
    return row ? worded(row, words) : present(words)
  }
  if (row?.verdict === 'absent') return row
  return row?.verdict === 'cannot-tell' && isHigher(wanted, stage) ? row : other
}

const isHigher = (one: Stage, another: Stage): boolean =>
  stageOrder.indexOf(one) < stageOrder.indexOf(another)

function isOneOf(findings: Findings, members: readonly FindingName[], other: Finding): Finding {
  let unsure: Finding | undefined
  for (const member of members) {
    const finding = findings.get(member)
    if (finding?.verdict === 'present') return finding
    if (finding?.verdict === 'cannot-tell') unsure ??= finding
  }
  return unsure ?? other
}
