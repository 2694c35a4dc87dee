/** Makes a function that runs `run` at each call until `run` has succeeded once. */
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
