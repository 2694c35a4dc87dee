/** Stages as card.yaml lists them: at least one. */
export type StageNames = readonly [string, ...string[]]

/** A condition of a row as card.yaml writes it: the name of a finding, or `stage: [bacterial-mastitis, phlegmon]`. */
export type ConditionSource = string | { stage: StageNames }

/**
 * A condition of a row: one of these findings is present.
 *
 * Shape: `findings` holds one name, or one for each stage that the row names; a breast has one stage at a time.
 */
export interface RowCondition<Name extends string = string> {
  /** Words such as "failed", or "stage phlegmon or bacterial mastitis". */
  words: string
  findings: readonly [Name, ...Name[]]
}

/** Writes a condition in words, and lists its findings. */
export function conditionOf(source: ConditionSource): RowCondition {
  if (typeof source === 'string') return { words: source, findings: [source] }
  const [first, ...others] = source.stage
  const words = source.stage.map((stage) => stage.replaceAll('-', ' '))
  const last = words.pop() ?? ''
  return {
    words: `stage ${words.length === 0 ? last : `${words.join(', ')} or ${last}`}`,
    findings: [`stage-${first}`, ...others.map((stage) => `stage-${stage}`)],
  }
}
