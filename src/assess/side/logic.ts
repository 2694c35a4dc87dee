import { absent, cannotTell, present, type Evidence, type Finding } from '../finding.js'

/** Several findings that hold as one: reasons in a row, each piece of evidence once. */
function together(parts: readonly Finding[]): Finding {
  const [first] = parts
  if (first && parts.length === 1) return first
  const evidence: Evidence[] = []
  let because = ''
  for (const part of parts) {
    because = because === '' ? part.because : `${because}; ${part.because}`
    for (const piece of part.evidence) if (!evidence.includes(piece)) evidence.push(piece)
  }
  return { verdict: 'present', because, evidence }
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
    if (part.verdict === 'absent') return part
    if (part.verdict === 'cannot-tell') unsure ??= part
  }
  return unsure ?? together(parts)
}

/**
 * Does at least one of these hold? All that hold are given as evidence.
 *
 * Missing: cannot-tell when none holds and one cannot be told.
 */
export function anyOf(whenAbsent: string, ...parts: readonly Finding[]): Finding {
  let unsure: Finding | undefined
  const held: Finding[] = []
  for (const part of parts) {
    if (part.verdict === 'present') held.push(part)
    else if (part.verdict === 'cannot-tell') unsure ??= part
  }
  return held.length > 0 ? together(held) : (unsure ?? absent(whenAbsent))
}

/** The opposite of a finding; what cannot be told stays so. Its evidence is dropped: absence proves nothing. */
export function not(finding: Finding, whenPresent: string, whenAbsent = finding.because): Finding {
  if (finding.verdict === 'present') return absent(whenAbsent)
  return finding.verdict === 'absent' ? present(whenPresent) : finding
}

/** The same finding with our own sentence for when it holds, and for when it does not. */
export function worded(finding: Finding, whenPresent: string, whenAbsent?: string): Finding {
  if (finding.verdict === 'present') return { ...finding, because: whenPresent }
  if (finding.verdict === 'absent' && whenAbsent !== undefined) return absent(whenAbsent)
  return finding
}

/** As `allOf`, but the rest is only asked when the first does not already decide. */
export const andThen = (first: Finding, rest: () => Finding): Finding =>
  first.verdict === 'absent' ? first : allOf(first, rest())

/** A sign with a quality, such as its age or size; without the sign there is no quality to ask about. */
export const withQuality = (sign: Finding, quality: () => Finding): Finding =>
  sign.verdict === 'present' ? allOf(sign, quality()) : sign

/** Present when the condition is true, else cannot-tell if a reason for doubt is given, else absent. */
export function unless(
  doubt: string | undefined,
  holds: boolean,
  whenPresent: string,
  whenAbsent: string,
  evidence: readonly Evidence[] = [],
): Finding {
  if (holds) return { verdict: 'present', because: whenPresent, evidence }
  return doubt === undefined ? absent(whenAbsent) : cannotTell(doubt)
}
