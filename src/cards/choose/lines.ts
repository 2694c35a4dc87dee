/** The most characters of one line of a card (clinical changes C30). */
export const longestLine = 160

/**
 * Joins sentences into as few lines as their order allows.
 *
 * Edge: a sentence that is longer than a line stands alone.
 */
export function packed(sentences: readonly string[], joint: string): readonly string[] {
  const lines: string[] = []
  for (const sentence of sentences) {
    const last = lines.at(-1)
    const joined = `${last ?? ''}${joint}${sentence}`
    if (last === undefined || joined.length > longestLine) lines.push(sentence)
    else lines[lines.length - 1] = joined
  }
  return lines
}
