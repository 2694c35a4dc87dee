import type { FindingName } from '../finding-names.js'
import { absent, present, type Finding } from '../finding.js'
import { draftedAntibiotic } from './drafted.js'
import { drainedLongAgo } from './drainage.js'
import { suspiciousUnanswered } from './ibc-imaging.js'
import { explained, scanForCancer } from './ibc-scan.js'
import { allOf, anyOf, not, unless, worded } from './logic.js'
import { daysInMs } from '../../units/units.js'
import { lasts, oldestWeak, weakAtLeast, type WeakElement } from './weak.js'
import type { Staging } from './stage.js'
import type { Course } from './response.js'
import type { Workup } from './workup.js'

/** What the rules of clinical 5.3 are asked of. */
export interface Suspicion extends Workup {
  weak: readonly WeakElement[]
  stages: Staging
}

type Named = readonly (readonly [FindingName, Finding])[]

/**
 * Rules R1 to R6 for one breast; none holds once inflammatory breast cancer is known.
 *
 * Edge:    R3 from exactly `response.lateHours`, R4 from exactly `response.dueHours` and below `lateHours`; R4 does
 *          not hold in a recurrence.
 * Missing: a rule that what was read fulfils is present whatever else could not be read. Text alone makes no rule
 *          critical.
 */
export function ibcFindings(suspicion: Suspicion): Named {
  const rules = suspicion.patient.knownIbc.verdict === 'present' ? noRules : rulesOf(suspicion)
  const { r1, r2, r3, r3b, r4, r5, r6 } = rules
  const r1to5 = anyOf('none of R1 to R5 holds', r1, r2, r3, r3b, r4, r5)
  return [
    ['ibc-r1', r1],
    ['ibc-r1-critical', coded(rules.r1Critical)],
    ['ibc-r2', r2],
    ['ibc-r3', r3],
    ['ibc-r3-critical', coded(rules.r3Critical)],
    ['ibc-r3b', r3b],
    ['ibc-r4', r4],
    ['ibc-r5', r5],
    ['ibc-r6', r6],
    ['ibc-r1-to-r5', r1to5],
    ['ibc-r1-to-r6', anyOf('none of R1 to R6 holds', r1to5, r6)],
    [
      'ibc-without-infection',
      allOf(r1to5, not(infectionExplains(suspicion), 'no infection explains the signs')),
    ],
  ]
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
  const { signs, weak } = suspicion
  const r1 = signs.strong
  const r3 = notResponding(suspicion)
  return {
    r1,
    r1Critical: allOf(r1, strongIsUrgent(suspicion)),
    r2: allOf(weakAtLeast(weak, 2), weakIsOld(suspicion)),
    r3,
    r3Critical: allOf(
      r3,
      anyOf(
        'no sign and no scan that points to cancer',
        signs.strong,
        weakAtLeast(weak, 1),
        scanForCancer(suspicion, suspicion.clocks.failureFrom, ['normal', 'suspicious']),
      ),
    ),
    r3b: notRespondingToAny(suspicion),
    r4: gettingWorse(suspicion),
    r5: allOf(
      drainedLongAgo(suspicion),
      anyOf('inflammation and lump are gone', suspicion.inflamed, signs.lump),
    ),
    r6: suspiciousUnanswered(suspicion),
  }
}

/** R1 is critical when failed, when one more antibiotic is ordered, or when it lasts without fever. */
function strongIsUrgent(suspicion: Suspicion): Finding {
  const { failed, clocks, sick, timeline } = suspicion
  const { 'response.dueHours': due, 'ibc.persistDays': days } = timeline.parameters
  const old = (['erythema', 'colour-change', 'peau-d-orange', 'skin-thickening'] as const).some(
    (name) => isCurrent(suspicion, name) && lasts(suspicion, name),
  )
  return anyOf(
    'neither failed, nor lasting without fever',
    failed,
    allOf(draftedAntibiotic(timeline.facts), longEnough(clocks.hoursAny, due, clocks.unreadable)),
    allOf(
      old
        ? present(`first recorded more than ${days} days ago`)
        : absent(`not recorded for more than ${days} days`),
      not(sick.fever, 'no fever', 'fever'),
    ),
  )
}

function isCurrent(
  { signs }: Suspicion,
  name: 'erythema' | 'colour-change' | 'peau-d-orange' | 'skin-thickening',
): boolean {
  if (name === 'erythema') return signs.erythema.verdict === 'present'
  if (name === 'colour-change') return signs.colour.verdict === 'present'
  return signs.strong.verdict === 'present'
}

function weakIsOld({ weak, sick, failed, timeline }: Suspicion): Finding {
  const days = timeline.parameters['ibc.persistDays']
  const oldest = oldestWeak(weak)
  const old = oldest !== undefined && timeline.now - oldest > daysInMs(days)
  return anyOf(
    'neither failed, nor lasting without fever',
    failed,
    allOf(
      old ? present(`for more than ${days} days`) : absent(`not for more than ${days} days`),
      not(sick.fever, 'no fever', 'fever'),
    ),
  )
}

const longEnough = (hours: number, limit: number, doubt: string | undefined): Finding =>
  unless(
    doubt,
    hours >= limit,
    `${Math.floor(hours)} h of antibiotics`,
    `${Math.floor(hours)} h of antibiotics, less than ${limit} h`,
  )

function notBetter({ response, evidence, doubt }: Course, accepted: readonly Course['response'][]): Finding {
  return unless(
    doubt,
    accepted.includes(response),
    response === 'worse' ? 'worse' : 'not improved',
    `response: ${response}`,
    evidence,
  )
}

/** R3: no response to appropriate cover, and no abscess to explain it. */
function notResponding(suspicion: Suspicion): Finding {
  const { clocks, courseApt, timeline } = suspicion
  const late = timeline.parameters['response.lateHours']
  return worded(
    allOf(
      longEnough(clocks.hoursApt, late, clocks.unreadable),
      notBetter(courseApt, ['not-improved', 'worse']),
      not(explained(suspicion), 'no abscess explains it', 'an abscess explains it'),
    ),
    `no response at ${Math.floor(clocks.hoursApt)} h of appropriate antibiotics`,
  )
}

/** R3b: no response to any cover, however it fits. */
function notRespondingToAny(suspicion: Suspicion): Finding {
  const { clocks, failed, timeline } = suspicion
  return worded(
    allOf(
      longEnough(clocks.hoursAny, timeline.parameters['ibc.anyCoverHours'], clocks.unreadable),
      failed,
      not(explained(suspicion), 'no abscess explains it', 'an abscess explains it'),
    ),
    `no response at ${Math.floor(clocks.hoursAny)} h of antibiotics`,
  )
}

/** R4: worse on appropriate cover, with something else that points to cancer. */
function gettingWorse(suspicion: Suspicion): Finding {
  const { clocks, courseApt, weak, timeline, recurred } = suspicion
  const { 'response.dueHours': due, 'response.lateHours': late } = timeline.parameters
  if (recurred.verdict === 'present') return absent('a recurrence: hours start anew')
  if (clocks.hoursApt >= late) return absent(`${late} h or more: rule R3`)
  return worded(
    allOf(
      longEnough(clocks.hoursApt, due, clocks.unreadable),
      notBetter(courseApt, ['worse']),
      anyOf(
        'no weaker sign and no normal ultrasound',
        weakAtLeast(weak, 1),
        scanForCancer(suspicion, clocks.firstAny, ['normal']),
      ),
    ),
    `worse at ${Math.floor(clocks.hoursApt)} h of appropriate antibiotics`,
  )
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
