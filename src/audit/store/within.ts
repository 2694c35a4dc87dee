/**
 * Waits for work of the store, but no longer than `stallMs`; the work may still finish later without harm.
 *
 * Throws: the error of the work, or an error that says the store stalled.
 */
export async function within<Answer>(work: Promise<Answer>, stallMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the audit store stalled')), stallMs)
  })
  try {
    return await Promise.race([work, stalled])
  } finally {
    clearTimeout(timer)
  }
}
