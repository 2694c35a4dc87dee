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

/** Read by the patient gate, which stands before every card (clinical 1.1). */
const readByTheGate: readonly string[] = ['sex', 'date_of_birth']

/** The attributes of a card: those of every card, replaced or completed by its own. */
export const attributesOf = (source: CardSource, everyCard: EveryCard): ReadonlyMap<string, string> =>
  new Map([...Object.entries(everyCard.attributes), ...Object.entries(source.attributes)])

/** A card lacks no attribute, and denies no fact that a rule reads (AUD-040). */
export function checkAttributes(source: CardSource, everyCard: EveryCard, report: Report): void {
  const attributes = attributesOf(source, everyCard)
  for (const name of required) {
    if (!attributes.has(name))
      report(['attributes'], `lacks the attribute "${name}"`, 'add it; "not used" is a value')
  }
  for (const name of readByTheGate) {
    if (!attributes.get(name)?.startsWith('used')) {
      report(['attributes', name], `denies "${name}", which the patient gate reads`, 'write "used: …"')
    }
  }
  for (const name of Object.keys(source.attributes)) {
    if (!required.includes(name))
      report(['attributes', name], `has the unknown attribute "${name}"`, 'remove it')
  }
}
