/**
 * Whether the operator asked to stop. Long work checks this between records, and ends in a state from which it can
 * continue.
 */
export interface Interruption {
  readonly asked: boolean
  /** Stops listening. */
  done(): void
}

/** Listens for Ctrl-C. A second Ctrl-C ends at once. */
export function listenForInterruption(): Interruption {
  let asked = false
  const onSignal = (): void => {
    asked = true
  }
  process.once('SIGINT', onSignal)
  return {
    get asked() {
      return asked
    },
    done: () => process.removeListener('SIGINT', onSignal),
  }
}
