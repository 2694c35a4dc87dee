/** A phrase that no card may hold, and the reason for the message. */
interface Forbidden {
  pattern: RegExp
  says: string
}

const feeding = '(?:milk removal|breast-?feeding|nursing|feeding|expressing|pumping|the milk)'
const medicine =
  '(?:\\w+cillin|cef\\w+|ceph\\w+|\\w+mycin|\\w+floxacin|\\w+cycline|\\w*trimoxazole|trimethoprim|vancomycin|linezolid|' +
  'cabergoline|bromocriptine|an antibiotic|antibiotics)'

/**
 * Words around a stop that a card may hold: a warning against a sudden stop, "no reason to stop", and the quoted
 * orders of others.
 */
const harmless =
  /\b(?:should not|do not|not to|no reason to|never|rather than|instead of|without|rarely needs? to|order to|no need to)\s+(?:suddenly\s+)?(?:stop|pause|cease|discontinue|rest|wean)\w*/giu

const forbiddenEverywhere: readonly Forbidden[] = [
  {
    pattern: new RegExp(
      `\\b(?:stop|paus|ceas|discontinu|interrupt)\\w*\\s+(?:\\w+\\s+){0,2}${feeding}`,
      'iu',
    ),
    says: 'advises to stop milk removal or feeding',
  },
  {
    pattern: /\b(?:rest the breast|resting the breast is advised|pump and dump|wean now)\b/iu,
    says: 'advises to rest the breast',
  },
  {
    pattern: new RegExp(
      `\\b(?:start|begin|prescribe|give|administer|switch to|change to|use)\\w*\\s+(?:\\w+\\s+){0,3}${medicine}\\b`,
      'iu',
    ),
    says: 'names a medicine to start',
  },
  { pattern: /\bnon-?complian\w*/iu, says: 'blames the patient' },
  {
    pattern: /\b(?:nothing|no finding)\b[^.;]{0,60}\bagainst giving\b/iu,
    says: 'claims that nothing speaks against the milk, where the service knows only its own findings',
  },
]

const forbiddenInSummaries: readonly Forbidden[] = [
  { pattern: /\b(?:failed|failure|wrong)\b/iu, says: 'says "failed" or "wrong" in a summary' },
  { pattern: /[\r\n]/u, says: 'has a line break in a summary' },
]

/** The kinds whose exact summaries in clinical 6.2 speak of feeding or milk removal. */
const feedingKinds: ReadonlySet<string> = new Set([
  'continue-breastfeeding',
  'breastfeeding-caution',
  'stop-breastfeeding-order',
  'drug-caution', // "Milk removal should not stop suddenly", with a contraindicated medicine
])

const feedingPhrase = new RegExp(
  `\\b(?:continue|keep|resume|stop|pause)\\w*\\s+(?:\\w+\\s+){0,2}${feeding}|${feeding}\\s+(?:\\w+\\s+)?(?:can|may|should|is safe)\\b`,
  'iu',
)

/**
 * Finds the phrases of a text that no card may hold.
 *
 * Edge:   a stop that is denied ("should not stop") or quoted ("order to stop feeding") is allowed.
 * Source: clinical 6 (common rules), 1.4 ("No card says to stop milk removal"), product decision 10
 */
export function forbiddenIn(text: string): readonly string[] {
  const plain = text.replace(harmless, '')
  return forbiddenEverywhere.filter(({ pattern }) => pattern.test(plain)).map(({ says }) => says)
}

/** Finds the forbidden phrases of a summary, which may speak of feeding only if its kind is about feeding. */
export function forbiddenInSummary(kind: string, summary: string): readonly string[] {
  const says = forbiddenInSummaries.filter(({ pattern }) => pattern.test(summary)).map((rule) => rule.says)
  if (!feedingKinds.has(kind) && feedingPhrase.test(summary)) says.push('has a feeding phrase in its summary')
  return [...forbiddenIn(summary), ...says]
}
