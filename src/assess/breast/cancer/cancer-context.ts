import type { Finding } from '../../finding.js'
import type { AntibioticCover } from '../antibiotics/cover.js'
import type { Staging } from '../stage/stage-order.js'
import type { WeakElement } from './weak.js'
import type { Workup } from '../workup.js'

/** Everything that the rules of clinical 5.3 read about one breast. */
export interface CancerContext extends Workup {
  weak: readonly WeakElement[]
  stages: Staging
}

/** The verdict of every rule of suspected inflammatory breast cancer on one breast. */
export interface IbcRules {
  r1: Finding
  r1Critical: Finding
  r1Acute: Finding
  r2: Finding
  r3: Finding
  r3Critical: Finding
  r3b: Finding
  r4: Finding
  r5: Finding
  r6: Finding
  r7: Finding
  r7Swelling: Finding
}

/** The part of the context that the findings about suspected breast cancer read. */
export interface OfRules {
  breast: { ibc: IbcRules; cover: AntibioticCover }
}
