/** Runs until it has worked once; then never again. */
export function onceItWorks(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= run().catch((error: unknown) => {
      done = undefined
      throw error
    })
    return done
  }
}
