import type { Assigned } from './birads.js'
import type { Document, Side } from './document.js'
import type { Level } from './report-levels.js'
import type { Saying } from './report-sayings.js'
import { hitsBySentence, hitsWithin } from './sentence-hits.js'
import { joinedSides, sidesIn } from './sides.js'

/** One side of a report, or the report as a whole when it tells no sides apart. */
export interface SideOfReport {
  side?: Side
  sayings: readonly Saying[]
  assigned: readonly Assigned[]
}

/** What a report says, before it is parted into sides. */
export interface SidesSaid {
  sayings: readonly Saying[]
  assigned: readonly Assigned[]
}

/**
 * Parts what a report says into its sides.
 *
 * Shape:   what has no side joins the only side that the report speaks of: in its read sentences, else in all.
 * Edge:    of two sides, a finding without one goes on with the side of the sentence before it; else what is denied is said of both, and
 *          the rest of none. A category without a side is for the whole breast examination: see `overall`.
 * Source:  clinical section 2.8
 */
export function sidesOf(
  said: SidesSaid,
  document: Document,
  levels: readonly Level[],
): readonly SideOfReport[] {
  const sides = [...said.sayings, ...said.assigned].flatMap(({ side }) => side ?? [])
  const all = sides.reduce<Side | undefined>(joinedSides, undefined)
  if (sides.length === 0 || all !== 'both' || sides.every((side) => side === 'both')) {
    const side = all ?? sideNamed(document, levels)
    return [{ ...said, ...(side && { side }) }]
  }
  const sayings = said.sayings.map((saying) => {
    const side = saying.side ?? carriedOn(saying, document)
    return side ? { ...saying, side } : saying
  })
  const parts = (['left', 'right'] as const).map((side) => ({
    side,
    sayings: sayings.filter((saying) => speaksOf(saying, side)),
    assigned: said.assigned.filter((one) => one.side === side || one.side === 'both'),
  }))
  const loose = {
    sayings: sayings.filter(
      ({ side, manner }) => side === undefined && manner !== 'denied' && manner !== 'gone',
    ),
    assigned: said.assigned.filter(({ side }) => side === undefined),
  }
  return loose.sayings.length + loose.assigned.length > 0 ? [...parts, loose] : parts
}

function speaksOf({ side, manner }: Saying, one: Side): boolean {
  if (side === undefined) return manner === 'denied' || manner === 'gone'
  return side === one || side === 'both'
}

/** The only side that the report names: in its read sentences, else in all. */
function sideNamed(document: Document, levels: readonly Level[]): Side | undefined {
  const hitsOfAll = hitsBySentence(document)
  const read = document.sentences.flatMap(({ side }, index) =>
    levels[index] === 'never' ? [] : [side, sidesIn(hitsOfAll[index] ?? [])].flatMap((one) => one ?? []),
  )
  return read.reduce<Side | undefined>(joinedSides, undefined) ?? sidesIn(document.hits)
}

/** The only side of the sentence before, when it stands in the same section. */
function carriedOn({ mention }: Saying, document: Document): Side | undefined {
  const before = document.sentences[mention.sentence - 1]
  if (!before || before.section !== mention.section) return undefined
  const side = sidesIn(hitsWithin(before.first, before.last, document)) ?? before.side
  return side === 'both' ? undefined : side
}
