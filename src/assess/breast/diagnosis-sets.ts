import type { ConditionSet } from '../../terminology/concepts.js'
import type { Problem } from '../../facts/facts.js'

/** DX-mastitis of clinical 2.4. */
export const mastitisSets: readonly ConditionSet[] = [
  'mastitis-lactational',
  'mastitis-pregnancy',
  'mastitis-nos',
]

/** DX-abscess of clinical 2.4. */
export const abscessSets: readonly ConditionSet[] = [
  'abscess-lactational',
  'abscess-pregnancy',
  'abscess-nos',
]

/** Mastitis and abscess that can be lactational. */
export const infectionSets: readonly ConditionSet[] = [...mastitisSets, ...abscessSets]

/** Infections outside lactation: they count for sepsis, breast cancer and the non-lactational card only. */
export const nonLactationalSets: readonly ConditionSet[] = [
  'mastitis-nonlactational',
  'abscess-nonlactational',
]

/** Diagnoses whose onset can begin an episode (clinical 4.1). */
export const episodeSets: readonly ConditionSet[] = [...infectionSets, 'blocked-duct', 'phlegmon']

/** Every diagnosis of clinical 2.4 that can drive a stage or a card. */
export const breastSets: readonly ConditionSet[] = [...episodeSets, ...nonLactationalSets, 'engorgement']

/** Does a problem belong to one of these sets? */
export const isIn = (problem: Problem, sets: readonly ConditionSet[]): boolean =>
  problem.sets.some((set) => sets.includes(set))

/** Is a problem a breast diagnosis? */
export const isBreastDiagnosis = (problem: Problem): boolean => isIn(problem, breastSets)

/** The conditions that any rule about a breast reads, whether or not they drive. */
export const conditionsOfBreast: ReadonlySet<ConditionSet> = new Set<ConditionSet>([
  ...breastSets,
  'breast-cancer',
  'inflammatory-breast-cancer',
  'mrsa',
  'nipple-fissure',
])
