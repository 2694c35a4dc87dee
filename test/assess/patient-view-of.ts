import { patientView } from '../../src/assess/patient/patient-view.js'
import type { LactationStatus, PatientView } from '../../src/assess/views.js'
import type { Timeline } from '../../src/assess/timeline.js'
import type { Finding } from '../../src/assess/finding.js'
import type { Facts } from '../../src/facts/facts.js'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { Parameters } from '../../src/assess/parameters.js'
import { sideFindings } from '../../src/assess/registry.js'
import type { JudgedSide } from '../../src/assess/context.js'
import { sideViews } from '../../src/assess/breast/side-views.js'
import { timelineFor, now } from './facts-of.js'

/** What a test says of the patient; the rest is unremarkable. */
export type PatientGiven = Partial<PatientView> & { status?: LactationStatus }

/** A lactating patient about whom nothing else is known, but for what the test says. */
export const patientOf = (timeline: Timeline, given: PatientGiven = {}): PatientView => {
  const { status = 'lactating', ...rest } = given
  return { ...patientView(timeline), lactation: { status, because: 'charted', evidence: [] }, ...rest }
}

/** One breast with its findings, without those of the patient. */
export interface SideFindings extends JudgedSide {
  findings: ReadonlyMap<string, Finding>
}

/** Every breast of a patient with its findings. */
export function judgedSides(timeline: Timeline, patient: PatientView): readonly SideFindings[] {
  const sides = sideViews(timeline, patient)
  return sides.map((side) => {
    const context = { timeline, patient, sides, side, breast: side.breast }
    return {
      ...side,
      findings: new Map(sideFindings.map(({ name, find }) => [name as string, find(context)])),
    }
  })
}

/** The views of a lactating patient with these facts. */
export const viewsOf = (
  facts: Partial<Facts>,
  patient: PatientGiven = {},
  parameters: Partial<Parameters> = {},
  clock: number = now,
): readonly SideFindings[] => {
  const timeline = timelineFor(facts, parameters, clock)
  return judgedSides(timeline, patientOf(timeline, patient))
}

/** The leading view. */
export const leadingOf = (
  facts: Partial<Facts>,
  patient: PatientGiven = {},
  parameters: Partial<Parameters> = {},
): SideFindings => {
  const [leading] = viewsOf(facts, patient, parameters)
  if (!leading) throw new Error('there is always one view')
  return leading
}

/** A finding of one view, which must exist. */
export const findingOf = (view: SideFindings, name: FindingName): Finding => {
  const finding = view.findings.get(name)
  if (!finding) throw new Error(`${name} is not among the findings of a breast`)
  return finding
}

/** Names of all findings of a view that are present. */
export const presentIn = (view: SideFindings): readonly string[] =>
  [...view.findings].filter(([, { verdict }]) => verdict === 'present').map(([name]) => name)

/** Verdict of one finding on the leading breast. */
export const verdictOf = (
  facts: Partial<Facts>,
  name: FindingName,
  patient: PatientGiven = {},
  parameters: Partial<Parameters> = {},
): Finding['verdict'] => findingOf(leadingOf(facts, patient, parameters), name).verdict
