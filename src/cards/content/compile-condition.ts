import { findingNames, type FindingName } from '../../assess/finding-names.js'
import { stageRank, stages, type Stage } from '../../assess/stages.js'
import { conditionOf, type ConditionSource, type RowCondition, type StageNames } from '../row-condition.js'
import type { ReportProblem } from './compile-texts.js'
import { nameFix } from './nearest-name.js'

/** The stage of each stage finding; a row names such a finding only by `stage: […]`. */
const stageOfFinding: ReadonlyMap<string, Stage> = new Map(stages.map((stage) => [`stage-${stage}`, stage]))

const nameable: readonly string[] = Object.keys(findingNames).filter((name) => !stageOfFinding.has(name))

/**
 * Compiles one condition of a row and checks its names; undefined when a name is unknown. `report` notes problems at
 * the path of the condition.
 *
 * Shape: stages are checked from the highest to the lowest, whatever their order in the card.
 */
export function compileCondition(
  source: ConditionSource,
  report: ReportProblem,
): readonly RowCondition<FindingName>[] {
  const problems =
    typeof source === 'string' ? findingProblems(source) : source.stage.flatMap((name) => stageProblems(name))
  for (const { says, fix } of problems) report([], says, fix)
  if (problems.length > 0) return []
  const ordered = typeof source === 'string' ? source : { stage: highestFirst(source.stage) }
  return [conditionOf(ordered) as RowCondition<FindingName>]
}

interface NameProblem {
  says: string
  fix: string
}

function findingProblems(name: string): readonly NameProblem[] {
  const stage = stageOfFinding.get(name)
  if (stage !== undefined)
    return [{ says: `names the stage "${stage}" as a finding`, fix: `write "stage: [${stage}]"` }]
  if (Object.hasOwn(findingNames, name)) return []
  return [{ says: `unknown finding "${name}"`, fix: nameFix(name, nameable, 'src/assess/finding-names.ts') }]
}

const stageProblems = (name: string): readonly NameProblem[] =>
  stages.some((stage) => stage === name)
    ? []
    : [{ says: `unknown stage "${name}"`, fix: nameFix(name, stages, 'src/assess/stages.ts') }]

function highestFirst(named: StageNames): StageNames {
  const [...ordered]: StageNames = named
  return ordered.sort((one, other) => stageRank(other) - stageRank(one))
}
