import type { BreastSide, CardValues, Scope, Stage } from './assessment.js'
import { draftValues } from './card-values.js'
import type { PatientValues } from './card-values.js'
import type { Subject } from './definition.js'
import type { ScopeFindings } from './scope-findings.js'

/**
 * One scope as it was assessed; a class because it remembers the words for cards once they were asked for.
 *
 * Shape: `shared` gives the words that are the same for every breast.
 * Edge:  `values` is worked out when a card prints it, which most calls never do; a spread copy has none. An object with an
 *        accessor of its own would bring a shape of its own, which the engine keeps, and the whole scope with it, until the
 *        next full collection.
 */
export class AssessedScope implements Scope {
  readonly side: BreastSide
  declare readonly draft?: NonNullable<Scope['draft']>
  readonly stage: Stage
  readonly #subject: Subject
  readonly #shared: () => PatientValues
  #made: CardValues | undefined

  constructor(
    subject: Subject,
    readonly findings: ScopeFindings,
    shared: () => PatientValues,
  ) {
    const { side, draft } = subject
    this.side = side.side
    if (draft) this.draft = draft
    this.stage = side.stage
    this.#subject = subject
    this.#shared = shared
  }

  get values(): CardValues {
    const { moment, patient, side, draft } = this.#subject
    return (this.#made ??= Object.assign(
      {},
      side.values,
      this.#shared(),
      draftValues(moment, patient, draft),
    ))
  }
}
