import { isCourse } from './course.js'
import { bitOf, type Draft } from './said.js'
import type { Part } from './clauses.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import type { Token } from './tokens.js'
import type { ModifierMeaning } from './word-lists.js'

/** Targets of an earlier part or sentence, which a short answer may speak of. */
export type Antecedents = readonly Draft[]

/** What a short answer may speak of, and where: `placed`, its label says where; `name`, the text names a medicine, an order or a diagnosis. */
interface Before {
  antecedents: Antecedents
  placed: boolean
  name: boolean
}

/**
 * Short answers that speak of the targets before them: "absent on the right, present on the left", "L breast no", "Now none".
 *
 * Edge: every word of such a part is known, one says yes or no, and a side, place or time or the label of the sentence says where or when.
 *       Behind a name, a sentence that begins with a word such as "stopped" is its status.
 */
export function ellipsesOf(
  parts: readonly Part[],
  drafts: readonly Draft[],
  tokens: readonly Token[],
  before: Before,
): Draft[] {
  if (drafts.length === 0 && before.antecedents.length === 0) return []
  const status = before.name && drafts.length === 0 ? statusOf(parts[0], tokens) : undefined
  if (status)
    return before.antecedents.map((draft) => ({ ...repeated(draft, 0, status), rule: statusBehind }))
  const found: Draft[] = []
  let antecedents = before.antecedents
  for (const [at, part] of parts.entries()) {
    const mine = drafts.filter((draft) => draft.part === at && !isCourse(draft.entry.id))
    if (mine.length > 0) antecedents = mine
    else if (antecedents.length > 0) {
      const answer = shortAnswer(part, tokens, before.placed)
      if (answer && !isException(answer, drafts, part, at))
        found.push(
          ...antecedents
            .filter((draft) => !isPastName(draft, before))
            .map((draft) => repeated(draft, at, answer)),
        )
    }
  }
  return found
}

/** What is added to a name of an earlier time is of that time ("abscess 2017, right, drained"). */
const isPastName = ({ said }: Draft, { name }: Before): boolean => name && (said & bitOf('historical')) !== 0

/** What a sentence says of the name before it with its first words: "Stopped due to rash", "she never took it". */
function statusOf(part: Part | undefined, tokens: readonly Token[]): ShortAnswer | undefined {
  let at = part?.first ?? 0
  for (const hit of part?.hits ?? []) {
    if (hit.first !== at) return undefined
    at = hit.last
    if (hasRole(hit, 'subject') || (isFiller(hit) && !isStatus(hit))) continue
    return isStatus(hit) && !hasObject(hit, part, tokens) ? { hit, meaning: 'denied' } : undefined
  }
  return undefined
}

const isStatus = (hit: Hit): boolean =>
  entryOf(hit, 'value')?.as === 'absent' ||
  hit.phrase.entries.some(
    ({ role, direction, as }) =>
      role === 'modifier' && direction !== 'forward' && (as === 'denied' || as === 'resolved'),
  )

/** Is the word said of something else that follows it ("stopped breastfeeding")? */
function hasObject({ last }: Hit, part: Part | undefined, tokens: readonly Token[]): boolean {
  if (tokens[last]?.kind !== 'word' || last >= (part?.last ?? last)) return false
  const next = part?.hits.find(({ first }) => first === last)
  return next === undefined || !(hasRole(next, 'time') || hasRole(next, 'modifier') || isFiller(next))
}

interface ShortAnswer {
  hit: Hit
  /** `same`: what was said before holds here too. */
  meaning: ModifierMeaning | typeof same
  /** It begins with a word for what was named before ("that has settled"), and tells what became of it. */
  refersBack?: boolean
}

const same = 'same-as-before'

/** "Except" is no answer where what is excepted is named behind it ("no mass. Except: left breast, redness"). */
function isException({ hit }: ShortAnswer, drafts: readonly Draft[], { endsAt }: Part, at: number): boolean {
  if (!hasRole(hit, 'cut')) return false
  return drafts.some(({ part }) => (endsAt === ':' ? part > at : part === at + 1))
}

function shortAnswer(
  { hits, first, last }: Part,
  tokens: readonly Token[],
  placed: boolean,
): ShortAnswer | undefined {
  let answer: ShortAnswer | undefined
  let somewhere = placed
  let covered = 0
  for (const hit of hits) {
    covered += wordsIn(tokens, hit)
    const meaning = isNamed(hit, same) ? same : meaningOf(hit)
    if (meaning && (!answer || (hasRole(hit, 'value') && !hasRole(answer.hit, 'value'))))
      answer = { hit, meaning }
    else if (meaning) continue
    else if (tellsWhere(hit)) somewhere = true
    else if (!hasRole(hit, 'verb') && !hasRole(hit, 'joiner') && !hasRole(hit, 'cut') && !isFiller(hit))
      return undefined
  }
  if (!answer || !somewhere || covered < wordsIn(tokens, { first, last }) || isOfPlace(answer, hits))
    return undefined
  return { ...answer, refersBack: hits[0] !== undefined && isNamed(hits[0], 'that') }
}

/** "Skin normal" speaks of the skin, and of no lump before it; "right breast normal" is an answer for the other side. */
const isOfPlace = ({ hit }: ShortAnswer, hits: readonly Hit[]): boolean =>
  hasRole(hit, 'normal') &&
  hits.some((one) => hasRole(one, 'place')) &&
  !hits.some((one) => hasRole(one, 'side') || hasRole(one, 'time'))

/** "By me", "on my examination". */
const examiner = 'examiner'

/** Where, when, or by whom. */
const tellsWhere = (hit: Hit): boolean =>
  hasRole(hit, 'side') || hasRole(hit, 'place') || hasRole(hit, 'time') || isNamed(hit, examiner)

const wordsIn = (tokens: readonly Token[], { first, last }: Pick<Hit, 'first' | 'last'>): number =>
  tokens.slice(first, last).filter(({ kind }) => kind === 'word').length

const isFiller = (hit: Hit): boolean => isNamed(hit, 'filler')

function meaningOf(hit: Hit): ModifierMeaning | undefined {
  if (isNamed(hit, 'value-gone')) return 'resolved'
  if (isNamed(hit, 'only')) return undefined
  const value = entryOf(hit, 'value')?.as
  if (value === 'absent') return 'denied'
  if (value === 'present') return 'affirmed'
  const modifier = entryOf(hit, 'modifier')?.as
  return modifier === 'denied' || modifier === 'affirmed' || modifier === 'resolved' ? modifier : undefined
}

/** The rule of a sentence that tells what became of the name before it. */
export const statusBehind = 'status-behind'

const repeated = (draft: Draft, part: number, { hit, meaning, refersBack }: ShortAnswer): Draft => ({
  ...draft,
  part,
  repeated: true,
  said: meaning === same ? draft.said : bitOf(meaning),
  rule: refersBack && meaning === 'resolved' ? statusBehind : 'short-answer',
  whyFirst: hit.first,
  whyLast: hit.last,
})
