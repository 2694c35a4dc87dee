import { findingDefinitions } from '../../assess/registry.js'
import type { Facts } from '../../facts/facts.js'
import type { CardSource, EveryCard } from '../card-source.js'
import { conditionOf } from '../row-condition.js'
import type { ReportProblem } from './compile-texts.js'

/**
 * The attributes that every card must state, if only as "not used"; the list is data so that it can follow regulation.
 *
 * Source: 45 CFR 170.315(b)(11)(iv)(A); audit requirements 3 (AUD-040, AUD-041). The bibliographic citation, the
 *         release and revision dates, the rule logic and the review-by date are made from the card itself.
 */
const required: readonly string[] = [
  'developer',
  'funding',
  'race',
  'ethnicity',
  'language',
  'sexual_orientation',
  'gender_identity',
  'sex',
  'date_of_birth',
  'social_determinants',
  'health_status_assessments',
  'intended_use',
  'intended_user',
  'population',
  'exclusions',
  'evidence_grade',
  'limits',
  'required_data',
  'contact',
]

/** The attributes that a list of facts touches: a card that reads the facts uses these attributes. */
const attributesOfFact: ReadonlyMap<keyof Facts, readonly string[]> = new Map([
  ['patient', ['sex', 'date_of_birth']],
  ['pregnancy', ['health_status_assessments']],
])

/** Attributes about people that no fact holds; a card that states "used" for one of them is wrong. */
const neverRead: readonly string[] = [
  'race',
  'ethnicity',
  'language',
  'sexual_orientation',
  'gender_identity',
  'social_determinants',
]

const factsOfFinding: ReadonlyMap<string, readonly (keyof Facts)[]> = new Map(
  findingDefinitions.map(({ name, facts }) => [name, facts]),
)

/**
 * The facts that every card reads: those of the gate (clinical 1.1), and pregnancy for every feeding sentence (1.4).
 */
const readByEveryCall = ({ card }: CardSource): readonly (readonly [keyof Facts, string])[] => [
  ['patient', 'the patient gate'],
  ...(card.feeding === 'never' ? [] : [['pregnancy', 'the feeding sentence'] as const]),
]

/** Each list of facts that a card reads, with the first finding that reads it. */
function factsRead(source: CardSource): ReadonlyMap<keyof Facts, string> {
  const readers = new Map(readByEveryCall(source))
  for (const { all = [], any = [], none = [] } of source.show_when) {
    for (const finding of [...all, ...any, ...none].flatMap((condition) => conditionOf(condition).findings)) {
      for (const fact of factsOfFinding.get(finding) ?? []) {
        if (!readers.has(fact)) readers.set(fact, `the finding "${finding}"`)
      }
    }
  }
  return readers
}

/** The attributes of a card: those of every card, replaced or completed by the card's own. */
export const attributesOf = (source: CardSource, everyCard: EveryCard): ReadonlyMap<string, string> =>
  new Map([...Object.entries(everyCard.attributes), ...Object.entries(source.attributes)])

/**
 * Checks that a card states every attribute, denies none that a finding reads, and claims none that no finding reads
 * (AUD-040).
 */
export function checkAttributes(source: CardSource, everyCard: EveryCard, report: ReportProblem): void {
  const attributes = attributesOf(source, everyCard)
  for (const name of required) {
    if (!attributes.has(name))
      report(['attributes'], `lacks the attribute "${name}"`, 'add it; "not used" is a value')
  }
  for (const [fact, reader] of factsRead(source)) {
    for (const name of attributesOfFact.get(fact) ?? []) {
      if (!attributes.get(name)?.startsWith('used'))
        report(['attributes', name], `denies "${name}", which ${reader} reads`, 'write "used: …"')
    }
  }
  for (const name of neverRead) {
    if (attributes.get(name)?.startsWith('used'))
      report(['attributes', name], `claims to use "${name}", which no rule reads`, 'write "not used"')
  }
  for (const name of Object.keys(source.attributes)) {
    if (!required.includes(name))
      report(['attributes', name], `has the unknown attribute "${name}"`, 'remove it')
  }
}
