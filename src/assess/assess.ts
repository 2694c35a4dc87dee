import type { DraftOrder, Facts } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Assessment, Scope } from './assessment.js'
import { draftValues, patientValues } from './card-values.js'
import type { JudgedSide } from './context.js'
import { currentFacts } from './current.js'
import { absent, type Finding } from './finding.js'
import type { FindingName } from './finding-names.js'
import { missingWithAsked, missingWords, unreadFact, unreadRequired } from './missing.js'
import type { Parameters } from './parameters.js'
import { patientView } from './patient/patient-view.js'
import { draftFindings, patientFindings, sideFindings, type Asked } from './registry.js'
import { sideViews } from './breast/side-views.js'
import type { PatientView } from './views.js'
import { timelineOf, type Timeline } from './timeline.js'

const askFirst = 'More than one infant was born and not all may be living: ask first.'

const outOfScope = { phrase: 'none', sentences: [] } as const

/**
 * Judges the patient at `now`: each breast and each evaluated draft, with every finding.
 *
 * Shape:   one scope for each evaluated draft and breast; without drafts one for each breast, the leading breast
 *          first. There is no scope, and so no card, for a patient who is out of scope.
 * Missing: each finding says which missing facts it needs; `unreadRequired` decides 412.
 * Source:  clinical 1 to 8
 */
export function assess(facts: Facts, parameters: Parameters, now: Instant): Assessment {
  const timeline = timelineOf({ facts: currentFacts(facts, parameters, now), parameters, now })
  const patient = patientView(timeline)
  const common = {
    now,
    inScope: patient.gate,
    unreadRequired: unreadRequired(timeline.facts, patient.gate),
    earlier: facts.earlier,
  }
  const missing = missingWords(timeline)
  if (patient.gate.verdict === 'absent') {
    return {
      missing,
      scopes: [],
      feeding: outOfScope,
      additions: [],
      leadingStage: 'none',
      sepsisCriteria: [],
      ...common,
    }
  }
  const sides = sideViews(timeline, patient)
  const strongSince = firstStrong(sides)
  const scopes = scopesOf(timeline, patient, sides)
  return {
    missing: missingWithAsked(missing, scopes[0]?.findings.get('red-flag-unreadable')),
    scopes,
    feeding: patient.feeding,
    additions: patient.someInfantsLost && patient.loss.verdict !== 'present' ? [askFirst] : [],
    leadingStage: sides[0]?.stage ?? 'none',
    sepsisCriteria: patient.sepsis.criteria.map(({ name }) => name),
    ...common,
    ...(strongSince !== undefined && { strongSince }),
  }
}

/** One scope for each breast, or for each breast and evaluated draft, with every finding. */
function scopesOf(timeline: Timeline, patient: PatientView, sides: readonly JudgedSide[]): readonly Scope[] {
  const ofPatient = findingsOf(patientFindings, { timeline, patient, sides })
  const [, asked = notAsked] = ofPatient.find(([name]) => name === 'red-flag-unreadable') ?? []
  const words = patientValues({ timeline, patient, sides }, unreadFact(timeline.facts, asked))
  const drafts = timeline.facts.drafts.filter(({ evaluated }) => evaluated)
  return sides.flatMap((judged) => {
    const { side, stage, values, breast, rescanFrom } = judged
    const context = { timeline, patient, sides, side: judged, breast }
    const ofSide = findingsOf(sideFindings, context)
    const scope = (draft: DraftOrder | undefined, ofDraft: Findings): Scope => ({
      side,
      ...(draft && { draft }),
      stage,
      ...(rescanFrom !== undefined && { rescanFrom }),
      findings: new Map([...ofPatient, ...ofSide, ...ofDraft]),
      values: { ...values, ...words, ...draftValues(timeline, patient, draft) },
    })
    if (drafts.length === 0) return [scope(undefined, withoutDraft)]
    return drafts.map((draft) => scope(draft, findingsOf(draftFindings, { ...context, draft })))
  })
}

/** Findings with their names, of which the map of each scope is made. */
type Findings = readonly (readonly [FindingName, Finding])[]

const findingsOf = <Context>(definitions: readonly Asked<Context>[], context: Context): Findings =>
  definitions.map(({ name, find }) => [name, find(context)])

const notAsked = absent('not asked')

const noDraft = absent('no draft order is evaluated')
const withoutDraft: Findings = draftFindings.map(({ name }) => [name, noDraft])

/** The first record of a STRONG sign that holds now, on either breast. */
function firstStrong(sides: readonly JudgedSide[]): Instant | undefined {
  const times = sides
    .filter(({ evidence }) => evidence.strong.verdict === 'present')
    .flatMap(({ evidence }) => evidence.strong.evidence.flatMap(({ when }) => (when ? [when.earliest] : [])))
  return times.length > 0 ? Math.min(...times) : undefined
}
