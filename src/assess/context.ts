import type { DraftOrder } from '../facts/facts.js'
import type { JudgedBreast } from './breast/judged-breast.js'
import type { PatientView, SideView } from './views.js'
import type { Timeline } from './timeline.js'

/** One breast as cards see it, and everything that the rules worked out about the breast. */
export interface JudgedSide extends SideView {
  breast: JudgedBreast
}

/** The facts and judgements that a finding about the patient may read. */
export interface PatientContext {
  timeline: Timeline
  patient: PatientView
  /** Every breast with evidence; the leading one first. */
  sides: readonly JudgedSide[]
}

/** The facts and judgements that a finding about one breast may read. */
export interface SideContext extends PatientContext {
  side: SideView
  breast: JudgedBreast
}

/** The facts and judgements that a finding about one evaluated draft order may read. */
export interface DraftContext extends SideContext {
  draft: DraftOrder
}
