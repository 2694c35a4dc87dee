import type { Problem } from '../../facts/facts.js'
import type { PatientContext } from '../context.js'
import { inputs, type FindingDefinition } from '../definition.js'
import { severeSoftTissueSigns } from '../../terminology/breast-conditions.js'
import { evidenceOf } from '../evidence.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { activeIn } from '../patient/problem-index.js'
import { abscessSets, infectionSets, isIn, nonLactationalSets } from '../breast/diagnosis-sets.js'
import { currentSignInputs } from '../breast/signs/signs.js'
import { inflamedStages } from '../stages.js'
import type { PatientView, SideView } from '../views.js'
import type { Timeline } from '../timeline.js'
import { severeSigns } from './severe-signs.js'
import { anyOf } from '../logic.js'
import type { JudgedSide } from '../context.js'
import { infectedStageInputs } from '../breast/stage/stage-inputs.js'
import { withinDays } from '../dating.js'

/** The days for which a diagnosis is a current source, and an older source while active; fixed in clinical 5.4. */
const currentDays = 14
const oldDays = 90

const sourceSets = [...infectionSets, ...nonLactationalSets]

const infections = ({ problems }: PatientView): readonly Problem[] => [
  ...new Set(activeIn(problems, ...sourceSets)),
]

const diagnosis = (problem: Problem): Evidence =>
  evidenceOf(
    problem,
    isIn(problem, [...abscessSets, 'abscess-nonlactational']) ? 'breast abscess' : 'mastitis',
  )

/**
 * Is there a breast infection now that could be the source of sepsis?
 *
 * Edge:    a breast sign of the last `currency.signHours` counts, as does an active infection that began exactly 14
 *          days ago.
 * Missing: `cannot-tell` when breast signs or conditions could not be read and no fact on record is a source.
 * Source:  clinical 5.4
 */
export function currentSource(moment: Timeline, patient: PatientView, sides: readonly SideView[]): Finding {
  const { facts, now } = moment
  const recent = infections(patient).filter(({ onset, when }) => withinDays(onset ?? when, currentDays, now))
  if (recent.length > 0) return present('a breast infection began within 14 days', ...recent.map(diagnosis))
  const signed = sides.find(({ evidence }) => evidence.anySign)
  if (signed) return present('a breast sign is on record now', ...signEvidence(signed))
  const severe = severeSigns(moment).filter(({ ofBreast }) => ofBreast)
  if (severe.length > 0)
    return present('a severe sign of the breast is on record now', ...severe.map(({ evidence }) => evidence))
  if (facts.reads.breastSigns.state === 'unreadable') return cannotTell('breast signs could not be read')
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return absent('no breast sign now, and no breast infection that began within 14 days')
}

/**
 * Is an older breast infection on record that is still active, and no current source?
 *
 * Edge:    exactly 90 days counts; an infection without a date counts as older, because nothing shows a recent onset.
 * Missing: `cannot-tell` when conditions could not be read; a current source makes the finding absent.
 * Source:  clinical 5.4, variant source-unknown
 */
export function oldSource(moment: Timeline, patient: PatientView, sides: readonly SideView[]): Finding {
  if (currentSource(moment, patient, sides).verdict === 'present')
    return absent('a current breast source is on record')
  const old = infections(patient).filter(({ onset, when }) => {
    const began = onset ?? when
    return began === undefined || withinDays(began, oldDays, moment.now)
  })
  if (old.length > 0) return present('only an older breast infection is on record', ...old.map(diagnosis))
  if (moment.facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return absent('no breast infection within 90 days')
}

/**
 * Is the source more than symptoms: a diagnosis that drives a breast, or an inflamed breast whose skin or a soft lump shows the infection?
 *
 * Edge:    a diagnosis that began within 14 days counts whether or not a sign stands beside it.
 * Missing: as the signs of the breast say.
 * Source:  clinical 5.4, breast source
 */
function infectionSource(moment: Timeline, patient: PatientView, sides: readonly JudgedSide[]): Finding {
  const current = currentSource(moment, patient, sides)
  if (current.verdict !== 'present') return current
  const driving = [
    ...infections(patient).filter(({ onset, when }) => withinDays(onset ?? when, currentDays, moment.now)),
    ...sides.flatMap(({ evidence: { drivingMastitis, drivingAbscess, drivingOther } }) => [
      ...drivingMastitis,
      ...drivingAbscess,
      ...drivingOther.filter((problem) => isIn(problem, nonLactationalSets)),
    ]),
  ]
  if (driving.length > 0) return present('a breast infection is on record', ...driving.map(diagnosis))
  const inflamed = sides.filter(({ stage }) => inflamedStages.has(stage))
  return anyOf(
    'breast symptoms only',
    ...inflamed.map(({ breast: { signs } }) =>
      anyOf('no redness, warmth or soft lump', signs.skin, signs.fluctuance),
    ),
  )
}

const signEvidence = ({ evidence }: SideView): readonly Evidence[] =>
  [evidence.pain, evidence.erythema, evidence.colour, evidence.warmth, evidence.swelling, evidence.lump]
    .filter(({ verdict }) => verdict === 'present')
    .flatMap((finding) => finding.evidence)

const sourceBasis = inputs(currentSignInputs, {
  facts: ['problems', 'reads'],
  sets: [...sourceSets, ...severeSoftTissueSigns],
  parameters: [],
})

/** The finding of a breast infection that could be the source of sepsis now (clinical 5.4). */
export const breastSourceCurrent = {
  ...sourceBasis,
  name: 'breast-source-current',
  scope: 'patient',
  means: 'Is there a breast infection now that could be the source of sepsis?',
  edge: 'A breast sign of the last `currency.signHours`, or an active mastitis or abscess of any kind that began up to 14 days ago, that day included.',
  missing: 'Cannot be told when breast signs or conditions could not be read and what was read shows none.',
  find: ({ timeline, patient, sides }) => currentSource(timeline, patient, sides),
} as const satisfies FindingDefinition<PatientContext>

/** The finding of a breast infection on record, and not of symptoms alone (clinical 5.4). */
export const breastSourceInfection = {
  ...inputs(sourceBasis, infectedStageInputs),
  name: 'breast-source-infection',
  scope: 'patient',
  means: 'Is a breast infection on record now, and not only symptoms of the breast?',
  edge: 'A diagnosis as for the current source; or stage 3 to 6 with redness, colour change, warmth or fluctuance.',
  missing: 'Cannot be told when the current source cannot.',
  find: ({ timeline, patient, sides }) => infectionSource(timeline, patient, sides),
} as const satisfies FindingDefinition<PatientContext>

/** The finding of only an older breast infection (clinical 5.4, variant source-unknown). */
export const breastSourceOld = {
  ...sourceBasis,
  name: 'breast-source-old',
  scope: 'patient',
  means: 'Is only an older breast infection on record, still active?',
  edge: 'Began up to 90 days ago, that day included; one without a date counts as old.',
  missing: 'Cannot be told when conditions could not be read.',
  find: ({ timeline, patient, sides }) => oldSource(timeline, patient, sides),
} as const satisfies FindingDefinition<PatientContext>
