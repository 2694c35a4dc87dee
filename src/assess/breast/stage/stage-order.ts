import { stageInWords, stageRank, stages, type Stage } from '../../stages.js'
import { absent, present, type Finding } from '../../finding.js'
import { withReason } from '../../logic.js'

/** The finding of each row of the decision table, and the first row that holds. */
export interface Staging {
  stage: Stage
  because: string
  rows: ReadonlyMap<Stage, Finding>
}

/** The part of the context that the findings about a stage read. */
export interface OfStages {
  breast: { stages: Staging }
}

/** The words on missing facts for the finding of every stage. */
export const passedOver =
  'A sign that is not charted is absent. A row whose facts could not be read, or were charted as unknown, cannot be ' +
  'told; the next row that holds is then the stage, and this row stays cannot-tell above it.'

/** The reason why the finding of another stage is absent: "stage is bacterial mastitis". */
const otherStage = Object.fromEntries(
  stages.map((stage) => [stage, absent(`stage is ${stageInWords(stage)}`)]),
) as Record<Stage, Finding>

/**
 * Is this the stage of the breast?
 *
 * Missing: the finding of a higher stage that could not be told stays cannot-tell beside the stage that holds.
 */
export function isStage({ stage, because, rows }: Staging, wanted: Stage): Finding {
  const row = rows.get(wanted)
  if (stage === wanted) {
    const words = `stage ${stageInWords(stage)}: ${because}`
    return row ? withReason(row, words) : present(words)
  }
  if (row?.verdict === 'absent') return row
  return row?.verdict === 'cannot-tell' && stageRank(wanted) > stageRank(stage) ? row : otherStage[stage]
}
