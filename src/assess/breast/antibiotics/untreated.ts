import { hoursInMs } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { newestSince } from '../../dating.js'
import { absent, present, verdict, type Finding } from '../../finding.js'
import { allOf, not } from '../../logic.js'
import { measuresOf } from '../../timeline.js'
import { coverUnread, untreatedInputs, windowNone } from './antibiotic-window.js'
import { hasLasted } from '../episode.js'
import { isEasyPain } from './readings.js'
import { courseSince, worseInputs } from './response.js'
import { temperatureInputs } from '../signs/temperature.js'
import type { Workup } from '../workup.js'

/**
 * Row 11: no antibiotic, and ill for 24 h or with fever values 24 h apart, and not better.
 *
 * Edge: exactly 24 h counts. An antibiotic for something else than the breast covers too.
 */
function untreated(workup: Workup): Finding {
  const { episode, timeline, systemicSigns, cover, coveredForAnyReason } = workup
  const ill = hasLasted(episode.start, timeline.now)
    ? present('ill for 24 h or more')
    : verdict(
        systemicSigns.feverADayApart,
        'fever values 24 h or more apart',
        'less than 24 h on record, and no fever values 24 h apart',
        systemicSigns.feverADayApart ? systemicSigns.fever.evidence : [],
      )
  const untreatedNow =
    coveredForAnyReason.verdict === 'absent'
      ? windowNone.find({ breast: { cover } })
      : not(coveredForAnyReason, 'no antibiotic covers now', 'an antibiotic covers now')
  const asks = allOf(untreatedNow, ill)
  return asks.verdict === 'absent' ? asks : (better(workup) ?? asks)
}

/**
 * Why the question is not asked: the breast gets better by itself.
 *
 * Missing: a temperature or a sign that could not be read leaves the question open, so that the card asks.
 * Source:  clinical changes C23
 */
function better(workup: Workup): Finding | undefined {
  const { timeline, breast, episode } = workup
  if (isCoolAndEasy(workup)) return absent('no fever and little pain')
  if (episode.start === undefined) return undefined
  const course = courseSince(timeline, breast, episode.start, episode.start)
  const improved = course.response === 'improved' && course.doubt === undefined
  return improved ? absent('better without an antibiotic', ...course.evidence) : undefined
}

/** A temperature says how ill the patient is now for this long. */
const temperatureHours = 24

/** Is the newest temperature, at most 24 h old, below fever, and the newest pain score at most 3? */
function isCoolAndEasy({ timeline, breast, systemicSigns }: Workup): boolean {
  const { now, parameters } = timeline
  const { newest, fever } = systemicSigns
  const pain = newestSince(
    measuresOf(timeline, 'pain').filter(({ fact }) => breast.includesUnspecifiedSide(fact.side)),
    now - hoursInMs(parameters['currency.signHours']),
  )
  const cool =
    newest !== undefined && now - newest.at <= hoursInMs(temperatureHours) && fever.verdict === 'absent'
  return cool && pain !== undefined && isEasyPain(pain.fact.value)
}

/** No antibiotic after 24 hours of illness (clinical 6.1 row 11). */
export const noAntibiotic24h = {
  name: 'no-antibiotic-24h',
  scope: 'side',
  means:
    'Is there no antibiotic although the patient has been ill for 24 hours, or has fever values 24 hours apart, and is not better?',
  ...inputs(untreatedInputs, temperatureInputs, worseInputs, inputOf('currency.signHours')),
  edge:
    'Exactly 24 hours counts. An antibiotic that covers now ends the question, whatever its reason. Better is a temperature below fever at most 24 hours old beside a pain score of 3 or less, or the response ' +
    'improved, counted from the start of the episode.',
  missing: coverUnread,
  find: ({ breast }) => untreated(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>
