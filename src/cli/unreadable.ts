/** Counts records that could not be read, so that the end of the output can name how many were left out. */
export interface UnreadableCount {
  count: () => void
  /** Prints the count on standard error; prints nothing for a count of 0. */
  tell: () => void
}

/** Makes a count that starts at 0. */
export function makeUnreadableCount(): UnreadableCount {
  let records = 0
  return {
    count: () => {
      records += 1
    },
    tell: () => {
      if (records > 0)
        console.error(`${records} records could not be read and were left out; audit verify says why`)
    },
  }
}
