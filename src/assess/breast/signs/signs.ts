import type { Grade } from '../../../terminology/concepts.js'
import { hoursInMs } from '../../../units/units.js'
import { absent, present, verdict, type Finding } from '../../finding.js'
import type { Breast } from '../breasts.js'
import { ofSign } from '../describe.js'
import { anyOf } from '../../logic.js'
import type { SignRecord } from '../../pain-score.js'
import { courseOf, signFinding, sidedSignFinding } from './sign-finding.js'
import { breastSigns, skinSigns, strongSigns } from './signs-of-breast.js'
import type { Timeline } from '../../timeline.js'
import { inputOf, inputs, unreadInputs, type FindingDefinition, type Inputs } from '../../definition.js'

/** The inputs of the breast signs and pain scores that count as a current sign. */
export const currentSignInputs: Inputs = {
  facts: ['signs', 'measures'],
  sets: [...breastSigns, 'focal-tenderness', 'pain'],
  parameters: ['currency.signHours'],
}

/** The same with the signs that last, and with what could not be read of them. */
export const signInputs = inputs(currentSignInputs, unreadInputs, inputOf('currency.skinSignDays'))

/** The current signs of one breast, before rules combine them (clinical 5.1). */
export interface BreastSigns {
  pain: Finding
  sidedPain: Finding
  erythema: Finding
  colour: Finding
  warmth: Finding
  /** Redness, colour change or warmth; `sidedSkin` needs a recorded side. */
  skin: Finding
  sidedSkin: Finding
  swelling: Finding
  sidedSwelling: Finding
  lump: Finding
  fluctuance: Finding
  phlegmonText: Finding
  strong: Finding
  focal: Finding
  /** Is any breast sign at most `currency.signHours` old? */
  anySign: Finding
  /** Swelling or pain of severity moderate or more. */
  moderate: Finding
}

/** Reads every current sign of one breast. */
export function breastSignsOf(timeline: Timeline, breast: Breast): BreastSigns {
  const sign = (name: SignRecord['sign']): Finding => signFinding(timeline, breast, name)
  const [erythema, colour, warmth] = [sign('erythema'), sign('colour-change'), sign('warmth')]
  const lump = sign('lump')
  const current = currentRecords(timeline, breast)
  const skin = anyOf('no redness, colour change or warmth recorded', erythema, colour, warmth)
  return {
    pain: sign('breast-pain'),
    sidedPain: sidedSignFinding(timeline, breast, 'breast-pain'),
    erythema,
    colour,
    warmth,
    skin,
    sidedSkin: anyOf(
      'no redness, colour change or warmth with a side recorded',
      ...skinSigns.map((name) => sidedSignFinding(timeline, breast, name)),
    ),
    swelling: sign('swelling'),
    sidedSwelling: sidedSignFinding(timeline, breast, 'swelling'),
    lump,
    fluctuance: sign('fluctuance'),
    phlegmonText: sign('phlegmon-text'),
    strong: anyOf("no peau d'orange or skin thickening recorded", ...strongSigns.map(sign)),
    focal: anyOf('no focal sign recorded', skin, lump, focalWords(current)),
    anySign: anySign(timeline, breast, current),
    moderate: moderate(timeline, breast),
  }
}

/** The records of presence of all breast signs within the sign window. */
function currentRecords(timeline: Timeline, breast: Breast): readonly SignRecord[] {
  const since = timeline.now - hoursInMs(timeline.parameters['currency.signHours'])
  const current: SignRecord[] = []
  for (const name of breastSigns) {
    for (const { fact, at } of courseOf(breast.courses, name).run) {
      if (at >= since && fact.generic !== true) current.push(fact)
    }
  }
  return current
}

const noFocalWords = absent('no focal sign recorded')

/** Does a record state localized tenderness, or use the words wedge, segment or quadrant? */
function focalWords(current: readonly SignRecord[]): Finding {
  const record = current.find(({ focal }) => focal)
  return record ? present('focal sign recorded', ofSign(record)) : noFocalWords
}

const noSign = absent('no current breast sign recorded')

function anySign(timeline: Timeline, breast: Breast, current: readonly SignRecord[]): Finding {
  if (current.length > 0) return present('breast sign recorded', ...current.map(ofSign))
  for (const name of breastSigns) {
    const finding = signFinding(timeline, breast, name)
    if (finding.verdict === 'cannot-tell') return finding
  }
  return noSign
}

const atLeastModerate = new Set<Grade | undefined>(['moderate', 'severe'])

function moderate(timeline: Timeline, breast: Breast): Finding {
  const since = timeline.now - hoursInMs(timeline.parameters['currency.signHours'])
  const graded = (['swelling', 'breast-pain'] as const)
    .flatMap((name) => courseOf(breast.courses, name).run.at(-1) ?? [])
    .filter(({ fact, at }) => at >= since && atLeastModerate.has(fact.grade))
  return verdict(
    graded.length > 0,
    'swelling or pain of at least moderate severity',
    'no swelling or pain graded moderate or severe',
    graded.map(({ fact }) => ofSign(fact)),
  )
}

/** The finding that the breast has a current sign of any kind (clinical 2.2). */
export const breastSign = {
  name: 'breast-sign',
  scope: 'side',
  means: 'Is any sign recorded on this breast?',
  ...inputs(currentSignInputs, unreadInputs),
  edge: 'A record exactly as old as the sign window counts.',
  missing: 'Not charted is absent. A sign charted as unknown, or a list that could not be read: cannot-tell.',
  find: ({ breast }) => breast.signs.anySign,
} as const satisfies FindingDefinition<{ breast: { signs: BreastSigns } }>

/** The finding that fluctuance is recorded on the breast (clinical 2.2). */
export const fluctuance = {
  name: 'fluctuance',
  scope: 'side',
  means: 'Is fluctuance recorded on this breast?',
  facts: ['signs', 'reads', 'unreadable'],
  sets: ['fluctuance'],
  parameters: ['currency.signHours'],
  edge: 'A record exactly as old as the sign window counts; a later "absent" ends it.',
  missing:
    'Not charted is absent. Charted as unknown or without a date, or in a list that could not be read: cannot-tell.',
  find: ({ breast }) => breast.signs.fluctuance,
} as const satisfies FindingDefinition<{ breast: { signs: BreastSigns } }>
