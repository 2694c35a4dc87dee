import type { AllergyFact, DraftOrder, Facts } from '../facts/facts.js'
import { dayAndTimeOf, dayOf } from '../units/clock-words.js'
import { daysBetween, hoursInMs } from '../units/units.js'
import { allergyMatches } from './drafts/draft-allergy.js'
import { draftDrug } from './drafts/draft-medicine.js'
import { safetyReasons } from './drafts/suppressant-safety.js'
import type { PatientContext } from './context.js'
import { sepsisValues, type SepsisValues } from './sepsis/sepsis-values.js'
import { notMeasured } from './sepsis/not-measured.js'
import { careValues } from './patient/care-values.js'
import type { CardValues, PatientView } from './views.js'
import { capitalised, cutTo } from './words.js'
import type { Timeline } from './timeline.js'

/** The words that are the same for every breast. */
export type PatientValues = SepsisValues &
  Pick<
    CardValues,
    | 'fact'
    | 'infantAge'
    | 'allergies'
    | 'notMeasured'
    | 'dueTime'
    | 'acuteDay'
    | 'comfort'
    | 'maternityTeam'
    | 'milkIsSafe'
  >

/** The words about one draft. */
export type DraftValues = Pick<CardValues, 'drug' | 'reason' | 'allergy' | 'drugKind'>

/** The most characters of {drug}, {fact} and {reason} (clinical 6.2). */
const longest = 30

const cut = (words: string): string => cutTo(longest, words)

/**
 * The words about the patient that a card may print.
 *
 * Units:   infant age in whole days since the delivery, rounded down.
 * Missing: a missing value is "not known" or "could not be read", never an empty text.
 * Source:  clinical 6.2, 6.3
 */
export function patientValues(context: PatientContext, fact: string): PatientValues {
  const { timeline, patient } = context
  const { facts, now, parameters } = timeline
  const { deliveredAt } = patient
  const zone = parameters['time.defaultZone']
  return {
    ...sepsisValues(context),
    ...careValues(patient),
    fact: cut(fact),
    infantAge:
      deliveredAt === undefined
        ? 'infant age not known'
        : `infant age ${Math.floor(Math.max(0, daysBetween(deliveredAt, now)))} days`,
    allergies: allergyWords(facts),
    dueTime: dayAndTimeOf(now + hoursInMs(parameters['response.dueHours']), zone),
    acuteDay: dayOf(now + hoursInMs(parameters['ibc.acuteHours']), zone),
    notMeasured: patient.sepsis.level === 'none' ? '' : notMeasured(timeline),
  }
}

function allergyWords({ allergies, reads }: Facts): string {
  if (reads.allergies.state === 'unreadable') return 'could not be read'
  const named = new Set(allergies.flatMap(allergyNames))
  return named.size > 0 ? [...named].join(', ') : 'none on record'
}

/** The medicines that an allergy names, or else its classes; "penicillin (intolerance)" for a side effect. */
const allergyNames = ({ ingredients, classes, reaction }: AllergyFact): readonly string[] =>
  (ingredients.length > 0 ? ingredients : classes).map((name) =>
    reaction === 'intolerance' ? `${name} (intolerance)` : name,
  )

const noDraft: DraftValues = { drug: '', reason: '', allergy: '', drugKind: '' }

/**
 * The words about a draft: its medicine, the allergy that it meets, and the reason against a suppressant.
 *
 * Missing: a medicine known only by its class is "This medicine".
 * Source:  clinical 6.2
 */
export function draftValues(
  timeline: Timeline,
  patient: PatientView,
  draft: DraftOrder | undefined,
): DraftValues {
  if (!draft?.medicine) return noDraft
  const { sets } = draft.medicine
  const agonist = sets.includes('bromocriptine') || sets.includes('cabergoline')
  const [reason] = agonist ? safetyReasons(timeline, patient) : []
  const [match] = allergyMatches(timeline, draft)
  return {
    allergy: cut(match?.to ?? ''),
    drugKind: match?.why ?? '',
    drug: cut(capitalised(draftDrug(draft) || 'this medicine')),
    reason: cut(reason?.words ?? ''),
  }
}
