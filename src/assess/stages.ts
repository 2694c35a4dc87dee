/** The stages of a breast, from the highest to the lowest; `none` when no row of the stage table holds. */
export const stages = [
  'abscess',
  'phlegmon',
  'bacterial-mastitis',
  'inflammatory-mastitis',
  'blocked-duct',
  'engorgement',
  'none',
] as const

export type Stage = (typeof stages)[number]

/** Stages 3 to 6: the breast is infected or inflamed, and not only full or blocked. */
export const inflamedStages: ReadonlySet<Stage> = new Set<Stage>([
  'abscess',
  'phlegmon',
  'bacterial-mastitis',
  'inflammatory-mastitis',
])

const lowestFirst: readonly string[] = [...stages].reverse()

/** How high a stage is: `none` is 0, an abscess the highest. A word that is no stage ranks with `none`. */
export const stageRank = (stage: string): number => Math.max(0, lowestFirst.indexOf(stage))

/** A stage in words: "bacterial mastitis". */
export const stageInWords = (stage: Stage): string => stage.replaceAll('-', ' ')
