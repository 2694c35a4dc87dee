import { patientView } from '../../../src/assess/patient/patient-view.js'
import type { LactationStatus, Moment, PatientView } from '../../../src/assess/views.js'
import type { Finding } from '../../../src/assess/finding.js'
import type { Facts } from '../../../src/facts/facts.js'
import type { FindingName } from '../../../src/assess/finding-names.js'
import type { Parameters } from '../../../src/assess/parameters.js'
import type { SideView } from '../../../src/assess/views.js'
import { sideViews } from '../../../src/assess/side/side-views.js'
import { momentOf, now } from '../facts-of.js'

/** What a test says of the patient; the rest is unremarkable. */
export type PatientGiven = Partial<PatientView> & { status?: LactationStatus }

/** A lactating patient about whom nothing else is known, but for what the test says. */
export const patientOf = (moment: Moment, given: PatientGiven = {}): PatientView => {
  const { status = 'lactating', ...rest } = given
  return { ...patientView(moment), lactation: { status, because: 'charted', evidence: [] }, ...rest }
}

/** The views of a lactating patient with these facts. */
export const viewsOf = (
  facts: Partial<Facts>,
  patient: PatientGiven = {},
  parameters: Partial<Parameters> = {},
  clock: number = now,
): readonly SideView[] => {
  const moment = { ...momentOf(facts, parameters), now: clock }
  return sideViews(moment, patientOf(moment, patient))
}

/** The leading view. */
export const leadingOf = (
  facts: Partial<Facts>,
  patient: PatientGiven = {},
  parameters: Partial<Parameters> = {},
): SideView => {
  const [leading] = viewsOf(facts, patient, parameters)
  if (!leading) throw new Error('there is always one view')
  return leading
}

/** A finding of one view, which must exist. */
export const findingOf = (view: SideView, name: FindingName): Finding => {
  const finding = view.findings.get(name)
  if (!finding) throw new Error(`${name} is not among the findings of a breast`)
  return finding
}

/** Names of all findings of a view that are present. */
export const presentIn = (view: SideView): readonly string[] =>
  [...view.findings].filter(([, { verdict }]) => verdict === 'present').map(([name]) => name)

/** Verdict of one finding on the leading breast. */
export const verdictOf = (
  facts: Partial<Facts>,
  name: FindingName,
  patient: PatientGiven = {},
  parameters: Partial<Parameters> = {},
): Finding['verdict'] => findingOf(leadingOf(facts, patient, parameters), name).verdict
