import { absent, cannotTell, present, type Evidence, type Finding } from '../finding.js'

/** The evidence of several findings, each piece once; a loop, because most lists hold one or two pieces. */
function joined(parts: readonly Finding[]): readonly Evidence[] {
  const pieces: Evidence[] = []
  for (const { evidence } of parts) {
    for (const piece of evidence) if (!pieces.includes(piece)) pieces.push(piece)
  }
  return pieces
}

/**
 * Do all of these hold?
 *
 * Edge:    one that is absent decides, whatever else could not be told.
 * Missing: cannot-tell when none is absent and one cannot be told; the first such reason is kept.
 */
export function allOf(...parts: readonly Finding[]): Finding {
  let unsure: Finding | undefined
  for (const part of parts) {
    if (part.verdict === 'absent') return absent(part.because)
    if (part.verdict === 'cannot-tell') unsure ??= part
  }
  if (unsure) return cannotTell(unsure.because)
  return present(parts.map((part) => part.because).join('; '), ...joined(parts))
}

/**
 * Does at least one of these hold? All that hold are given as evidence.
 *
 * Missing: cannot-tell when none holds and one cannot be told.
 */
export function anyOf(whenAbsent: string, ...parts: readonly Finding[]): Finding {
  const held = parts.filter((part) => part.verdict === 'present')
  if (held.length > 0) return present(held.map((part) => part.because).join('; '), ...joined(held))
  const unsure = parts.find((part) => part.verdict === 'cannot-tell')
  return unsure ? cannotTell(unsure.because) : absent(whenAbsent)
}

/** The opposite of a finding; what cannot be told stays so. Its evidence is dropped: absence proves nothing. */
export function not(finding: Finding, whenPresent: string, whenAbsent = finding.because): Finding {
  if (finding.verdict === 'present') return absent(whenAbsent)
  return finding.verdict === 'absent' ? present(whenPresent) : finding
}

/** The same finding with our own sentence for when it holds, and for when it does not. */
export function worded(finding: Finding, whenPresent: string, whenAbsent?: string): Finding {
  if (finding.verdict === 'present') return present(whenPresent, ...finding.evidence)
  if (finding.verdict === 'absent' && whenAbsent !== undefined) return absent(whenAbsent)
  return finding
}

/** A sign with a quality, such as its age or size: without the sign there is no quality to ask about. */
export const withQuality = (sign: Finding, quality: Finding): Finding =>
  sign.verdict === 'present' ? allOf(sign, quality) : sign

/** Present when the condition is true, else cannot-tell if a reason for doubt is given, else absent. */
export function unless(
  doubt: string | undefined,
  holds: boolean,
  whenPresent: string,
  whenAbsent: string,
  evidence: readonly Evidence[] = [],
): Finding {
  if (holds) return present(whenPresent, ...evidence)
  return doubt === undefined ? absent(whenAbsent) : cannotTell(doubt)
}
