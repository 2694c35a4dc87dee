import type { PatientContext } from '../context.js'
import { inputs, unreadInputs, type FindingDefinition } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { infectionSets, isIn, nonLactationalSets } from '../breast/diagnosis-sets.js'
import { drivingInputs } from '../breast/current-diagnoses.js'
import { conditionWords } from '../words.js'
import { lactationStatusInputs } from './lactation-status.js'
import { lossInputs } from './loss.js'

function outsideLactation({ timeline, patient, sides }: PatientContext): Finding {
  const { lactation, loss } = patient
  if (loss.verdict === 'present') return absent(loss.because, ...loss.evidence)
  if (lactation.status !== 'not-lactating') {
    return lactation.unsettled === undefined
      ? absent(lactation.because, ...lactation.evidence)
      : cannotTell(lactation.unsettled, ...lactation.evidence)
  }
  const infections = new Set(
    sides.flatMap(({ evidence: { drivingMastitis, drivingAbscess, drivingOther } }) => [
      ...drivingMastitis,
      ...drivingAbscess,
      ...drivingOther.filter((problem) => isIn(problem, nonLactationalSets)),
    ]),
  )
  if (infections.size > 0) {
    const evidence = [...infections].map((problem) => evidenceOf(problem, infectionWords(problem.sets)))
    return present('recorded as not lactating, with a current breast infection', ...evidence)
  }
  if (timeline.facts.reads.conditions.state === 'unreadable')
    return cannotTell('conditions could not be read')
  return absent('no current breast infection')
}

const infectionWords = ([first]: readonly (keyof typeof conditionWords)[]): string =>
  first ? conditionWords[first] : 'breast infection'

/** The finding of a breast infection outside lactation (clinical 1.2). */
export const nonLactationalInfection = {
  name: 'non-lactational-infection',
  scope: 'patient',
  means: 'Is there a current breast infection in a woman recorded as not lactating?',
  ...inputs(
    lactationStatusInputs,
    unreadInputs,
    lossInputs,
    drivingInputs([...infectionSets, ...nonLactationalSets]),
  ),
  edge: 'Any driving mastitis or abscess counts. Never after a loss.',
  missing: 'Cannot be told when status or conditions could not be read.',
  find: outsideLactation,
} as const satisfies FindingDefinition<PatientContext>
