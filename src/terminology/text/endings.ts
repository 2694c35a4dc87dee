import { answer, hitAt, labelBefore, type FormLine } from './form-line.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import { sidedValues } from './sided-values.js'
import { pickList } from './tokens.js'

const parting = new Set([',', '/', ')', ']', ';', '|'])

/**
 * Reads answers right behind their targets, without a separator: "fluctuance no", "PDO neg", "erythema +", "R breast yes".
 *
 * Edge: before another target such a word belongs to that one ("redness no swelling"), unless the line begins with a target and ends
 *       with an answer; a dash alone denies only in a line that also has a plus. Answers in a row answer when they agree.
 */
export function readEndings(line: FormLine): void {
  const columns = isColumns(line)
  const hasPlus = line.hits.some((hit) => line.tokens[hit.first]?.text === '+')
  let from = line.first
  for (let at = line.first; at < line.last; at++) {
    from = readSidedEnding(line, at, from)
    const next = endingAt(line, at, hasPlus)
    if (!next || !(next.rule === blankRule || isEnding(line, next.last, columns))) continue
    const label = labelBefore(line, at, Math.max(from, partStart(line, at)))
    const [nearest] = label
    if (!nearest)
      answer(line, askedBehind(line, at), {
        state: 'unreadable',
        rule: next.rule,
        first: at,
        last: next.last,
      })
    if (!nearest || !onlyPlaces(line, nearest.last, at)) continue
    if (next.state === 'present' && isDenied(line, label)) continue
    answer(line, label, { state: next.state, rule: next.rule, first: at, last: next.last })
    for (const hit of next.hits ?? []) line.used.add(hit)
    from = next.last
  }
}

/** Answers for each side right behind a target ("redness L ++ R 0"); tells where the next label may begin. */
function readSidedEnding(line: FormLine, at: number, from: number): number {
  const before = line.hits.find(({ last }) => last === at)
  const here = hitAt(line, at)
  if (!before || !hasRole(before, 'target') || !here || !hasRole(here, 'side')) return from
  let end = at
  while (end < line.last && !parting.has(line.tokens[end]?.text ?? '')) end++
  const answers = sidedValues(line, at, end) ?? []
  if (answers.length === 0 || (answers.length === 1 && answers[0]?.side !== 'both')) return from
  answer(line, labelBefore(line, at, from), ...answers)
  return end
}

/**
 * Stands a word of denial before these targets in their part ("no lump seen")?
 *
 * Edge: in a list that ends with "or", the denial at its head reaches over the commas ("no lump, redness or warmth noted").
 */
function isDenied(line: FormLine, label: readonly Hit[]): boolean {
  const { hits, first } = line
  const target = label.at(-1)
  if (!target) return false
  const alternatives = hits.some(
    (hit) => isNamed(hit, 'or') && hit.last >= target.first && hit.last <= (label[0]?.first ?? 0),
  )
  let behind = target
  for (let index = hits.indexOf(target) - 1; index >= 0; index--) {
    const hit = hits[index]
    if (!hit || hit.first < first) return false
    if (isParted(line, hit.last, behind.first, alternatives)) return false
    const modifier = entryOf(hit, 'modifier')
    if (modifier && modifier.direction !== 'backward') return modifier.as === 'denied'
    behind = hit
  }
  return false
}

/** Does a mark between two tokens part what stands before it from what follows; a comma does not in a list of alternatives. */
function isParted({ tokens }: FormLine, from: number, to: number, alternatives: boolean): boolean {
  for (let at = from; at < to; at++) {
    const text = tokens[at]?.text ?? ''
    if (parting.has(text) && !(alternatives && text === ',')) return true
  }
  return false
}

/** The noun that a list to pick from stands right before ("{no/mild} erythema"); an adjective there is what was picked. */
function askedBehind(line: FormLine, at: number): readonly Hit[] {
  const hit = line.tokens[at]?.text === pickList ? hitAt(line, at + 1) : undefined
  return hit && entryOf(hit, 'target')?.form === 'noun' ? [hit] : []
}

/** The token behind the last comma before this one. */
function partStart({ tokens, first }: FormLine, at: number): number {
  let start = at
  while (start > first && tokens[start - 1]?.text !== ',') start--
  return start
}

interface Ending {
  state: 'present' | 'absent' | 'unreadable'
  rule: string
  last: number
  hits?: readonly Hit[]
}

/** A place left for an answer and not filled in; two signs may only set a word off. */
const shortestBlank = 3
const blankRule = 'value-missing'

function endingAt(line: FormLine, at: number, hasPlus: boolean): Ending | undefined {
  const token = line.tokens[at]
  const score = scoreAt(line, at)
  if (score) return score
  if (token?.kind === 'blank' && token.end - token.start >= shortestBlank)
    return { state: 'unreadable', rule: blankRule, last: at + 1 }
  if (token?.text === '-' && token.kind === 'mark' && token.spaces > 0)
    return { state: hasPlus ? 'absent' : 'unreadable', rule: 'dash-behind', last: at + 1 }
  const [value, ...others] = valuesFrom(line, at)
  const end = others.at(-1)?.last
  if (!value || end === undefined || !endsPart(line, end)) return value
  if (others.some(({ state }) => state !== value.state)) return value
  const hits = [value, ...others].flatMap((one) => one.hits ?? [])
  return { state: value.state, rule: 'values-in-row', last: end, hits }
}

/** The answers that follow one another from a token on: those of several columns, when there are more than one. */
function valuesFrom(line: FormLine, from: number): readonly Ending[] {
  const found: Ending[] = []
  for (let hit = hitAt(line, from); hit; hit = hitAt(line, hit.last)) {
    const value = hasRole(hit, 'target') || line.used.has(hit) ? undefined : entryOf(hit, 'value')
    if (!value) break
    found.push({ state: value.as as Ending['state'], rule: value.id, last: hit.last, hits: [hit] })
  }
  return found
}

const endsPart = ({ tokens, last }: FormLine, at: number): boolean =>
  at >= last || parting.has(tokens[at]?.text ?? '')

/** "7/10", "3 out of 10"; a nought alone. Days are written with 7, 52 and 12 ("x 2/7"). */
function scoreAt({ tokens }: FormLine, at: number): Ending | undefined {
  const [number, slash, most] = [tokens[at], tokens[at + 1], tokens[at + 2]]
  if (number?.kind !== 'number') return undefined
  const state = Number(number.text) === 0 ? 'absent' : 'present'
  const spelled = slash?.text === 'out' && most?.text === 'of' && tokens[at + 3]?.kind === 'number'
  if (spelled) return { state, rule: 'score', last: at + 4 }
  const scored = slash?.text === '/' && most?.kind === 'number' && !days.has(most.text)
  if (scored) return { state, rule: 'score', last: at + 3 }
  return state === 'absent' ? { state, rule: 'score', last: at + 1 } : undefined
}

const days = new Set(['7', '52', '12'])

/** Does the line go from target to answer to target, as a table without borders? */
function isColumns(line: FormLine): boolean {
  const last = line.hits.at(-1)
  const first = line.hits[0]
  return (
    first !== undefined &&
    hasRole(first, 'target') &&
    last !== undefined &&
    entryOf(last, 'value') !== undefined
  )
}

function isEnding(line: FormLine, last: number, columns: boolean): boolean {
  if (endsPart(line, last) || line.tokens[last]?.text === '(') return true
  const next = hitAt(line, last)
  if (next && (hasRole(next, 'side') || hasRole(next, 'place'))) return true
  return columns && next !== undefined && hasRole(next, 'target')
}

/** Only places, sides and small words stand between the target and its answer. */
function onlyPlaces(line: FormLine, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const hit = hitAt(line, at)
    if (hit && (hasRole(hit, 'place') || hasRole(hit, 'side'))) at = hit.last - 1
    else if (!small.has(line.tokens[at]?.text ?? '')) return false
  }
  return true
}

const small = new Set(['of', 'the', 'on', 'in', 'over', 'score', 'scale', 'rated', 'at', 'about', 'level'])
