import type { Problem } from '../../facts/facts.js'
import { evidenceOf, withinDays } from '../evidence.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { activeIn } from '../patient/problem-index.js'
import { abscessSets, isIn, mastitisSets, nonLactationalSets } from '../side/diagnosis-sets.js'
import type { Moment, PatientView, SideView } from '../views.js'

/** A diagnosis is a current source for so long, and an older one while it is active. Days, fixed in clinical 5.4. */
const currentDays = 14
const oldDays = 90

const infectionSets = [...mastitisSets, ...abscessSets, ...nonLactationalSets]

const infections = ({ problems }: PatientView): readonly Problem[] => [
  ...new Set(activeIn(problems, ...infectionSets)),
]

const diagnosis = (problem: Problem): Evidence =>
  evidenceOf(
    problem,
    isIn(problem, [...abscessSets, 'abscess-nonlactational']) ? 'breast abscess' : 'mastitis',
  )

/**
 * Is there a breast infection now that could be the source of sepsis?
 *
 * Edge:    a breast sign of the last `currency.signHours`, or an active infection that began exactly 14 days ago, counts.
 * Missing: `cannot-tell` when breast signs or conditions could not be read and what was read shows none.
 * Source:  clinical 5.4.
 */
export function currentSource(moment: Moment, patient: PatientView, sides: readonly SideView[]): Finding {
  const { facts, now } = moment
  const recent = infections(patient).filter(({ onset, when }) => withinDays(onset ?? when, currentDays, now))
  if (recent.length > 0) return present('a breast infection began within 14 days', ...recent.map(diagnosis))
  const signed = sides.find(({ evidence }) => evidence.anySign)
  if (signed) return present('a breast sign is on record now', ...signEvidence(signed))
  if (facts.reads.breastSigns.state === 'unreadable') return cannotTell('breast signs could not be read')
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return absent('no breast sign now, and no breast infection that began within 14 days')
}

/**
 * Is only an older, still active breast infection on record?
 *
 * Edge:    exactly 90 days counts; one without a date counts as old, since its onset cannot be called recent.
 * Missing: `cannot-tell` when conditions could not be read; a current source makes it absent.
 * Source:  clinical 5.4, variant source-unknown.
 */
export function oldSource(moment: Moment, patient: PatientView, sides: readonly SideView[]): Finding {
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

const signEvidence = ({ evidence }: SideView): readonly Evidence[] =>
  [evidence.pain, evidence.erythema, evidence.colour, evidence.warmth, evidence.swelling, evidence.lump]
    .filter(({ verdict }) => verdict === 'present')
    .flatMap((finding) => finding.evidence)
