import type { Evidence } from '../../assess/finding.js'
import { findingNames } from '../../assess/finding-names.js'
import { capitalised } from '../../assess/words.js'
import { packed } from './lines.js'
import type { MergedRows } from './merged-rows.js'
import { agoOf, dateAndAgo, type ReadersClock } from './when-words.js'

/** A fact, and the breast of the fact where the card speaks of both breasts and the fact of one. */
interface Told {
  breast: string
  evidence: Evidence
}

/** The most values of one series that a card prints: the first, and the newest ones. */
const mostValues = 3

/**
 * Writes the patient's own facts behind a card: "Dicloxacillin started (27 Nov 17:00, 73 h ago). T 39.1 °C (74 h ago),
 * 38.7 °C (2 h ago)."
 *
 * Shape:   lines for a card, the facts of the shown rows first. Values of one thing stand side by side, the newest last.
 * Edge:    a fact names its breast only when the card covers both breasts; each fact is told once. A draft order is left
 *          out, because the card names the order.
 * Missing: rows without any fact are told by the reasons of their findings.
 * Privacy: the service's own words, no chart text and no id.
 */
export function whyLines(merged: MergedRows, clock: ReadersClock): readonly string[] {
  const facts = factsOf(merged)
  const sentences = facts.length > 0 ? factSentences(facts, clock) : reasonSentences(merged)
  return packed(
    sentences.map((sentence) => `${capitalised(sentence)}.`),
    ' ',
  )
}

function factsOf({ held }: MergedRows): readonly Told[] {
  const severalSides = held.some(({ scope }) => scope.side !== held[0]?.scope.side)
  const told = new Map<string, { evidence: Evidence; breasts: Set<string> }>()
  for (const { scope, reasons } of held) {
    for (const [name, finding] of reasons) {
      const breast = severalSides && findingNames[name] === 'side' ? `${scope.values.side}: ` : ''
      for (const evidence of finding.evidence) {
        if (evidence.draft) continue
        const key = `${evidence.what} ${String(evidence.when?.latest)}`
        const fact = told.get(key) ?? { evidence, breasts: new Set<string>() }
        told.set(key, { ...fact, breasts: fact.breasts.add(breast) })
      }
    }
  }
  return [...told.values()].map(({ evidence, breasts }) => {
    const [breast = ''] = breasts
    return { evidence, breast: breasts.size === 1 ? breast : '' }
  })
}

/** One sentence for the facts of one thing on one breast, in the order in which the first of these facts come. */
function factSentences(facts: readonly Told[], clock: ReadersClock): readonly string[] {
  const groups = new Map<string, [Told, ...Told[]]>()
  for (const fact of facts) {
    const { series, what } = fact.evidence
    const thing = fact.breast + (series?.name ?? what)
    groups.set(thing, [...(groups.get(thing) ?? []), fact] as [Told, ...Told[]])
  }
  return [...groups.values()].map((same) => {
    const [{ breast, evidence }] = same
    const told = same.map((fact) => fact.evidence)
    return (
      breast + (evidence.series ? seriesWords(evidence.series.name, told, clock) : eventWords(told, clock))
    )
  })
}

const latest = ({ when }: Evidence): number => when?.latest ?? Number.NEGATIVE_INFINITY

/** The first and the newest of facts in time. */
function fewest(facts: readonly Evidence[]): readonly Evidence[] {
  const inTime = [...facts].sort((a, b) => latest(a) - latest(b))
  return inTime.length <= mostValues ? inTime : [...inTime.slice(0, 1), ...inTime.slice(1 - mostValues)]
}

const textMark = ({ fromText }: Evidence): string => (fromText ? ', free text' : '')

/** "T 39.1 °C (74 h ago), 38.7 °C (2 h ago)"; the times of a bare sign stand together: "Breast redness (8 d ago, 2 h ago)". */
function seriesWords(name: string, facts: readonly Evidence[], clock: ReadersClock): string {
  const told = fewest(facts).map((fact) => ({
    value: fact.series?.value ?? '',
    time: `${agoOf(fact.when, clock)}${textMark(fact)}`,
  }))
  if (told.every(({ value }) => value === '')) return `${name} (${told.map(({ time }) => time).join(', ')})`
  return `${name} ${told.map(({ value, time }) => `${value || 'present'} (${time})`).join(', ')}`
}

/** "Dicloxacillin started (27 Nov 17:00, 73 h ago)". */
function eventWords(facts: readonly Evidence[], clock: ReadersClock): string {
  const times = fewest(facts).map((fact) => `${dateAndAgo(fact.when, clock)}${textMark(fact)}`)
  return `${facts[0]?.what ?? ''} (${times.join('; ')})`
}

const reasonSentences = ({ held }: MergedRows): readonly string[] => [
  ...new Set(held.flatMap(({ reasons }) => reasons.map(([, { because }]) => because))),
]
