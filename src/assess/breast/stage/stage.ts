import type { FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { stages, type Stage } from '../../stages.js'
import { abscessRow } from './stage-abscess.js'
import { blockedDuctRow } from './stage-blocked-duct.js'
import { engorgementRow } from './stage-engorgement.js'
import { stasisInputs } from './stage-inputs.js'
import { bacterialRow, inflammatoryRow } from './stage-mastitis.js'
import { isStage, type OfStages, type Staging } from './stage-order.js'
import { phlegmonRow } from './stage-phlegmon.js'
import type { Workup } from '../workup.js'

/**
 * Judges the decision table of clinical 5.2: the first row that holds is the stage.
 *
 * Missing: a row that cannot be told is passed over, so that readable facts still give a stage; the finding of that
 *          row stays cannot-tell.
 */
export function staging(workup: Workup): Staging {
  const rows = new Map<Stage, Finding>([
    ['abscess', abscessRow(workup)],
    ['phlegmon', phlegmonRow(workup)],
    ['bacterial-mastitis', bacterialRow(workup)],
    ['inflammatory-mastitis', inflammatoryRow(workup)],
    ['blocked-duct', blockedDuctRow(workup)],
    ['engorgement', engorgementRow(workup)],
  ])
  const stage = stages.find((each) => rows.get(each)?.verdict === 'present') ?? 'none'
  const because = rows.get(stage)?.because ?? 'no row of the stage table holds'
  return { stage, because, rows }
}

/** The finding that no row of clinical 5.2 holds. */
export const stageNone = {
  name: 'stage-none',
  scope: 'side',
  means: 'Does no row of the stage table hold for this breast?',
  ...stasisInputs,
  edge: 'Flags such as suspected breast cancer can hold without a stage.',
  missing: 'Present also when a higher row cannot be told; that row then says so itself.',
  find: ({ breast }) => isStage(breast.stages, 'none'),
} as const satisfies FindingDefinition<OfStages>
