import { inputOf, inputs, type FindingDefinition, type Inputs } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { hoursInMs } from '../../../units/units.js'
import { episodeInputs } from '../episode.js'
import { courseOf } from '../signs/sign-finding.js'
import type { CancerContext, OfRules } from './cancer-context.js'
import { draftedAntibiotic } from '../orders/drafted.js'
import { longEnough } from './ibc-response.js'
import { ruleUnread, textOnly } from './ibc-words.js'
import { allOf, anyOf, not } from '../../logic.js'
import { failedInputs } from '../antibiotics/failed.js'
import { strongSigns } from '../signs/signs-of-breast.js'
import { temperatureInputs } from '../signs/temperature.js'
import { lastingSign, weakInputs, type WeakElement } from './weak.js'

/** The inputs of peau d'orange and skin thickening. */
export const strongInputs: Inputs = {
  facts: ['signs', 'reads', 'unreadable', 'problems'],
  sets: ['peau-d-orange', 'skin-thickening', 'inflammatory-breast-cancer'],
  parameters: ['currency.skinSignDays'],
}

const draftInputs: Inputs = { facts: ['drafts'], sets: [], parameters: [] }

/**
 * R1 is critical after failed antibiotics, with one more antibiotic among the drafts, or when the sign lasts without
 * fever.
 */
export function strongIsUrgent(context: CancerContext): Finding {
  const { failed, cover, systemicSigns, timeline } = context
  const { 'response.dueHours': due, 'ibc.persistDays': days } = timeline.parameters
  const lasting = anyOf(
    `neither redness, colour change nor the sign itself recorded for more than ${days} days`,
    ...lastingSigns.map((name) => lastingSign(context, name)),
  )
  return anyOf(
    'neither failed, nor lasting without fever',
    failed,
    allOf(draftedAntibiotic(timeline.facts), longEnough(cover.hoursAny, due, cover.unreadable)),
    allOf(lasting, not(systemicSigns.fever, 'no fever', 'fever')),
  )
}

/** The weaker signs that acute swelling does not make. */
const notAcute: ReadonlySet<WeakElement['name']> = new Set([
  'nipple-retraction',
  'axillary-node',
  'bloody-discharge',
  'cancer-history',
])

/**
 * R1 in the first `ibc.acuteHours` of a febrile illness: acute swelling can dimple the skin for a day or two.
 *
 * Edge:    exactly `ibc.acuteHours` is no longer acute. An urgent R1 never is.
 * Missing: a weaker sign that cannot be told leaves R1 as R1 is.
 * Source:  clinical changes C20
 */
export function strongIsAcute(context: CancerContext, urgent: Finding): Finding {
  const { timeline, breast, episode, systemicSigns, weak, signs } = context
  const since = timeline.now - hoursInMs(timeline.parameters['ibc.acuteHours'])
  const starts = strongSigns.flatMap((name) => courseOf(breast.courses, name).run[0]?.at ?? [])
  const young = episode.start !== undefined && episode.start > since && starts.every((at) => at > since)
  const others = weak.filter(({ name }) => notAcute.has(name)).map(({ finding }) => finding)
  return allOf(
    signs.strong,
    systemicSigns.fever,
    young
      ? present(
          `the illness and the skin change began less than ${timeline.parameters['ibc.acuteHours']} h ago`,
        )
      : absent('the illness or the skin change began earlier'),
    not(anyOf('no weaker sign that acute swelling does not make', ...others), 'no other sign of cancer'),
    not(urgent, 'R1 is not urgent'),
  )
}

const lastingSigns = ['erythema', 'colour-change', ...strongSigns] as const

/** Rule R1 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR1 = {
  name: 'ibc-r1',
  scope: 'side',
  means: "R1: is peau d'orange or skin thickening recorded, with or without antibiotics or fever?",
  ...strongInputs,
  edge: 'A record exactly as old as the window counts; a later "absent" ends it.',
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r1,
} as const satisfies FindingDefinition<OfRules>

/** The critical form of rule R1 (clinical 5.3). */
export const ibcR1Critical = {
  name: 'ibc-r1-critical',
  scope: 'side',
  means:
    'R1, and antibiotics have failed; or one more is being ordered when a response is due; or without fever redness, colour ' +
    'change or the sign itself was first recorded longer ago than the limit?',
  ...inputs(strongInputs, failedInputs, temperatureInputs, draftInputs, inputOf('ibc.persistDays')),
  edge: `Exactly the limit is not yet longer. ${textOnly}`,
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r1Critical,
} as const satisfies FindingDefinition<OfRules>

/** Rule R1 while acute swelling can be the cause (clinical 5.3). */
export const ibcR1Acute = {
  name: 'ibc-r1-acute',
  scope: 'side',
  means:
    'R1 with fever, in the first hours of the illness and of the skin change, without another sign of cancer?',
  ...inputs(
    strongInputs,
    failedInputs,
    temperatureInputs,
    draftInputs,
    episodeInputs,
    weakInputs,
    inputOf('ibc.persistDays', 'ibc.acuteHours'),
  ),
  edge: 'Exactly the limit is no longer acute; a critical R1 never is.',
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r1Acute,
} as const satisfies FindingDefinition<OfRules>
