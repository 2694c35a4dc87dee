import type { CultureResult } from '../facts.js'
import { ingredientsNamed } from '../medicines/medicine-names.js'
import type { ReaderContext } from '../fact-collector.js'

type Susceptibility = CultureResult['susceptibilities'][number]
type Verdict = Susceptibility['verdict']

/** A verdict in a sentence; `ahead` stands before its medicines: "resistant to …", "susceptible: …". */
interface SaidVerdict {
  verdict: Verdict
  from: number
  to: number
  ahead: boolean
}

/** A resistance in the name of a germ is no verdict on a medicine. */
const namesOfGerms =
  /\b(?:met(?:h)?icillin|multi-?(?:drug)?|vancomycin)[\s-]*(?:resistant|sensitive|susceptible)(?=\s+(?:s\b|staph|enterococ|organism|strain))/giu
const verdictSaid =
  /\b(?:(?<r>(?:non|not)[\s-]*(?:susceptible|sensitive)|resistent\w*|resistant\w*|résistant\w*)|(?<i>intermedi\w+)|(?<s>susceptible|sensitive|sensib\w+|empfindlich\w*)|(?<letter>[RIS]))\b/giu

/**
 * The susceptibilities that a text states, medicine by medicine: "oxacillin resistant", "sensitive to doxycycline", "clindamycin: S".
 *
 * Shape:   sentence by sentence; a verdict before its medicines ends at the next verdict, one after them takes those since the last.
 * Edge:    the single letters R, I and S count after a medicine or before a colon, so that "S aureus" is no verdict.
 * Missing: a medicine without a verdict gives nothing.
 * Source:  clinical 2.5
 */
export function susceptibilitiesIn(text: string, context: ReaderContext): readonly Susceptibility[] {
  return text
    .replaceAll(namesOfGerms, ' ')
    .split(/\.(?=\s|$)(?<!\b[a-z]\.)|[;\n]/iu)
    .flatMap((sentence) => inSentence(sentence, context))
}

function inSentence(sentence: string, context: ReaderContext): readonly Susceptibility[] {
  const verdicts = verdictsIn(sentence, context)
  const found = new Map<string, Verdict>()
  let ahead: Verdict | undefined
  let open: readonly string[] = []
  for (const [place, said] of verdicts.entries()) {
    const before = medicinesIn(sentence.slice(verdicts[place - 1]?.to ?? 0, said.from), context)
    if (ahead !== undefined) for (const name of before) found.set(name, ahead)
    open = ahead === undefined ? before : before.slice(-1)
    if (said.ahead || before.length === 0) ahead = said.verdict
    else {
      for (const name of open) found.set(name, said.verdict)
      ahead = undefined
    }
  }
  const rest = medicinesIn(sentence.slice(verdicts.at(-1)?.to ?? sentence.length), context)
  if (ahead !== undefined) for (const name of rest) found.set(name, ahead)
  return [...found].map(([ingredient, verdict]) => ({ ingredient, verdict }))
}

function verdictsIn(sentence: string, context: ReaderContext): readonly SaidVerdict[] {
  const verdicts: SaidVerdict[] = []
  for (const { index, 0: words, groups } of sentence.matchAll(verdictSaid)) {
    const to = index + words.length
    const ahead = /^\s*(?:to\b|:|=)/iu.test(sentence.slice(to))
    const before = sentence.slice(0, index)
    if (/\b(?:not|no longer)\s+$/iu.test(before)) continue
    const letter = groups?.['letter']
    if (
      letter !== undefined &&
      (letter !== letter.toUpperCase() || !(ahead || followsMedicine(before, context)))
    )
      continue
    verdicts.push({ verdict: verdictOf(groups), from: index, to, ahead })
  }
  return verdicts
}

function verdictOf(groups: Record<string, string> | undefined): Verdict {
  const letter = groups?.['letter']
  if (letter === 'R' || letter === 'I' || letter === 'S') return letter
  if (groups?.['r'] !== undefined) return 'R'
  return groups?.['i'] === undefined ? 'S' : 'I'
}

const followsMedicine = (before: string, context: ReaderContext): boolean =>
  medicinesIn(before.split(',').at(-1) ?? '', context).length > 0

/** The medicines of a list, in its order. */
const medicinesIn = (words: string, context: ReaderContext): readonly string[] =>
  words
    .split(/,|&|\band\b|\bund\b|\bet\b|\by\b/iu)
    .flatMap((part) => ingredientsNamed({ text: part.trim() }, context))
