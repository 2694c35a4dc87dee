import { isTerm } from './birads-written.js'
import type { Document, Mention, Side } from './document.js'
import { entryOf, hasRole, type Hit } from './phrases.js'
import type { Level } from './report-levels.js'
import { hitsBySentence } from './sentence-hits.js'

/** What a report can say: its findings, by the names of the targets in `cards/words/en/report.yaml`. */
export type Finding =
  | 'abscess'
  | 'collection'
  | 'phlegmon'
  | 'malignancy'
  | 'suspicion'
  | 'galactocele'
  | 'other-fluid'
  | 'cyst'
  | 'node'
  | 'benign'
  | 'unremarkable'

/**
 * What is said of a finding. `gone`: it was there. `past`: it was there once, and nothing is said of now. `advice`: only of what is to
 * be done or may come. `other-thing`: the report names it something else. `unreadable`: asked, and not answered.
 */
export type Manner =
  'denied' | 'gone' | 'past' | 'advice' | 'other-thing' | 'doubted' | 'affirmed' | 'unreadable'

/** One finding of a report, and what is said of it. */
export interface Saying {
  finding: Finding
  manner: Manner
  level: Level
  side?: Side
  /** Called too small to drain, or not drainable. */
  small: boolean
  mention: Mention
}

/** A mention with its sentence. */
interface Around {
  mention: Mention
  /** All mentions of its sentence, and the hits. */
  mentions: readonly Mention[]
  hits: readonly Hit[]
  /** The hits of the next sentence, when that goes on and names no finding. */
  next: readonly Hit[]
  document: Document
}

/**
 * What a report says of each finding that its read sections name.
 *
 * Shape:  each mention is, in this order, denied, past, advice, another thing, doubted, or affirmed.
 * Source: clinical changes C6 (2)
 */
export function sayingsOf(document: Document, levels: readonly Level[]): readonly Saying[] {
  const hitsOfAll = hitsBySentence(document)
  const bySentence = mentionsBySentence(document)
  return document.mentions.flatMap((mention) => {
    const at = mention.sentence
    const level = levels[at]
    const hits = hitsOfAll[at] ?? []
    if (!level || level === 'never') return []
    const goesOn = !bySentence.has(at + 1) && document.sentences[at + 1]?.section === mention.section
    const next = goesOn ? (hitsOfAll[at + 1] ?? []) : []
    const around = { mention, mentions: bySentence.get(at) ?? [], hits, next, document }
    return [
      {
        finding: mention.target as Finding,
        manner: mannerOf(around),
        level,
        ...(mention.side && { side: mention.side }),
        small: isSmall(around),
        mention,
      },
    ]
  })
}

function mentionsBySentence({ mentions }: Document): ReadonlyMap<number, readonly Mention[]> {
  const found = new Map<number, Mention[]>()
  for (const mention of mentions) {
    const known = found.get(mention.sentence)
    if (known) known.push(mention)
    else found.set(mention.sentence, [mention])
  }
  return found
}

function mannerOf(around: Around): Manner {
  const { denied, resolved, possible, state } = around.mention.assertion
  if (state === 'none') return mannerElsewhere(around)
  if (state === 'absent') return resolved && !denied ? 'gone' : 'denied'
  if (isOnPriorScan(around) && !isStillThere(around)) return 'past'
  if (possible || isAlternative(around)) return isReleased(around) ? 'affirmed' : 'doubted'
  return state === 'unreadable' ? unanswered(around) : 'affirmed'
}

/** Of a mention that does not speak of now: what it says all the same. */
function mannerElsewhere(around: Around): Manner {
  const { assertion, sized, rule } = around.mention
  if (rule === 'box-empty') return 'unreadable'
  if (assertion.otherPerson || assertion.comparison) return 'advice'
  if (assertion.hypothetical && !assertion.resolved) return 'advice'
  if (rule === 'value-absent' || assertion.denied) return 'denied'
  if (assertion.resolved) return 'gone'
  if (assertion.historical && !isStillThere(around)) return 'past'
  if ((assertion.instructed || assertion.planned) && !sized && rule !== 'value-present') return 'advice'
  return assertion.possible || isAlternative(around) ? 'doubted' : 'affirmed'
}

/** A label whose answer is a number ("Abscesses: 2"), a doubt ("Abscess: cannot be excluded"), or missing ("abscess?"). */
function unanswered({ mention, hits, document }: Around): Manner {
  if (document.tokens[mention.last + 1]?.kind === 'number') return 'affirmed'
  const isAsked = document.tokens[mention.last]?.text === '?'
  const isDoubted = hits.some(
    (hit) => hit.first >= mention.last && entryOf(hit, 'modifier')?.as === 'possible',
  )
  return isAsked || isDoubted ? 'doubted' : 'unreadable'
}

/** Tells the sentence that the finding is there now ("previously noted abscess now measures 3 cm")? */
function isStillThere(around: Around): boolean {
  const { mention, hits } = around
  if (hits.some((hit) => isTerm(hit, 'still-there') && isNearest(hit, around))) return true
  return mention.sized && hits.some((hit) => isTerm(hit, 'current') && isNearest(hit, around))
}

/** Is the mention the one that stands nearest to the hit in its sentence ("residual collection after drainage of an abscess")? */
function isNearest(hit: Hit, { mention, mentions }: Around): boolean {
  const distance = (one: Mention): number =>
    one.first >= hit.last ? one.first - hit.last : hit.first - one.last
  return mentions.every((one) => distance(one) >= distance(mention))
}

const reachOfPlace = 4

/** Was it on an earlier scan ("abscess on the previous ultrasound"), not compared with one ("larger than on the previous ultrasound")? */
function isOnPriorScan({ mention, hits }: Around): boolean {
  return hits.some((hit, at) => {
    const before = hits[at - 1]
    if (!isTerm(hit, 'prior-scan') || !isTerm(before, 'on') || !before) return false
    const place = hits[at - 2]
    const compared = place !== undefined && isTerm(place, 'than') && before.first - place.last <= 1
    if (compared || hit.first - before.last > 1) return false
    return hit.last <= mention.first || before.first - mention.last <= reachOfPlace
  })
}

/** Stands it beside another name that it may have ("abscess versus galactocele", "phlegmon or early abscess")? */
function isAlternative({ mention, hits, document }: Around): boolean {
  const { tokens } = document
  return hits.some((hit, at) => {
    if (!isTerm(hit, 'alternative')) return false
    const isOr = tokens[hit.first]?.text === 'or'
    if (hit.first >= mention.last) return hit.first === mention.last
    const own = hits.slice(at + 1).filter((one) => one.last <= mention.first)
    const isNear = own.every((one) => hasRole(one, 'grade') || hasRole(one, 'side') || hasRole(one, 'target'))
    const words = mention.first - hit.last
    return isNear && words <= reachOfPlace && !(isOr && tokens[hit.first - 1]?.kind === 'number')
  })
}

/** A doubt touches only what it stands before: "possible abscess within a 4 cm collection" doubts no collection. */
function isReleased({ mention, mentions, hits }: Around): boolean {
  const first = mentions.find((one) => one.first < mention.first && one.assertion.possible)
  if (!first || !mention.assertion.possible) return false
  const between = hits.filter((hit) => hit.first >= first.last && hit.last <= mention.first)
  return between.some((hit) => isTerm(hit, 'within')) && !between.some((hit) => isTerm(hit, 'alternative'))
}

const farthestDrainage = 5

/** Is it called too small to drain, or not drainable, in its sentence or the next one? */
function isSmall({ hits, next }: Around): boolean {
  const near = [...hits, ...next]
  return near.some(
    (hit) =>
      isTerm(hit, 'undrainable') ||
      (isTerm(hit, 'too-small') && near.some((one) => isTerm(one, 'drainage') && isSoonBehind(one, hit))),
  )
}

const isSoonBehind = (one: Hit, hit: Hit): boolean =>
  one.first >= hit.last && one.first - hit.last <= farthestDrainage
