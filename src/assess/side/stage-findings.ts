import type { Stage } from '../assessment.js'
import type { FindingName } from '../finding-names.js'
import { absent, cannotTell, present, type Finding } from '../finding.js'
import { infectionExplains } from './ibc.js'
import { persistentLump } from './lump.js'
import { stageOrder, type Staging } from './stage.js'
import type { Workup } from './workup.js'

const groups = {
  'stage-3-to-8': stageOrder.slice(0, 6),
  'stage-3-to-6': stageOrder.slice(0, 4),
  'stage-3-to-5': stageOrder.slice(0, 3),
  'stage-4-to-6': stageOrder.slice(1, 4),
  'stage-4-or-5': stageOrder.slice(1, 3),
  'stage-7-or-8': stageOrder.slice(4, 6),
} as const satisfies Partial<Record<FindingName, readonly Stage[]>>

/** Findings about the stage of one breast and the diagnoses and signs beside it (clinical 5.1, 5.2). */
export function stageFindings(workup: Workup, stages: Staging): readonly (readonly [FindingName, Finding])[] {
  const { dx, signs } = workup
  return [
    ...stageOrder.map((stage) => [`stage-${stage}`, isStage(stages, stage)] as const),
    ...Object.entries(groups).map(
      ([name, members]) => [name as keyof typeof groups, isOneOf(stages, members)] as const,
    ),
    ['driving-diagnosis', dx.any],
    ['undated-diagnosis', dx.undated],
    ['infection-explains-signs', infectionExplains(workup)],
    ['fluctuance', signs.fluctuance],
    ['persistent-lump', persistentLump(workup, stages)],
  ]
}

/** Missing: a higher stage that could not be told stays so beside the stage that was reached. */
function isStage({ stage, because, rows }: Staging, wanted: Stage): Finding {
  const row = rows.get(wanted)
  if (stage === wanted) return present(because, ...(row?.evidence ?? []))
  if (row?.verdict === 'cannot-tell' && isHigher(wanted, stage)) return cannotTell(row.because)
  return absent(row?.verdict === 'absent' ? row.because : `stage is ${stage.replaceAll('-', ' ')}`)
}

const isHigher = (one: Stage, other: Stage): boolean => stageOrder.indexOf(one) < stageOrder.indexOf(other)

function isOneOf(stages: Staging, members: readonly Stage[]): Finding {
  const each = members.map((member) => isStage(stages, member))
  const held = each.find(({ verdict }) => verdict === 'present')
  const unsure = each.find(({ verdict }) => verdict === 'cannot-tell')
  return held ?? unsure ?? absent(`stage is ${stages.stage.replaceAll('-', ' ')}`)
}
