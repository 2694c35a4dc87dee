import type { Facts } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import { AssessedScope } from './assessed-scope.js'
import type { Assessment, Scope } from './assessment.js'
import { patientValues } from './card-values.js'
import type { PatientValues } from './card-values.js'
import { currentFacts } from './current.js'
import type { Subject } from './definition.js'
import { absent, type Finding } from './finding.js'
import { missingWithAsked, missingWords, unreadFact, unreadRequired } from './missing.js'
import type { Parameters } from './parameters.js'
import { patientView } from './patient/patient-view.js'
import { ScopeFindings } from './scope-findings.js'
import { sideViews } from './side/side-views.js'
import type { Moment, PatientView, SideView } from './views.js'

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
    unreadRequired: unreadRequired(moment.facts, patient.gate),
    earlier: facts.earlier,
  }
  const missing = missingWords(moment.facts)
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
  const sides = sideViews(moment, patient)
  const strongSince = firstStrong(sides)
  const scopes = scopesOf(moment, patient, sides)
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

/** One scope per breast, or per breast and evaluated draft; what is shared is worked out once. */
function scopesOf(moment: Moment, patient: PatientView, sides: readonly SideView[]): readonly Scope[] {
  const [leading] = sides
  if (!leading) return []
  const ofPatient = new ScopeFindings('patient', { moment, patient, sides, side: leading })
  const asked = (): Finding => ofPatient.get('red-flag-unreadable') ?? absent('not asked')
  const values = (): PatientValues => patientValues(moment, patient, unreadFact(moment.facts, asked()))
  const drafts = moment.facts.drafts.filter(({ evaluated }) => evaluated)
  return sides.flatMap((side) => {
    const subject: Subject = { moment, patient, sides, side }
    const ofSide = new ScopeFindings('side', subject, ofPatient)
    if (drafts.length === 0)
      return [new AssessedScope(subject, new ScopeFindings('draft', subject, ofSide), values)]
    return drafts.map((draft) => {
      const aboutDraft = { draft, ...subject }
      return new AssessedScope(aboutDraft, new ScopeFindings('draft', aboutDraft, ofSide), values)
    })
  })
}

/** When a STRONG sign that holds now was first recorded, on either breast. */
function firstStrong(sides: readonly SideView[]): Instant | undefined {
  const times = sides
    .filter(({ evidence }) => evidence.strong.verdict === 'present')
    .flatMap(({ evidence }) => evidence.strong.evidence.flatMap(({ when }) => (when ? [when.earliest] : [])))
  return times.length > 0 ? Math.min(...times) : undefined
}
