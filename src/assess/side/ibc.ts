import { absent, type Finding } from '../finding.js'
import { drainedLongAgo } from './drainage.js'
import { suspiciousUnanswered } from './ibc-imaging.js'
import { strongIsUrgent, weakIsOld } from './ibc-lasting.js'
import { gettingWorse, notResponding, notRespondingToAny, onAntibiotics } from './ibc-response.js'
import { explained, scanForCancer } from './ibc-scan.js'
import { allOf, andThen, anyOf, not } from './logic.js'
import type { Staging } from './stage.js'
import { weakAtLeast, type WeakElement } from './weak.js'
import type { Findings, Workup } from './workup.js'

/** What the rules of clinical 5.3 are asked of. */
export interface Suspicion extends Workup {
  weak: readonly WeakElement[]
  stages: Staging
}

/**
 * Adds rules R1 to R6 for one breast; none holds once inflammatory breast cancer is known.
 *
 * Edge:    R3 from exactly `response.lateHours`, R4 from exactly `response.dueHours` and below `lateHours`; R4 does
 *          not hold in a recurrence.
 * Missing: a rule that what was read fulfils is present whatever else could not be read. Text alone makes no rule
 *          critical.
 */
export function addIbcFindings(into: Findings, suspicion: Suspicion): void {
  const rules = suspicion.patient.knownIbc.verdict === 'present' ? noRules : rulesOf(suspicion)
  const { r1, r2, r3, r3b, r4, r5, r6 } = rules
  const { clocks } = suspicion
  const r1to5 = anyOf('none of R1 to R5 holds', r1, r2, r3, r3b, r4, r5)
  into.set('ibc-r1', r1)
  into.set('ibc-r1-critical', coded(rules.r1Critical))
  into.set('ibc-r2', r2)
  into.set('ibc-r3', onAntibiotics(r3, clocks))
  into.set('ibc-r3-critical', onAntibiotics(coded(rules.r3Critical), clocks))
  into.set('ibc-r3b', onAntibiotics(r3b, clocks))
  into.set('ibc-r4', onAntibiotics(r4, clocks))
  into.set('ibc-r5', r5)
  into.set('ibc-r6', r6)
  into.set('ibc-r1-to-r5', r1to5)
  into.set('ibc-r1-to-r6', anyOf('none of R1 to R6 holds', r1to5, r6))
  const unexplained = not(infectionExplains(suspicion), 'no infection explains the signs')
  into.set('ibc-without-infection', allOf(r1to5, unexplained))
}

interface Rules {
  r1: Finding
  r1Critical: Finding
  r2: Finding
  r3: Finding
  r3Critical: Finding
  r3b: Finding
  r4: Finding
  r5: Finding
  r6: Finding
}

const known = absent('inflammatory breast cancer is already known')
const noRules: Rules = {
  r1: known,
  r1Critical: known,
  r2: known,
  r3: known,
  r3Critical: known,
  r3b: known,
  r4: known,
  r5: known,
  r6: known,
}

function rulesOf(suspicion: Suspicion): Rules {
  const { signs, weak, clocks } = suspicion
  const r1 = signs.strong
  const unexplained = not(explained(suspicion), 'no abscess explains it', 'an abscess explains it')
  const r3 = notResponding(suspicion, unexplained)
  const pointsToCancer = (): Finding =>
    anyOf(
      'no sign and no scan that points to cancer',
      signs.strong,
      weakAtLeast(weak, 1),
      scanForCancer(suspicion, clocks.failureFrom, ['normal', 'suspicious']),
    )
  const stillThere = (): Finding => anyOf('inflammation and lump are gone', suspicion.inflamed, signs.lump)
  return {
    r1,
    r1Critical: andThen(r1, () => strongIsUrgent(suspicion)),
    r2: andThen(weakAtLeast(weak, 2), () => weakIsOld(suspicion)),
    r3,
    r3Critical: andThen(r3, pointsToCancer),
    r3b: notRespondingToAny(suspicion, unexplained),
    r4: gettingWorse(suspicion),
    r5: andThen(drainedLongAgo(suspicion), stillThere),
    r6: suspiciousUnanswered(suspicion),
  }
}

/** Row 17: a diagnosis of infection, or inflammation with fever. */
export const infectionExplains = ({ dx, inflamed, sick }: Workup): Finding =>
  anyOf(
    'no diagnosis of infection, and no inflammation with fever',
    dx.infection,
    allOf(inflamed, sick.fever),
  )

/** Evidence only from free text never makes a card critical (clinical 2.9). */
function coded(finding: Finding): Finding {
  if (finding.verdict !== 'present' || finding.evidence.some(({ fromText }) => !fromText)) return finding
  return absent('known from free text only')
}
