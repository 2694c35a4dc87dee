import { isCourse } from './course.js'
import { answer, hitAt, labelBefore, type Answer, type FormLine } from './form-line.js'
import { listedValues } from './listed-values.js'
import { entryOf, hasRole, hitsBetween, type Hit } from './phrases.js'
import { sidedValues } from './sided-values.js'
import { leadingValue, valueOf, type Value } from './values.js'

/**
 * Reads labels with a separator and the value behind it.
 *
 * Shape:   a target before a colon, equals sign, row of dots, cell border or question mark says nothing by itself; the value decides.
 *          A dash or bracket is a separator only before a listed answer or a number.
 * Edge:    what is denied or doubted before its colon is said already, unless an answer follows ("unlikely to be dimpling: strap marks").
 * Missing: a value that is missing or not understood makes its targets unreadable.
 */
export function readLabels(line: FormLine): void {
  let from = line.first
  for (let at = line.first; at < line.last; at++) {
    const kind = separatorAt(line, at)
    if (!kind) continue
    const label = labelBefore(line, kind === 'strong' ? beforeVerb(line, at) : at, from)
    if (label.length === 0) continue
    const end = kind === 'weak' ? line.last : valueEnd(line, at + 1)
    const listed = kind === 'strong' ? listedValues(line, { from: at + 1, end }, label) : undefined
    if (listed) {
      for (const hit of label)
        answer(line, [hit], ...('get' in listed ? [listed.get(hit) ?? []].flat() : listed))
      takeValues(line, at + 1, end)
      from = end
      continue
    }
    const sided = sidedValues(line, at + 1, end)
    if (sided) {
      answer(line, label, ...sided)
      takeValues(line, at + 1, end)
      from = end
      continue
    }
    const value = kind === 'weak' ? leadingValue(line, at + 1, end) : valueOf(line, at + 1, end, label)
    if (!value || (kind === 'strong' && isSaidBefore(line, label, value))) continue
    answerLabel(line, label, value.answer)
    for (const hit of value.used) line.used.add(hit)
    from = value.answer.last
  }
}

/** Is the label itself denied or doubted by the word right before its targets, and what follows no answer of its own? */
function isSaidBefore(
  { hits, tokens }: FormLine,
  label: readonly Hit[],
  { answer: said, used }: Value,
): boolean {
  const first = label.at(-1)?.first ?? 0
  const before = hits.findLast((hit) => hit.last <= first)
  const modifier = before && before.last === first ? entryOf(before, 'modifier') : undefined
  const says =
    modifier?.direction !== 'backward' && (modifier?.as === 'denied' || modifier?.as === 'possible')
  const isOpen = said.rule === 'value-missing' || tokens[said.first + 1]?.kind === 'blank'
  return says && used.length === 0 && !isOpen
}

/** A "no" to how a sign goes says nothing of the sign ("redness spreading? no"). */
function answerLabel(line: FormLine, label: readonly Hit[], said: Answer): void {
  if (said.state === 'absent' && label.some(asksCourse))
    answer(
      line,
      label.filter((hit) => !asksCourse(hit)),
      { ...said, state: 'unreadable', rule: 'course-denied' },
    )
  answer(line, label, said)
}

const asksCourse = (hit: Hit): boolean => isCourse(entryOf(hit, 'target')?.id ?? '')

/** The words for yes and no of a value that is answered side by side are used up. */
function takeValues(line: FormLine, from: number, end: number): void {
  for (const hit of hitsBetween(line.hits, from, end)) if (entryOf(hit, 'value')) line.used.add(hit)
}

/** Where a label ends that asks with a verb ("Collection present?"). */
function beforeVerb({ hits }: FormLine, separator: number): number {
  const verb = hits.find(({ last }) => last === separator)
  return verb && hasRole(verb, 'verb') && !hasRole(verb, 'target') ? verb.first : separator
}

/** A strong separator always asks for a value; a weak one may also join or part statements. */
function separatorAt(line: FormLine, at: number): 'strong' | 'weak' | undefined {
  const { tokens } = line
  const token = tokens[at]
  if (!token) return undefined
  if (token.kind === 'leader' || token.kind === 'tab') return 'strong'
  if (token.kind !== 'mark') return undefined
  switch (token.text) {
    case ':':
      return tokens[at - 1]?.kind === 'number' && tokens[at + 1]?.kind === 'number' ? undefined : 'strong'
    case '|':
      return partsLabels(line) || tellsAll(line, at) ? undefined : 'strong'
    case '=':
      return isSide(line, at - 1) && isSide(line, at + 1) ? undefined : 'strong'
    case '>':
      return token.end - token.start > 1 ? 'strong' : undefined
    case '?':
      return token.spaces === 0 ? 'strong' : undefined
    case '-':
      return token.spaces > 0 ? 'weak' : undefined
    case '(':
    case '[':
      return isRange(tokens, at + 1) || isInLabel(tokens, at) ? undefined : 'weak'
    default:
      return undefined
  }
}

/** Do bars part labels that have colons of their own ("Type: abscess | Drainable: yes")? */
function partsLabels({ tokens, first, last }: FormLine): boolean {
  for (let at = first; at < last; at++) if (tokens[at]?.text === ':') return true
  return false
}

/** Is what stands before the bar a statement of its own ("no lump | ...", "28 mm abscess | ...")? */
function tellsAll({ hits, tokens, first }: FormLine, at: number): boolean {
  let from = at
  while (from > first && tokens[from - 1]?.text !== '|') from--
  return hitsBetween(hits, from, at).some((hit) => hasRole(hit, 'modifier') || hasRole(hit, 'unit'))
}

const isSide = (line: FormLine, at: number): boolean => {
  const hit = hitAt(line, at)
  return hit !== undefined && hasRole(hit, 'side')
}

/** A bracket right before a colon belongs to the label ("Redness (R/L):"). */
function isInLabel(tokens: FormLine['tokens'], at: number): boolean {
  const closing = tokens.findIndex(({ text }, index) => index > at && (text === ')' || text === ']'))
  return closing > 0 && closing - at <= longestRemark && tokens[closing + 1]?.text === ':'
}

const longestRemark = 6

/** "(0-3)" tells which scores there are, "(0 = none ...)" what they mean. */
const isRange = (tokens: FormLine['tokens'], at: number): boolean =>
  tokens[at]?.kind === 'number' &&
  (tokens[at + 1]?.text === '=' || (tokens[at + 1]?.text === '-' && tokens[at + 2]?.kind === 'number'))

/** Where the value ends: before the label of the next separator, at a slash between spaces, else at the end of the sentence. */
function valueEnd(line: FormLine, from: number): number {
  for (let at = from; at < line.last; at++) {
    const token = line.tokens[at]
    if (token?.text === '/' && token.spaces > 0 && (line.tokens[at + 1]?.spaces ?? 1) > 0) return at
    if (separatorAt(line, at) !== 'strong') continue
    const next = labelBefore(line, at, from).at(-1)
    if (next) return next.first
  }
  return line.last
}
