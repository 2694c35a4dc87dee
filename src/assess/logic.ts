import { absent, cannotTell, present, type Evidence, type Finding } from './finding.js'

/** Joins findings that hold into one: the reasons in a row, each piece of evidence once. */
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
 * Edge:    one absent part makes the whole absent, whatever else cannot be told.
 * Missing: cannot-tell when no part is absent and one cannot be told; the reason is that of the first such part.
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
 * Does at least one of these hold? The evidence is that of all parts that hold.
 *
 * Missing: cannot-tell when no part holds and one cannot be told.
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

/**
 * The opposite of a finding; cannot-tell stays cannot-tell. The evidence is dropped, because it proved the opposite.
 */
export function not(finding: Finding, whenPresent: string, whenAbsent = finding.because): Finding {
  if (finding.verdict === 'present') return absent(whenAbsent)
  return finding.verdict === 'absent' ? present(whenPresent) : finding
}

/** The same finding with another reason for present, and another reason for absent if `whenAbsent` is there. */
export function withReason(finding: Finding, whenPresent: string, whenAbsent?: string): Finding {
  if (finding.verdict === 'present') return { ...finding, because: whenPresent }
  if (finding.verdict === 'absent' && whenAbsent !== undefined) return absent(whenAbsent)
  return finding
}

/** Do the first finding and the rest hold? The rest is worked out only unless the first is absent. */
export const andThen = (first: Finding, rest: () => Finding): Finding =>
  first.verdict === 'absent' ? first : allOf(first, rest())

/**
 * A present sign must also have the quality, such as its age or size; a sign that is not present is the answer itself.
 */
export const withQuality = (sign: Finding, quality: () => Finding): Finding =>
  sign.verdict === 'present' ? allOf(sign, quality()) : sign

/** Present when the condition holds, else cannot-tell if there is a doubt, else absent. */
export function presentElseDoubt(
  holds: boolean,
  doubt: string | undefined,
  because: { present: string; absent: string },
  evidence: readonly Evidence[] = [],
): Finding {
  if (holds) return { verdict: 'present', because: because.present, evidence }
  return doubt === undefined ? absent(because.absent) : cannotTell(doubt)
}
