import type { Side, State } from './document.js'
import { entryOf, hasRole, hitsBetween, isNamed, type Hit } from './phrases.js'
import type { Token } from './tokens.js'

/** The answer of a form to a target in its label. */
export interface Answer {
  state: State
  rule: string
  /** Tokens that decided, the last one not counted. */
  first: number
  last: number
  /** The side that the answer is about ("left [x]", a column of a table). */
  side?: Side
}

/** A sentence as forms see it; answers are collected here, and hits that were used up as values. */
export interface FormLine {
  readonly first: number
  readonly last: number
  readonly tokens: readonly Token[]
  readonly hits: readonly Hit[]
  /** The hits by their first token. */
  readonly starts: ReadonlyMap<number, Hit>
  readonly answers: Map<Hit, Answer[]>
  readonly used: Set<Hit>
}

/** Gives an answer to targets that have none yet. */
export function answer(line: FormLine, targets: readonly Hit[], ...answers: Answer[]): void {
  for (const target of targets) if (!line.answers.has(target)) line.answers.set(target, answers)
}

/** The hit that begins at a token. */
export const hitAt = ({ starts }: FormLine, at: number): Hit | undefined => starts.get(at)

/** Targets among the tokens from `first` to `last`, the last one not counted. */
export const targetsIn = ({ hits }: FormLine, first: number, last: number): readonly Hit[] =>
  hitsBetween(hits, first, last).filter((hit) => hasRole(hit, 'target'))

/** Labels are shorter than this, in tokens. */
const longestLabel = 40

/**
 * Targets of a label that ends at a token: those of its comma part, and of bare parts of a list before it.
 *
 * Edge: a label in brackets has no targets before its bracket ("clindamycin 300 mg (penicillin allergy)").
 */
export function labelBefore(line: FormLine, end: number, from: number): readonly Hit[] {
  const label: Hit[] = []
  const remark = remarkBefore(line, end)
  const start = Math.max(from, startOfLabel(line, end))
  for (let index = line.hits.length - 1; index >= 0; index--) {
    const hit = line.hits[index]
    if (!hit || hit.last > remark) continue
    if (hit.first < start || line.used.has(hit) || endsLabel(hit)) break
    if (hasBox(line, hit.last, label.at(-1)?.first ?? end)) break
    if (label.length === 0 && isNamed(hit, 'side-word')) break
    const target = entryOf(hit, 'target')
    if (!target) continue
    const next = label.at(-1)?.first ?? end
    if (target.form !== 'noun' && hasComma(line, hit.last, next)) break
    label.push(hit)
  }
  return label
}

/** The first token that a label may begin at: the one behind an open bracket, if there is one. */
function startOfLabel({ tokens, first }: FormLine, end: number): number {
  const earliest = Math.max(first, end - longestLabel)
  for (let at = end - 1; at >= earliest; at--) {
    const text = tokens[at]?.text
    if (text === ')' || text === ']') return earliest
    if (text === '(' || text === '[') return at
  }
  return earliest
}

/** Where a remark in brackets without a target begins right before this token ("Pain (0-10):"), else the token itself. */
function remarkBefore(line: FormLine, end: number): number {
  const { tokens, first } = line
  if (tokens[end - 1]?.text !== ')') return end
  let open = end - 2
  while (open > first && tokens[open]?.text !== '(') open--
  return open > first && targetsIn(line, open, end).length === 0 ? open : end
}

const hasBox = ({ tokens }: FormLine, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (tokens[at]?.kind === 'box') return true
  return false
}

const endsLabel = (hit: Hit): boolean =>
  hasRole(hit, 'modifier') || ((hasRole(hit, 'verb') || hasRole(hit, 'cut')) && !hasRole(hit, 'target'))

const hasComma = ({ tokens }: FormLine, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (tokens[at]?.text === ',') return true
  return false
}
