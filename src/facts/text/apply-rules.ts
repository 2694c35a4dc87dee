import type { CodeSet } from '../../terminology/code-files.js'
import type { Grade, Side } from '../../terminology/concepts.js'
import type { Lexicon, LexiconRule } from './lexicon.js'
import type { ReadTerm } from './terms.js'

export interface RuleContext {
  aboutBreast: boolean
  imaging: boolean
  /** Prose of an examination: whatever is not `anywhere` or systemic must be about the breast. */
  prose: boolean
  /** Only the rules whose words are read although the record is coded. */
  codedOnly: boolean
}

/** What a sentence says of one set. */
export interface SetReading {
  set: CodeSet
  state: 'present' | 'absent'
  possible: boolean
  side: Side | undefined
  focal: boolean
  spreading: boolean
  grade: Grade | undefined
}

/**
 * Applies the text rules of the code sets to the terms of one sentence.
 *
 * Edge:   a companion word (`with`) counts only if it is current and not denied, unless the term itself is denied;
 *         "rule out abscess" neither asserts nor denies a diagnosis or result.
 * Source: clinical sections 2.1 to 2.5, 2.9.
 */
export function setReadings(
  terms: readonly ReadTerm[],
  lexicon: Lexicon,
  context: RuleContext,
): readonly SetReading[] {
  let said: Said | undefined
  const readings: SetReading[] = []
  for (const term of terms) {
    const rules = term.phrase === undefined ? undefined : lexicon.rules.get(term.phrase)
    if (!rules || !term.current) continue
    said ??= saidIn(terms)
    for (const rule of rules) {
      if (!applies(rule, term, said, context)) continue
      readings.push(reading(moved(rule.set, said, lexicon), term))
    }
  }
  return readings
}

/** Which phrases a sentence holds, which of them are asserted now, and the words each covers. */
interface Said {
  asserted: ReadonlySet<number>
  covered: ReadonlyMap<number, ReadonlySet<number>>
}

function saidIn(terms: readonly ReadTerm[]): Said {
  const asserted = new Set<number>()
  const covered = new Map<number, Set<number>>()
  for (const { phrase, start, end, current, negated } of terms) {
    if (phrase === undefined) continue
    if (current && !negated) asserted.add(phrase)
    const places = covered.get(phrase) ?? new Set()
    for (let at = start; at < end; at++) places.add(at)
    covered.set(phrase, places)
  }
  return { asserted, covered }
}

function applies(
  rule: LexiconRule,
  term: ReadTerm,
  { asserted, covered }: Said,
  context: RuleContext,
): boolean {
  const { set } = rule
  if (context.codedOnly && !rule.evenIfCoded) return false
  if (rule.outsideImaging && context.imaging) return false
  const breastOnly = rule.needsBreast || (context.prose && !set.anywhere && set.kind !== 'systemic-sign')
  if (breastOnly && !context.aboutBreast) return false
  if (term.ruledOut && set.kind !== 'sign' && set.kind !== 'systemic-sign') return false
  if (rule.butNot.some((phrase) => covered.get(phrase)?.has(term.start))) return false
  if (rule.without.some((phrase) => covered.has(phrase))) return false
  const companions: { has(phrase: number): boolean } = term.negated ? covered : asserted
  return rule.with.length === 0 || rule.with.some((phrase) => companions.has(phrase))
}

/** "A text that says lactational moves a NOS entry to the lactational set." */
function moved(set: CodeSet, { asserted }: Said, { moves }: Lexicon): CodeSet {
  const move = moves.get(set.id)
  return move?.ifText.some((phrase) => asserted.has(phrase)) ? move.set : set
}

const reading = (set: CodeSet, term: ReadTerm): SetReading => ({
  set,
  state: term.negated ? 'absent' : 'present',
  possible: term.possible,
  side: set.kind === 'systemic-sign' ? 'unspecified' : term.side,
  focal: term.focal,
  spreading: term.spreading && !term.negated,
  grade: term.grade,
})
