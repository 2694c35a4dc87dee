import { daysBetween } from '../../units/units.js'
import type { BreastSide, CardValues, Stage } from '../assessment.js'
import type { SideView } from '../views.js'
import { imagingWords } from './describe.js'
import { lastDrainage } from './drainage.js'
import { isCollection } from './imaging.js'
import type { Workup } from './workup.js'

/** {Stage} of clinical 6. */
export const stageWords: Readonly<Record<Stage, string>> = {
  abscess: 'Breast abscess',
  phlegmon: 'Phlegmon',
  'bacterial-mastitis': 'Mastitis',
  'inflammatory-mastitis': 'Mastitis',
  'blocked-duct': 'Blocked duct',
  engorgement: 'Engorgement',
  none: '',
}

const sideWords: Readonly<Record<BreastSide, string>> = {
  left: 'left breast',
  right: 'right breast',
  unspecified: 'breast',
}

/**
 * The words and numbers a card may print about one breast.
 *
 * Units: N and Napt in whole hours, D in whole days, all rounded down.
 */
export function valuesOf(workup: Workup, stage: Stage): SideView['values'] {
  const { clocks, timeline, breast } = workup
  const drainage = lastDrainage(workup)
  const days = drainage ? daysBetween(drainage.at, timeline.now) : timeline.parameters['lump.days']
  return {
    side: sideWords[breast.side],
    Stage: stageWords[stage],
    N: String(Math.floor(clocks.hoursAny)),
    Napt: String(Math.floor(clocks.hoursApt)),
    D: String(Math.floor(days)),
    firstDrug: clocks.firstDrug ?? '',
    imaging: leadingImage(workup),
  } satisfies Partial<CardValues>
}

/** The newest current ultrasound with an abscess or collection, else the newest current one. */
function leadingImage({ imaging }: Workup): string {
  const leading = imaging.current.findLast(({ fact }) => isCollection(fact.reading)) ?? imaging.current.at(-1)
  return leading ? imagingWords(leading.fact) : ''
}
