import type { SignName } from '../../../terminology/concepts.js'
import { daysInMs, type Instant } from '../../../units/units.js'
import { absent, cannotTell, present, type Evidence, type Finding } from '../../finding.js'
import { signWords } from '../../words.js'
import { isOnOther } from '../breasts.js'
import { ofImaging, ofProblem, ofSign } from '../describe.js'
import { allOf, not, withQuality, withReason } from '../../logic.js'
import { courseOf, signFinding } from '../signs/sign-finding.js'
import { currentSince } from '../signs/signs-of-breast.js'
import type { Workup } from '../workup.js'
import { inputs } from '../../definition.js'
import { temperatureInputs } from '../signs/temperature.js'
import { instantOf } from '../../dating.js'

/** The inputs of the weaker signs. */
export const weakInputs = inputs(temperatureInputs, {
  facts: ['signs', 'results', 'problems', 'reads', 'unreadable'],
  sets: [
    'nipple-retraction',
    'axillary-node',
    'bloody-discharge',
    'colour-change',
    'erythema',
    'swelling',
    'enlarged',
    'breast-cancer',
  ],
  parameters: ['currency.signHours', 'currency.skinSignDays', 'currency.resultDays', 'ibc.persistDays'],
})

/** One WEAK element: a change that means little alone, and the time of its first record. */
export interface WeakElement {
  name: SignName | 'suspicious-scan' | 'cancer-history'
  finding: Finding
  since?: Instant
}

/**
 * Judges the WEAK elements of clinical 5.1, in the order of that section.
 *
 * Edge:    "> 7 d" means a first record more than `ibc.persistDays` ago without a later "absent"; a third of the
 *          breast is 33 % or more.
 * Missing: as for the sign behind each element; an element that needs the absence of fever cannot be told when fever
 *          cannot.
 */
export function weakElements(workup: Workup): readonly WeakElement[] {
  const noFever = not(workup.systemicSigns.fever, 'no fever', 'fever')
  const { timeline, breast } = workup
  const oedema = allOf(largeSign(workup, 'swelling'), lastingSign(workup, 'swelling'), noFever)
  return [
    newRetraction(workup),
    element(workup, 'axillary-node', allOf(lastingSign(workup, 'axillary-node'), noFever)),
    element(workup, 'bloody-discharge', signFinding(timeline, breast, 'bloody-discharge')),
    element(workup, 'colour-change', lastingSign(workup, 'colour-change')),
    element(workup, 'erythema', largeSign(workup, 'erythema')),
    element(workup, 'swelling', oedema),
    element(workup, 'enlarged', signFinding(timeline, breast, 'enlarged')),
    suspiciousScan(workup),
    cancerHistory(workup),
  ]
}

/** Do at least this many elements hold? Elements that cannot be told count as doubt only. */
export function weakAtLeast(elements: readonly WeakElement[], count: number): Finding {
  const held = elements.filter(({ finding }) => finding.verdict === 'present')
  if (held.length >= count) {
    return present(
      held.map(({ finding }) => finding.because).join('; '),
      ...held.flatMap(({ finding }) => finding.evidence),
    )
  }
  const unsure = elements.filter(({ finding }) => finding.verdict === 'cannot-tell')
  const [first] = unsure
  if (first && held.length + unsure.length >= count) return cannotTell(first.finding.because)
  return absent(`fewer than ${count} of the weaker signs of breast cancer`)
}

/** The first record of the oldest element that holds. */
export function oldestWeak(elements: readonly WeakElement[]): Instant | undefined {
  const times = elements.flatMap(({ finding, since }) =>
    finding.verdict === 'present' && since !== undefined ? [since] : [],
  )
  return times.length > 0 ? Math.min(...times) : undefined
}

/** The evidence of all elements that hold. */
export const weakEvidence = (elements: readonly WeakElement[]): readonly Evidence[] =>
  elements.flatMap(({ finding }) => (finding.verdict === 'present' ? finding.evidence : []))

function element({ breast }: Workup, name: SignName, finding: Finding): WeakElement {
  const first = courseOf(breast.courses, name).run[0]
  return { name, finding, ...(first && { since: first.at }) }
}

/** Is the sign current, and was it first recorded more than `ibc.persistDays` ago without an "absent" since? */
export function lastingSign({ timeline, breast }: Workup, name: SignName): Finding {
  const days = timeline.parameters['ibc.persistDays']
  const first = courseOf(breast.courses, name).run[0]
  const old = first !== undefined && timeline.now - first.at > daysInMs(days)
  const sign = signFinding(timeline, breast, name)
  if (sign.verdict !== 'present') return sign
  return old
    ? withReason(sign, `${signWords[name]} on record for more than ${days} days`)
    : absent(`${signWords[name]} not recorded for more than ${days} days`)
}

/**
 * Nipple retraction that is new and on one side: no record older than 180 days, and none current on the other breast.
 */
function newRetraction(workup: Workup): WeakElement {
  const sign = signFinding(workup.timeline, workup.breast, 'nipple-retraction')
  const finding = withQuality(sign, () => newOnOneSide(workup))
  return element(workup, 'nipple-retraction', withReason(finding, 'new nipple retraction, only on this side'))
}

function newOnOneSide({ timeline, breast }: Workup): Finding {
  const { now, parameters } = timeline
  const records = courseOf(breast.courses, 'nipple-retraction').records.filter(
    ({ fact }) => fact.state === 'present',
  )
  const isNew = records.every(({ at }) => now - at <= daysInMs(180))
  const since = currentSince('nipple-retraction', parameters, now)
  const elsewhere = timeline.signs
    .get('nipple-retraction')
    ?.some(({ fact, at }) => fact.state === 'present' && at >= since && isOnOther(breast, fact.side))
  return allOf(
    isNew ? present('new') : absent('nipple retraction is older than 180 days'),
    elsewhere === true ? absent('nipple retraction on both sides') : present('only on this side'),
  )
}

/** Does the newest current record with a share of the breast name a third or more? */
function largeSign({ timeline, breast }: Workup, name: SignName): Finding {
  const since = currentSince(name, timeline.parameters, timeline.now)
  const shared = courseOf(breast.courses, name).run.findLast(
    ({ fact, at }) => at >= since && fact.share !== undefined,
  )
  const large = shared && Math.round((shared.fact.share ?? 0) * 100) >= 33
  return withQuality(signFinding(timeline, breast, name), () =>
    large
      ? present(`${signWords[name]} of a third of the breast or more`, ofSign(shared.fact))
      : absent(`${signWords[name]} of a third of the breast not recorded`),
  )
}

function suspiciousScan({ imaging }: Workup): WeakElement {
  const found = imaging.current.filter(({ fact }) => fact.reading === 'suspicious')
  const [first] = found
  const name = 'suspicious-scan'
  if (!first) return { name, finding: absent('no suspicious ultrasound') }
  return {
    name,
    finding: present('suspicious ultrasound', ...found.map(({ fact }) => ofImaging(fact))),
    since: first.at,
  }
}

function cancerHistory({ breast, timeline: { now } }: Workup): WeakElement {
  const cancer = breast.problems.find(({ sets }) => sets.includes('breast-cancer'))
  const name = 'cancer-history'
  if (!cancer) return { name, finding: absent('no breast cancer on record for this side') }
  return {
    name,
    finding: present('breast cancer on record for this side', ofProblem(cancer)),
    ...(cancer.when && { since: instantOf(cancer.when, now) }),
  }
}
