import type { DraftOrder, Facts } from '../facts/facts.js'
import type { SetId } from '../facts/code-book.js'
import type { Finding } from './finding.js'
import type { FindingName } from './finding-names.js'
import type { ParameterName } from './parameters.js'
import type { Moment, PatientView, SideView } from './views.js'

/** What a finding may look at: the moment, the patient, one breast, all breasts, one draft. */
export interface Subject {
  moment: Moment
  patient: PatientView
  /** Every breast with evidence; the leading one first. */
  sides: readonly SideView[]
  side: SideView
  draft?: DraftOrder
}

/**
 * One clinical question with everything a reviewer needs to judge it; `docs/generated/findings.md` is built from these.
 *
 * Shape: `means`, `edge`, `missing` are whole sentences. `facts`, `sets` and `parameters` list all that `find` reads.
 */
export interface FindingDefinition {
  name: FindingName
  means: string
  facts: readonly (keyof Facts)[]
  sets: readonly SetId[]
  parameters: readonly ParameterName[]
  edge: string
  missing: string
  find: (subject: Subject) => Finding
}
