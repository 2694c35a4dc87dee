import type { CodeableConcept } from 'fhir/r4.js'
import { antibioticClasses, type AntibioticClass } from '../../terminology/concepts.js'
import type { AllergyFact } from '../facts.js'
import { spanIn, timeOf } from '../fhir/instants.js'
import { ingredientsNamed } from '../medicines/medicine-names.js'
import { conceptOf, conceptTexts, conceptsOf, objectsOf, stringOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { noteBareCode } from '../statements/unknown-codes.js'
import { hasStatus, takenBack } from '../fhir/validity.js'

const over: ReadonlySet<string> = new Set(['inactive', 'resolved'])

/** What the words of one text say: each term of the allergy lists that is said, and each that is denied. */
interface Said {
  text: string
  present: ReadonlySet<string>
  denied: ReadonlySet<string>
  /** Where the text begins to name what was tolerated. */
  toleratedFrom?: number
}

function saidIn(text: string, { readText }: ReaderContext): Said {
  const { readings } = readText({ kind: 'allergy', text })
  const termsOf = (state: string) =>
    new Set(readings.filter((reading) => reading.state === state).map(({ term }) => term))
  const tolerated = readings.find(({ term, state }) => term === 'tolerated' && state === 'present')
  return {
    text,
    present: termsOf('present'),
    denied: termsOf('absent'),
    ...(tolerated?.start !== undefined && { toleratedFrom: tolerated.start }),
  }
}

/**
 * Reads an AllergyIntolerance to a medicine of clinical 2.6, or to a class of antibiotics.
 *
 * Edge:    inactive, resolved, refuted and de-labelled allergies are dropped, and so is a text that denies the allergy ("no known
 *          penicillin allergy"); an allergy without clinicalStatus is active. A medicine that "was tolerated" is not the allergen.
 * Missing: an allergy to anything else is no fact; one with neither a known code nor words is noted.
 * Source:  clinical changes C28
 */
export function readAllergy({ fields, source }: PatientResource, context: ReaderContext): void {
  const { budget, clock, collector } = context
  if (hasStatus(fields['verificationStatus'], takenBack)) return
  if (hasStatus(fields['clinicalStatus'], over)) return
  const reactions = budget.take(objectsOf(fields['reaction']))
  const substances = [
    conceptOf(fields['code']),
    ...reactions.flatMap((reaction) => conceptsOf(reaction['substance'])),
  ]
  const named = substances.flatMap(conceptTexts).map((text) => saidIn(text, context))
  const notes = budget.take(objectsOf(fields['note'])).flatMap(({ text }) => stringOf(text) ?? [])
  if (
    isTakenBack(
      named,
      notes.map((text) => saidIn(text, context)),
    )
  )
    return
  const allergen = allergenOf(substances, named, context)
  const when = spanIn(timeOf(fields['onsetDateTime'], clock) ?? timeOf(fields['recordedDate'], clock))
  if (allergen.ingredients.length === 0 && allergen.classes.length === 0) {
    noteBareCode('allergy', conceptOf(fields['code']), { source, when }, context)
    return
  }
  collector.allergies.push({
    ...allergen,
    reaction: reactionOf(named, reactions, fields['type'], context),
    ...provenance(source, when, false),
  })
}

function isTakenBack(named: readonly Said[], notes: readonly Said[]): boolean {
  if ([...named, ...notes].some(({ present }) => present.has('no-allergy'))) return true
  const isDenied = named.some(({ denied }) => denied.has('allergy'))
  return isDenied && !named.some(({ present }) => present.has('allergy'))
}

/** The medicines and classes that the substances name, without what the words say was tolerated. */
function allergenOf(
  substances: readonly (CodeableConcept | undefined)[],
  named: readonly Said[],
  context: ReaderContext,
): Pick<AllergyFact, 'ingredients' | 'classes'> {
  const concepts = substances.map((substance) => withoutTolerated(substance, named))
  const ingredients = [...new Set(concepts.flatMap((concept) => ingredientsNamed(concept, context)))]
  const words = new Set(named.flatMap(({ present }) => [...present]))
  const sets = new Set<string>([...context.codes.medicine(undefined, ingredients).sets, ...words])
  const isBetaLactam = words.has('beta-lactam')
  const classes = antibioticClasses.filter(
    (name) => sets.has(name) || (isBetaLactam && betaLactams.has(name)),
  )
  return { ingredients, classes }
}

const betaLactams: ReadonlySet<AntibioticClass> = new Set(['penicillin', 'cephalosporin'])

/** The concept with each text cut where it begins to name what was tolerated; the first medicine of a text is kept. */
function withoutTolerated(
  concept: CodeableConcept | undefined,
  named: readonly Said[],
): CodeableConcept | undefined {
  const cut = (words: string): string => {
    const from = named.find(({ text }) => text === words)?.toleratedFrom
    return from === undefined ? words : words.slice(0, from)
  }
  if (!concept) return undefined
  const { text, coding } = concept
  return {
    ...(coding && {
      coding: coding.map(({ display, ...code }) =>
        display === undefined ? code : { ...code, display: cut(display) },
      ),
    }),
    ...(text !== undefined && { text: cut(text) }),
  }
}

/**
 * The worst reaction on record.
 *
 * Edge: a side effect such as nausea is no allergy only while every reaction on record is one; a record of the type "intolerance"
 *       counts as such where neither a reaction nor the word allergy stands in it.
 */
function reactionOf(
  named: readonly Said[],
  reactions: readonly Fields[],
  type: unknown,
  context: ReaderContext,
): AllergyFact['reaction'] {
  const described = reactions.map((reaction) =>
    [
      ...context.budget.take(conceptsOf(reaction['manifestation'])).flatMap(conceptTexts),
      ...(stringOf(reaction['description']) === undefined ? [] : [String(reaction['description'])]),
    ].map((text) => saidIn(text, context)),
  )
  const all = [...named, ...described.flat()]
  const says = (term: string): boolean => all.some(({ present }) => present.has(term))
  if (says('anaphylaxis')) return 'anaphylaxis'
  if (says('angioedema')) return 'angioedema'
  if (says('allergic-reaction')) return 'allergic'
  const isSideEffect = (texts: readonly Said[]): boolean =>
    texts.some(({ present }) => present.has('intolerance'))
  if (described.length > 0) return described.every(isSideEffect) ? 'intolerance' : 'unknown'
  if (isSideEffect(named)) return 'intolerance'
  return type === 'intolerance' && !says('allergy') ? 'intolerance' : 'unknown'
}
