import { findingDefinitions } from '../assess/registry.js'
import type { Facts } from '../facts/facts.js'
import type { CardSource, EveryCard } from './card-source.js'
import type { Report } from './compile-texts.js'

/**
 * Attributes that every card must state, "not used" included; the list is data so that it can follow regulation.
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

/** Which attributes speak of a fact: to read the fact is to use what they name. */
const attributesOfFact: ReadonlyMap<keyof Facts, readonly string[]> = new Map([
  ['patient', ['sex', 'date_of_birth']],
  ['pregnancy', ['health_status_assessments']],
])

/** Attributes about people that no fact holds: a card that says "used" says what is not so. */
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

/** The patient gate stands before every card (clinical 1.1), and every feeding sentence asks for pregnancy (1.4). */
const readByEveryCall = ({ card }: CardSource): readonly (readonly [keyof Facts, string])[] => [
  ['patient', 'the patient gate'],
  ...(card.say_feeding === false ? [] : [['pregnancy', 'the feeding sentence'] as const]),
]

/** Each fact that stands behind a card, with the first reader that needs it. */
function factsRead(source: CardSource): ReadonlyMap<keyof Facts, string> {
  const readers = new Map(readByEveryCall(source))
  for (const { all = [], any = [], none = [] } of source.show_when) {
    for (const finding of [...all, ...any, ...none]) {
      for (const fact of factsOfFinding.get(finding) ?? []) {
        if (!readers.has(fact)) readers.set(fact, `the finding "${finding}"`)
      }
    }
  }
  return readers
}

/** The attributes of a card: those of every card, replaced or completed by its own. */
export const attributesOf = (source: CardSource, everyCard: EveryCard): ReadonlyMap<string, string> =>
  new Map([...Object.entries(everyCard.attributes), ...Object.entries(source.attributes)])

/** A card lacks no attribute, denies no fact that a rule reads, and claims none that nobody reads (AUD-040). */
export function checkAttributes(source: CardSource, everyCard: EveryCard, report: Report): void {
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
