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
    const mine = drafts.filter((draft) => draft.part === at)
    if (mine.length > 0) antecedents = mine
    else if (antecedents.length > 0) {
      const answer = shortAnswer(part, tokens, before.placed)
      if (answer && !isException(answer, drafts, part, at))
        found.push(...antecedents.map((draft) => repeated(draft, at, answer)))
    }
  }
  return found
}

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
  meaning: ModifierMeaning
}

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
    const meaning = meaningOf(hit)
    if (meaning && (!answer || (hasRole(hit, 'value') && !hasRole(answer.hit, 'value'))))
      answer = { hit, meaning }
    else if (meaning) continue
    else if (tellsWhere(hit)) somewhere = true
    else if (!hasRole(hit, 'verb') && !hasRole(hit, 'joiner') && !hasRole(hit, 'cut') && !isFiller(hit))
      return undefined
  }
  if (!answer || !somewhere || covered < wordsIn(tokens, { first, last })) return undefined
  return answer
}

/** "By me", "on my examination". */
const examiner = 'examiner'

/** Where, when, or by whom. */
const tellsWhere = (hit: Hit): boolean =>
  hasRole(hit, 'side') || hasRole(hit, 'place') || hasRole(hit, 'time') || isNamed(hit, examiner)

const wordsIn = (tokens: readonly Token[], { first, last }: Pick<Hit, 'first' | 'last'>): number =>
  tokens.slice(first, last).filter(({ kind }) => kind === 'word').length

const isFiller = (hit: Hit): boolean => isNamed(hit, 'filler')

function meaningOf(hit: Hit): ModifierMeaning | undefined {
  const value = entryOf(hit, 'value')?.as
  if (value === 'absent') return 'denied'
  if (value === 'present') return 'affirmed'
  const modifier = entryOf(hit, 'modifier')?.as
  return modifier === 'denied' || modifier === 'affirmed' || modifier === 'resolved' ? modifier : undefined
}

/** The rule of a sentence that tells what became of the name before it. */
export const statusBehind = 'status-behind'

const repeated = (draft: Draft, part: number, { hit, meaning }: ShortAnswer): Draft => ({
  ...draft,
  part,
  repeated: true,
  said: bitOf(meaning),
  rule: 'short-answer',
  whyFirst: hit.first,
  whyLast: hit.last,
})
