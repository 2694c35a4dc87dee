import { breastSourceInfection, breastSourceOld } from './breast-source.js'
import { agoWords } from '../../units/clock-words.js'
import type { PatientContext } from '../context.js'
import type { CardValues } from '../views.js'
import { capitalised, conditionWords, signWords } from '../words.js'
import { criteriaWords, firstCriterionWords } from './criteria-words.js'
import { otherInfections } from '../patient/other-infection.js'

/** The words of a card about a positive sepsis screen; all empty while the screen is negative. */
export type SepsisValues = Pick<
  CardValues,
  | 'criteria'
  | 'firstCriterion'
  | 'sepsisAge'
  | 'sepsisTiming'
  | 'sepsisFirst'
  | 'sepsisSource'
  | 'otherSource'
  | 'severeSign'
  | 'SevereSign'
  | 'milkRemoval'
>

/**
 * The words of a card about the sepsis screen.
 *
 * Edge:   milk removal is named only where a breast infection is the source, milk is made, and no loss is on record.
 * Source: clinical 5.4, 6.3
 */
export function sepsisValues(context: PatientContext): SepsisValues {
  const { timeline, patient } = context
  const { sepsis } = patient
  const severe = sepsis.severe ? signWords[sepsis.severe.name] : ''
  const [other] = otherInfections(timeline, patient.problems)
  const infection = breastSourceInfection.find(context).verdict === 'present'
  const old = breastSourceOld.find(context).verdict === 'present'
  return {
    criteria: criteriaWords(sepsis),
    firstCriterion: firstCriterionWords(sepsis),
    sepsisAge: ageWords(context),
    sepsisTiming: sepsis.withinHour ? 'within 1 h' : 'by the local pathway',
    sepsisFirst: sepsis.fluids ? 'fluids' : 'lactate',
    sepsisSource: infection
      ? 'breast infection on record'
      : old
        ? 'source not established'
        : 'breast symptoms only',
    otherSource: other ? conditionWords[other.set] : '',
    severeSign: severe,
    SevereSign: capitalised(severe),
    milkRemoval: infection && makesMilk(context) ? ' Milk removal goes on: it is source control.' : '',
  }
}

const makesMilk = ({ patient: { lactation, loss } }: PatientContext): boolean =>
  (lactation.status === 'lactating' || lactation.status === 'probable') && loss.verdict === 'absent'

/** How long ago the newest criterion was measured: "20 min ago", from two hours on "3 h ago". */
function ageWords({ timeline: { now }, patient: { sepsis } }: PatientContext): string {
  const times = sepsis.criteria.flatMap(({ evidence: { when } }) =>
    when ? [Math.min(when.latest, now)] : [],
  )
  return times.length === 0 ? '' : agoWords(Math.max(...times), now)
}
