const milliseconds = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

const bytes = new Map([
  ['b', 1],
  ['kb', 1_024],
  ['mb', 1_048_576],
])

/**
 * Reads a duration with its unit, such as `2500ms`, `1h`, `30s` or `2192d`, in milliseconds.
 *
 * Missing: undefined for any other text; a number without a unit is refused.
 */
export const durationMs = (text: unknown): number | undefined => quantity(text, milliseconds)

/** Reads a size with its unit, such as `4mb` or `512kb`, in bytes; a kilobyte has 1,024 bytes. */
export const sizeBytes = (text: unknown): number | undefined => quantity(text, bytes)

function quantity(text: unknown, units: ReadonlyMap<string, number>): number | undefined {
  const [, amount, unit] = (typeof text === 'string' && /^(\d{1,12})\s?([a-z]{1,3})$/i.exec(text)) || []
  const factor = units.get(unit?.toLowerCase() ?? '')
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor
}
