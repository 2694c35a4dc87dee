import { inputs, type FindingDefinition } from '../../definition.js'
import { absent, type Finding } from '../../finding.js'
import type { CancerContext, IbcRules, OfRules } from './cancer-context.js'
import { ibcR1, strongIsAcute, strongIsUrgent } from './ibc-r1.js'
import { ibcR2, weakIsOld } from './ibc-r2.js'
import { ibcR3, ibcR3b, notResponding, notRespondingToAny, pointsToCancer } from './ibc-r3.js'
import { gettingWorse, ibcR4 } from './ibc-r4.js'
import { drainedLongAgo, ibcR5, stillInflamed } from './ibc-r5.js'
import { ibcR6, suspiciousUnanswered } from './ibc-r6.js'
import { ruleR7 } from './ibc-r7.js'
import { explained } from './ibc-scan.js'
import { ruleUnread } from './ibc-words.js'
import { infectionExplains, infectionExplainsSigns } from './infection-explains.js'
import { allOf, andThen, anyOf, not } from '../../logic.js'
import { weakAtLeast } from './weak.js'
import type { Workup } from '../workup.js'

const known = absent('inflammatory breast cancer is already known')
const otherHolds = absent('R1, R2 or R3 holds')
const noRules: IbcRules = {
  r1: known,
  r1Critical: known,
  r1Acute: known,
  r2: known,
  r3: known,
  r3Critical: known,
  r3b: known,
  r4: known,
  r5: known,
  r6: known,
  r7: known,
  r7Swelling: known,
}

/**
 * Judges rules R1 to R7 for one breast; none holds once inflammatory breast cancer is known.
 *
 * Missing: a rule that the facts on record fulfil is present, whatever else could not be read. Free text alone makes
 *          no rule critical.
 */
export function ibcRules(context: CancerContext): IbcRules {
  const { signs, weak, patient } = context
  if (patient.knownIbc.verdict === 'present') return noRules
  const unexplained = not(explained(context), 'no abscess explains it', 'an abscess explains it')
  const r1 = signs.strong
  const urgent = andThen(r1, () => strongIsUrgent(context))
  const r2 = andThen(weakAtLeast(weak, 2), () => weakIsOld(context))
  const r3 = notResponding(context, unexplained)
  const otherRule = [r1, r2, r3].some(({ verdict }) => verdict === 'present')
  return {
    r1,
    r1Critical: coded(urgent),
    r1Acute: andThen(r1, () => strongIsAcute(context, urgent)),
    r2,
    r3,
    r3Critical: coded(andThen(r3, () => pointsToCancer(context))),
    r3b: notRespondingToAny(context, unexplained),
    r4: gettingWorse(context),
    r5: andThen(drainedLongAgo(context), () => stillInflamed(context)),
    r6: suspiciousUnanswered(context),
    ...(otherRule ? { r7: otherHolds, r7Swelling: otherHolds } : ruleR7(context, unexplained)),
  }
}

/** Makes a critical finding absent if its evidence is free text alone (clinical 2.9). */
function coded(finding: Finding): Finding {
  if (finding.verdict !== 'present' || finding.evidence.some(({ fromText }) => !fromText)) return finding
  return absent('known from free text only')
}

/** The inputs of rules R1 to R5. */
const ruleInputs = inputs(ibcR1, ibcR2, ibcR3, ibcR3b, ibcR4, ibcR5)

const oneOfR1ToR4 = ({ r1, r2, r3, r3b, r4 }: IbcRules): Finding =>
  anyOf('none of R1 to R4 holds', r1, r2, r3, r3b, r4)

const oneOfR1ToR5 = (rules: IbcRules): Finding =>
  anyOf('none of R1 to R5 holds', oneOfR1ToR4(rules), rules.r5)

/** The finding that one of the rules R1 to R4 holds, which ask for a biopsy (clinical 5.3). */
export const ibcR1ToR4 = {
  name: 'ibc-r1-to-r4',
  scope: 'side',
  means: 'Does any of the rules R1 to R4 hold?',
  ...inputs(ibcR1, ibcR2, ibcR3, ibcR3b, ibcR4),
  edge: 'R3b is among them.',
  missing: ruleUnread,
  find: ({ breast }) => oneOfR1ToR4(breast.ibc),
} as const satisfies FindingDefinition<OfRules>

/** The finding that one of the rules R1 to R5 holds (clinical 5.3). */
export const ibcR1ToR5 = {
  name: 'ibc-r1-to-r5',
  scope: 'side',
  means: 'Does any of the rules R1 to R5 hold?',
  ...ruleInputs,
  edge: 'R3b is among them.',
  missing: ruleUnread,
  find: ({ breast }) => oneOfR1ToR5(breast.ibc),
} as const satisfies FindingDefinition<OfRules>

/** The finding that one of the rules R1 to R6 holds (clinical 5.3). */
export const ibcR1ToR6 = {
  name: 'ibc-r1-to-r6',
  scope: 'side',
  means: 'Does any of the rules R1 to R6 hold?',
  ...inputs(ruleInputs, ibcR6),
  edge: 'R3b is among them.',
  missing: ruleUnread,
  find: ({ breast }) => anyOf('none of R1 to R6 holds', oneOfR1ToR5(breast.ibc), breast.ibc.r6),
} as const satisfies FindingDefinition<OfRules>

/** The finding that a rule holds although no infection explains the signs (clinical 6.1 row 17). */
export const ibcWithoutInfection = {
  name: 'ibc-without-infection',
  scope: 'side',
  means: 'Does one of R1 to R5 hold, and no infection explains the signs?',
  ...inputs(ruleInputs, infectionExplainsSigns),
  edge: 'An infection is a driving mastitis or abscess, or inflammation with fever.',
  missing: ruleUnread,
  find: ({ breast }) =>
    allOf(oneOfR1ToR5(breast.ibc), not(infectionExplains(breast), 'no infection explains the signs')),
} as const satisfies FindingDefinition<{ breast: Workup & { ibc: IbcRules } }>
