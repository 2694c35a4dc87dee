/** "2026-03-03 09:00", in UTC like everything the service prints. */
export const timeWords = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** "2026-03-03", or "2026-03" for a month: a span as narrow as it is known. */
export function spanWords(from: number, until: number | undefined): string {
  if (until === undefined) return timeWords(from)
  return `${timeWords(from).slice(0, 10)} to ${timeWords(until).slice(0, 10)}`
}

/** "+48 h" or "−6.5 h": how far a moment is from another. */
export function hoursFrom(at: number, zero: number): string {
  const hours = Math.round(((at - zero) / 3_600_000) * 10) / 10
  return `${hours < 0 ? '−' : '+'}${Math.abs(hours)} h`
}

/** "cannot-tell" → "cannot tell": names of the house as words. */
export const asWords = (name: string): string => name.replaceAll('-', ' ')
