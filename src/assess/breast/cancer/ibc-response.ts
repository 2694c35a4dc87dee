import { absent, cannotTell, present, type Finding } from '../../finding.js'
import type { AntibioticCover } from '../antibiotics/cover.js'
import { presentElseDoubt } from '../../logic.js'
import type { ResponseCourse } from '../antibiotics/response.js'

/** Has cover reached this many hours? Unread medicines could only add hours. */
export function longEnough(hours: number, limit: number, doubt: string | undefined): Finding {
  const whole = Math.floor(hours)
  if (hours >= limit) return present(`${whole} h of antibiotics`)
  return doubt === undefined ? absent(`${whole} h of antibiotics, less than ${limit} h`) : cannotTell(doubt)
}

/** Adds the starts of the antibiotics to the evidence of a finding that is present. */
export function onAntibiotics(finding: Finding, { started }: AntibioticCover): Finding {
  if (finding.verdict !== 'present') return finding
  return { ...finding, evidence: [...started, ...finding.evidence] }
}

/**
 * Is the response one of these?
 *
 * Missing: with unread values the finding is cannot-tell, unless the response is already one of these.
 */
export function notBetter(
  { response, evidence, doubt }: ResponseCourse,
  accepted: readonly ResponseCourse['response'][],
): Finding {
  return presentElseDoubt(
    accepted.includes(response),
    doubt,
    { present: response === 'worse' ? 'worse' : 'not improved', absent: `response: ${response}` },
    evidence,
  )
}
