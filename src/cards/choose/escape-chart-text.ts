const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu
const autolink = /:\/\/|www\.|@/giu
const special = new Map([
  ...'\\`*_[]#|~!'.split('').map((sign) => [sign, `\\${sign}`] as const),
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
])

const longestInput = 1000

/** The most characters of chart text that a card prints, escapes included. */
export const longestChartText = 200

/**
 * Makes words from the chart harmless in a card: one line of plain text.
 *
 * Shape:  without control, bidi or other invisible characters; Markdown signs and HTML are escaped; no text that a
 *         renderer would turn into a link; at most 200 characters, cut with an ellipsis.
 * Source: SEC-060, R14
 */
export function escapeChartText(text: string): string {
  const plain = text
    .slice(0, longestInput)
    .replace(unprintable, ' ')
    .replace(autolink, (sign) => (sign === '@' ? ' at ' : `${sign.slice(0, 1)} ${sign.slice(1)}`))
  let escaped = ''
  for (const sign of plain.trim()) {
    const next = special.get(sign) ?? sign
    if (escaped.length + next.length > longestChartText - 1) return `${escaped.trimEnd()}…`
    escaped += next
  }
  return escaped
}
