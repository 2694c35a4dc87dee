import type { State } from './document.js'
import { hitAt, type Answer, type FormLine } from './form-line.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import { yearAlone } from './years.js'

/** What stands behind a label, and the hits that are used up in it. */
export interface Value {
  answer: Answer
  used: readonly Hit[]
}

/**
 * The answer of the value between two tokens.
 *
 * Shape:   a listed answer at its beginning decides; else a number (0 is absent); else the first word for yes or no; else a grade,
 *          place, side, time or size tells of something that is there.
 * Edge:    a place left for the answer is none, whatever stands behind it; "no lump" behind another label says nothing of that label.
 * Missing: an empty value, and one that is none of these, is unreadable.
 */
export function valueOf(line: FormLine, from: number, end: number, label: readonly Hit[] = []): Value {
  const first = from - 1
  const opens = ['[', '('].includes(line.tokens[from]?.text ?? '')
  const lead = leadingValue(line, opens ? from + 1 : from, end)
  if (lead) return lead
  const said = (state: State, rule: string): Value => ({
    answer: { state, rule, first, last: end },
    used: [],
  })
  const leftOpen = line.tokens[from]?.kind === 'blank'
  for (const hit of line.hits) {
    if (hit.first < from || hit.last > end) continue
    const meaning = entryOf(hit, 'modifier')?.as
    const next = meaning === 'denied' ? hitAt(line, hit.last) : undefined
    if (next && next.last <= end && hasRole(next, 'target') && !label.some((one) => sameTarget(one, next)))
      continue
    if (meaning === 'denied' || meaning === 'resolved') return said('absent', 'value-denied')
    if (meaning === 'possible') return said('present', 'value-possible')
    if (meaning !== undefined && notAnswers.has(meaning)) return said('unreadable', 'value-not-understood')
    const value = entryOf(hit, 'value')
    if (value) return said(value.as as State, value.id)
    if (!leftOpen && affirms(hit, line, end)) return said('present', 'value-describes')
  }
  return said('unreadable', from >= end ? 'value-missing' : 'value-not-understood')
}

const sameTarget = (one: Hit, other: Hit): boolean =>
  entryOf(one, 'target')?.id === entryOf(other, 'target')?.id

/** A listed answer or a number at the beginning of the value. */
export function leadingValue(line: FormLine, from: number, end: number): Value | undefined {
  const first = from - 1
  const token = line.tokens[from]
  const lead = hitAt(line, from)
  if (from < end && token?.kind === 'number' && !(lead && isNamed(lead, yearAlone))) {
    const state = Number(token.text) === 0 ? 'absent' : 'present'
    return { answer: { state, rule: 'value-number', first, last: from + 1 }, used: numberHit(line, from) }
  }
  const stated = lead && lead.last <= end ? statedBy(lead) : undefined
  if (!lead || !stated || goesOn(line, lead, end) || isChoice(line, lead, end)) return undefined
  return { answer: { ...stated, first, last: lead.last }, used: [lead] }
}

/** Is the answer the first of several to choose from ("none / mild / severe")? */
function isChoice(line: FormLine, { last }: Hit, end: number): boolean {
  const next = line.tokens[last]?.text === '/' && last + 1 < end ? hitAt(line, last + 1) : undefined
  return next !== undefined && (hasRole(next, 'value') || hasRole(next, 'grade'))
}

/** What a word says as an answer: a listed answer, or a modifier that stands behind its targets ("not elicited"). */
function statedBy(hit: Hit): Pick<Answer, 'state' | 'rule'> | undefined {
  const value = entryOf(hit, 'value')
  if (value) return { state: value.as as State, rule: value.id }
  const behind = hit.phrase.entries.find(
    ({ role, direction }) => role === 'modifier' && direction !== 'forward',
  )
  const state = behind && stateByMeaning.get(behind.as)
  return state && { state, rule: behind.id }
}

const stateByMeaning: ReadonlyMap<string, State> = new Map([
  ['denied', 'absent'],
  ['resolved', 'absent'],
  ['affirmed', 'present'],
  ['possible', 'present'],
  ['unreadable', 'unreadable'],
])

/** Is the answer the first word of a phrase ("abscess (no internal flow)", "drained abscess: no collection")? */
function goesOn(line: FormLine, lead: Hit, end: number): boolean {
  if (entryOf(lead, 'modifier')?.as !== 'denied' || lead.last >= end) return false
  const next = hitAt(line, lead.last)
  if (next) return hasRole(next, 'target')
  return line.tokens[lead.last]?.kind === 'word'
}

const numberHit = (line: FormLine, at: number): readonly Hit[] => {
  const hit = hitAt(line, at)
  return hit ? [hit] : []
}

/** What is to be done, or may be, is no answer ("see surgeon for review"). */
const notAnswers: ReadonlySet<string> = new Set(['unreadable', 'planned', 'hypothetical', 'instructed'])

/** A grade, place, side, time or size tells of something that is there; a time without a number only when it is now. */
const affirms = (hit: Hit, line: FormLine, end: number): boolean =>
  hasRole(hit, 'grade') ||
  hasRole(hit, 'side') ||
  (hasRole(hit, 'place') && entryOf(hit, 'place')?.as !== 'elsewhere') ||
  hasRole(hit, 'unit') ||
  isNamed(hit, 'now') ||
  (hasRole(hit, 'time') && hasNumber(line, hit.first - 1, end))

function hasNumber({ tokens }: FormLine, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (tokens[at]?.kind === 'number') return true
  return false
}
