import { daysInMs } from '../../../units/units.js'
import type { FindingDefinition } from '../../definition.js'
import { cannotTell, absent, present, verdict, type Finding } from '../../finding.js'
import { ofCulture } from '../describe.js'
import { hasLasted } from '../episode.js'
import { allOf, anyOf } from '../../logic.js'
import { bacterialInputs, inflammatoryInputs } from './stage-inputs.js'
import { isStage, passedOver, type OfStages } from './stage-order.js'
import type { Workup } from '../workup.js'

/** Mastitis or inflammation, and a reason to suspect bacteria (clinical 5.2 row 5). */
export function bacterialRow(workup: Workup): Finding {
  const { diagnoses, inflamed, systemicSigns } = workup
  return allOf(
    anyOf('no diagnosis of mastitis and no inflammation', diagnoses.mastitis, inflamed),
    anyOf(
      'not ill, no culture, no antibiotic, and less than 24 h or improving',
      systemicSigns.systemic,
      positiveCulture(workup),
      treated(workup),
      lasting(workup),
    ),
  )
}

/** Mastitis or inflammation (clinical 5.2 row 6). */
export function inflammatoryRow({ diagnoses, inflamed }: Workup): Finding {
  return anyOf('no diagnosis of mastitis and no inflammation', diagnoses.mastitis, inflamed)
}

function positiveCulture({ timeline, breast }: Workup): Finding {
  const since = timeline.now - daysInMs(timeline.parameters['currency.resultDays'])
  const found = timeline.cultures.filter(
    ({ fact, at }) => fact.positive && at >= since && breast.owns(fact.side),
  )
  const evidence = found.map(({ fact }) => ofCulture(fact))
  return verdict(found.length > 0, 'a culture is positive', 'no positive culture', evidence)
}

/** Does antibiotic cover belong to this episode? */
function treated({ cover }: Workup): Finding {
  if (cover.window !== 'none') return present('treated with an antibiotic', ...cover.started)
  return cover.unreadable === undefined ? absent('no antibiotic') : cannotTell(cover.unreadable)
}

/**
 * Has the illness lasted 24 h without improvement?
 *
 * Edge: exactly 24 h counts.
 */
function lasting({ timeline, episode, course }: Workup): Finding {
  const old = hasLasted(episode.start, timeline.now)
  return verdict(
    old && course.response !== 'improved',
    '24 h or more without improvement',
    'less than 24 h, or improving',
  )
}

/** The finding that the stage of the breast is bacterial mastitis (clinical 5.2 row 5). */
export const stageBacterialMastitis = {
  name: 'stage-bacterial-mastitis',
  scope: 'side',
  means:
    'Is this breast at the stage bacterial mastitis: a driving mastitis or inflammation, together with fever or malaise, a ' +
    'positive culture, an antibiotic in this episode, or 24 hours or more without improvement?',
  ...bacterialInputs,
  edge: 'Exactly 24 hours counts. An antibiotic that began a moment ago counts.',
  missing: passedOver,
  find: ({ breast }) => isStage(breast.stages, 'bacterial-mastitis'),
} as const satisfies FindingDefinition<OfStages>

/** The finding that the stage of the breast is inflammatory mastitis (clinical 5.2 row 6). */
export const stageInflammatoryMastitis = {
  name: 'stage-inflammatory-mastitis',
  scope: 'side',
  means:
    'Is this breast at the stage inflammatory mastitis: a driving mastitis or inflammation without anything that speaks for ' +
    'bacteria?',
  ...inflammatoryInputs,
  edge:
    'Inflammation needs one of four combinations; none needs redness, which dark skin can hide. Fullness of both ' +
    'breasts is no inflammation.',
  missing: passedOver,
  find: ({ breast }) => isStage(breast.stages, 'inflammatory-mastitis'),
} as const satisfies FindingDefinition<OfStages>
