import type { DraftOrder, Facts } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Assessment, Scope } from './assessment.js'
import { draftValues, patientValues } from './card-values.js'
import type { PatientValues } from './card-values.js'
import { currentFacts } from './current.js'
import type { FindingDefinition, Subject } from './definition.js'
import type { Finding } from './finding.js'
import { absent } from './finding.js'
import type { FindingName } from './finding-names.js'
import { missingWithAsked, missingWords, unreadFact, unreadRequired } from './missing.js'
import type { Parameters } from './parameters.js'
import { patientView } from './patient/patient-view.js'
import { definitionsOf } from './registry.js'
import { sideViews } from './side/side-views.js'
import type { Moment, PatientView, SideView } from './views.js'

type Findings = Map<FindingName, Finding>

const askFirst = 'More than one infant was born and not all may be living: ask first.'

const outOfScope = { phrase: 'none', sentences: [] } as const

/**
 * Everything known about the patient at `now`: each breast and each evaluated draft with every finding.
 *
 * Shape:   scopes of evaluated drafts if there are any, else one per breast, the leading one first; none when the patient
 *          is out of scope, so that no card can come of it.
 * Missing: each finding says for itself what could not be read; `unreadRequired` decides 412.
 * Source:  clinical 1 to 8.
 */
export function assess(facts: Facts, parameters: Parameters, now: Instant): Assessment {
  const moment: Moment = { facts: currentFacts(facts, parameters, now), parameters, now }
  const patient = patientView(moment)
  const common = {
    now,
    inScope: patient.gate,
    missing: missingWords(moment.facts),
    unreadRequired: unreadRequired(moment.facts, patient.gate),
    earlier: facts.earlier,
  }
  if (patient.gate.verdict === 'absent') {
    return {
      ...common,
      scopes: [],
      feeding: outOfScope,
      additions: [],
      leadingStage: 'none',
      sepsisCriteria: [],
    }
  }
  const sides = sideViews(moment, patient)
  const strongSince = firstStrong(sides)
  const scopes = scopesOf(moment, patient, sides)
  return {
    ...common,
    missing: missingWithAsked(common.missing, scopes[0]?.findings.get('red-flag-unreadable')),
    scopes,
    feeding: patient.feeding,
    additions: patient.someInfantsLost && patient.loss.verdict !== 'present' ? [askFirst] : [],
    leadingStage: sides[0]?.stage ?? 'none',
    sepsisCriteria: patient.sepsis.criteria.map(({ name }) => name),
    ...(strongSince !== undefined && { strongSince }),
  }
}

/** One scope per breast, or per breast and evaluated draft; what is shared is worked out once. */
function scopesOf(moment: Moment, patient: PatientView, sides: readonly SideView[]): readonly Scope[] {
  const [leading] = sides
  if (!leading) return []
  const ofPatient: Findings = new Map()
  add(ofPatient, definitionsOf.patient, { moment, patient, sides, side: leading })
  const asked = ofPatient.get('red-flag-unreadable') ?? absent('not asked')
  const values = patientValues(moment, patient, unreadFact(moment.facts, asked))
  const drafts = moment.facts.drafts.filter(({ evaluated }) => evaluated)
  return sides.flatMap((side) => {
    const subject: Subject = { moment, patient, sides, side }
    const ofSide = sides.length === 1 ? ofPatient : new Map(ofPatient)
    add(ofSide, definitionsOf.side, subject)
    if (drafts.length === 0) {
      for (const { name } of definitionsOf.draft) ofSide.set(name, noDraft)
      return [scope(subject, ofSide, values)]
    }
    return drafts.map((draft) => {
      const ofDraft = drafts.length === 1 ? ofSide : new Map(ofSide)
      add(ofDraft, definitionsOf.draft, { ...subject, draft })
      return scope(subject, ofDraft, values, draft)
    })
  })
}

const noDraft = absent('no draft order is evaluated')

function add(findings: Findings, definitions: readonly FindingDefinition[], subject: Subject): void {
  for (const { name, find } of definitions) findings.set(name, find(subject))
}

function scope(
  { moment, patient, side }: Subject,
  findings: Findings,
  values: PatientValues,
  draft?: DraftOrder,
): Scope {
  return {
    side: side.side,
    stage: side.stage,
    findings,
    values: { ...side.values, ...values, ...draftValues(moment, patient, draft) },
    ...(draft && { draft }),
  }
}

/** When a STRONG sign that holds now was first recorded, on either breast. */
function firstStrong(sides: readonly SideView[]): Instant | undefined {
  const times = sides
    .filter(({ evidence }) => evidence.strong.verdict === 'present')
    .flatMap(({ evidence }) => evidence.strong.evidence.flatMap(({ when }) => (when ? [when.earliest] : [])))
  return times.length > 0 ? Math.min(...times) : undefined
}
