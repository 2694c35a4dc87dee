import { antibioticClasses, type AntibioticClass } from '../../terminology/concepts.js'
import type { AllergyFact, DraftOrder, NoExposure } from '../../facts/facts.js'
import type { DraftContext } from '../context.js'
import { inputs, unreadInputs, type FindingDefinition } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import { absent, cannotTell, present, type Finding } from '../finding.js'
import type { Timeline } from '../timeline.js'
import { draftDrug, draftEvidence } from './draft-medicine.js'

/** What a medicine is made of, and its classes. */
type Substance = Pick<NonNullable<DraftOrder['medicine']>, 'ingredients' | 'sets'>

/** An allergy on record that the drafted antibiotic meets. */
export interface AllergyMatch {
  allergy: AllergyFact
  /** The name of the allergy: "penicillin". */
  to: string
  /** Why the drafted medicine meets the allergy: "dicloxacillin is a penicillin". */
  why: string
}

/** A draft with one of these gives the patient no medicine that could reach the whole body. */
const givesNone: ReadonlySet<NoExposure | undefined> = new Set<NoExposure>([
  'do-not-perform',
  'not-given',
  'route',
])

/** Cephalosporins with a side chain like that of a penicillin (clinical changes C28). */
const alikeToPenicillin: ReadonlySet<string> = new Set(['cephalexin', 'cefadroxil', 'cefaclor', 'cefradine'])

const severe: ReadonlySet<AllergyFact['reaction']> = new Set(['anaphylaxis', 'angioedema'])

/**
 * The allergies on record that the drafted antibiotic meets: of the same class, to the medicine itself or a part of it, or a severe
 * one to penicillins with a cephalosporin alike.
 *
 * Edge:   a side effect such as nausea is no allergy; a milder penicillin allergy says nothing against a cephalosporin.
 * Source: clinical changes C28
 */
export function allergyMatches({ facts }: Timeline, draft: DraftOrder): readonly AllergyMatch[] {
  const medicine = draft.medicine
  if (!medicine || medicine.cover === 'none' || givesNone.has(medicine.noExposure)) return []
  return allergiesTo(facts.allergies, medicine, draftDrug(draft) || 'the antibiotic')
}

/**
 * The allergies that this medicine meets, as for a draft.
 *
 * Source: clinical changes C28
 */
export const allergiesTo = (
  allergies: readonly AllergyFact[],
  medicine: Substance,
  drug: string,
): readonly AllergyMatch[] =>
  allergies
    .filter(({ reaction }) => reaction !== 'intolerance')
    .flatMap((allergy) => {
      const match = matchOf(allergy, medicine, drug)
      return match ? [{ allergy, ...match }] : []
    })

function matchOf(
  allergy: AllergyFact,
  medicine: Substance,
  drug: string,
): Pick<AllergyMatch, 'to' | 'why'> | undefined {
  const shared = classesOf(medicine).find((name) => allergy.classes.includes(name))
  if (shared) return { to: shared, why: `${drug} is a ${shared}` }
  const same = allergy.ingredients.find((ingredient) => isPart(ingredient, medicine))
  if (same !== undefined) return { to: same, why: `${drug} is, or holds, ${same}` }
  const alike = medicine.ingredients.some((ingredient) => alikeToPenicillin.has(ingredient))
  return alike && allergy.classes.includes('penicillin') && severe.has(allergy.reaction)
    ? { to: 'penicillin', why: `${drug} is alike to some penicillins` }
    : undefined
}

const classesOf = ({ sets }: Substance): readonly AntibioticClass[] =>
  antibioticClasses.filter((name) => sets.includes(name))

/** Is the ingredient the medicine, or a part of a combination ("sulfamethoxazole-trimethoprim")? */
const isPart = (ingredient: string, { ingredients }: Substance): boolean =>
  ingredients.some((drafted) => drafted === ingredient || drafted.split('-').includes(ingredient))

const reactionWords: Readonly<Record<AllergyFact['reaction'], string>> = {
  anaphylaxis: ' (anaphylaxis)',
  angioedema: ' (swelling of face or throat)',
  allergic: '',
  intolerance: ' (intolerance)',
  unknown: '',
}

/** An allergy in words: "penicillin allergy (anaphylaxis)". */
export const allergyName = (to: string, { reaction }: AllergyFact): string =>
  `${to} allergy${reactionWords[reaction]}`

function draftAllergyFinding(timeline: Timeline, draft: DraftOrder): Finding {
  const matches = allergyMatches(timeline, draft)
  if (matches.length > 0) {
    const reasons = [...new Set(matches.map(({ why }) => why))].join('; ')
    return present(
      `${reasons}, and an allergy is on record`,
      draftEvidence(draft, draftDrug(draft) || 'antibiotic'),
      ...matches.map(({ allergy, to }) => evidenceOf(allergy, allergyName(to, allergy))),
    )
  }
  const isAntibiotic = draft.medicine !== undefined && draft.medicine.cover !== 'none'
  return isAntibiotic && timeline.facts.reads.allergies.state === 'unreadable'
    ? cannotTell('allergies could not be read')
    : absent('no allergy on record that the draft meets')
}

/** The finding that an antibiotic is drafted against an allergy on record (clinical 7 rule 2d). */
export const draftAllergy = {
  name: 'draft-allergy',
  scope: 'draft',
  means: 'Is an antibiotic drafted whose class, or which itself, an active allergy names?',
  ...inputs(unreadInputs, { facts: ['drafts', 'allergies'], sets: antibioticClasses, parameters: [] }),
  edge: 'A side effect such as nausea is no allergy. Penicillin anaphylaxis or angio-oedema counts for cephalexin, cefadroxil, cefaclor and cefradine; another penicillin allergy does not count for a cephalosporin.',
  missing: 'Cannot be told when allergies could not be read.',
  find: ({ timeline, draft }) => draftAllergyFinding(timeline, draft),
} as const satisfies FindingDefinition<DraftContext>
