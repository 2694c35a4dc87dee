import type { CancerContext, IbcRules } from './cancer/cancer-context.js'

/** One breast with everything that the rules worked out; findings read from here. */
export interface JudgedBreast extends CancerContext {
  ibc: IbcRules
}
