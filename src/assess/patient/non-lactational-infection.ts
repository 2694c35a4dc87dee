import type { PatientContext } from '../context.js'
import type { FindingDefinition } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { infectionSets, isIn, nonLactationalSets } from '../breast/diagnosis-sets.js'
import { conditionWords } from '../words.js'

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
  facts: ['lactation', 'births', 'problems', 'signs', 'reads'],
  sets: [...infectionSets, ...nonLactationalSets, 'bf-status'],
  parameters: ['dx.currentDays'],
  edge: 'Any driving mastitis or abscess counts. Never after a loss.',
  missing: 'Cannot be told when status or conditions could not be read.',
  find: outsideLactation,
} as const satisfies FindingDefinition<PatientContext>
