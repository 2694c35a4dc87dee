import type { Scope } from '../../assess/assessment.js'
import { findingNames } from '../../assess/finding-names.js'
import type { Evidence } from '../../assess/finding.js'
import type { Span } from '../../facts/facts.js'
import { escapeChartText } from './escape-chart-text.js'
import type { MergedRows } from './merged-rows.js'
import { fillIn, type SlotValues, type Template } from '../template.js'

const longestInstantMs = 60 * 60 * 1000
const longestDayMs = 26 * 60 * 60 * 1000
const longestMonthMs = 32 * 24 * 60 * 60 * 1000

/** The most pieces of evidence that one card prints; further pieces are counted. */
const mostEvidence = 24

/**
 * Writes the reasons of a card: each rule in a sentence, then each finding with its facts.
 *
 * Shape: one Markdown list, each line ended; facts stand below their finding, and each fact is printed once.
 * Edge:  a finding names its breast only when the card covers both breasts.
 */
export function whyLines({ held }: MergedRows, values: SlotValues): string {
  const severalSides = held.some(({ scope }) => scope.side !== held[0]?.scope.side)
  const said = new Set<string>()
  const saidEvidence = new Set<Evidence>()
  let rules = ''
  let reasons = ''
  let facts = 0
  for (const { row, scope, reasons: findings } of held) {
    const rule =
      row.because.slots.length === 0 ? fillIn(row.because, values) : ruleOf(row.because, scope, values)
    if (!said.has(rule)) rules += `- ${rule}\n`
    said.add(rule)
    for (const [name, finding] of findings) {
      const side = severalSides && findingNames[name] === 'side' ? `${scope.values.side}: ` : ''
      const reason = `- ${capital(`${side}${finding.because}`)}\n`
      if (!said.has(reason)) reasons += reason
      said.add(reason)
      for (const evidence of finding.evidence) {
        if (saidEvidence.has(evidence)) continue
        saidEvidence.add(evidence)
        const line = `  - ${evidenceLine(evidence)}\n`
        if (said.has(line)) continue
        said.add(line)
        facts += 1
        if (facts <= mostEvidence) reasons += line
      }
    }
  }
  return `${rules}${reasons}${facts > mostEvidence ? `- and ${facts - mostEvidence} more facts\n` : ''}`
}

/** The words with a capital first letter. */
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** The rule with the values of its own scope, which may differ from the scope of the summary. */
const ruleOf = (because: Template, scope: Scope, { finding, category, order }: SlotValues): string =>
  fillIn(because, { ...scope.values, finding, category, order })

/** One fact: its words, its time, its resource, and whether only words state the fact; a draft has no date. */
export function evidenceLine({ what, when, source, fromText, draft }: Evidence): string {
  const dated = draft ? what : `${what} · ${whenWords(when)}`
  return `${dated} · ${sourceWords(source)}${fromText ? ', from free text' : ''}`
}

/**
 * The time of a fact in UTC to the minute; a partial date as the date, month or year that was recorded.
 *
 * Missing: "date unknown".
 */
export function whenWords(when: Span | undefined): string {
  if (!when || !isDate(when.earliest) || !isDate(when.latest)) return 'date unknown'
  const length = when.latest - when.earliest
  if (length < longestInstantMs) {
    const at = new Date(when.latest)
    return `${dateWords(at)} ${twoDigits[at.getUTCHours()]}:${twoDigits[at.getUTCMinutes()]} UTC`
  }
  const middle = dateWords(new Date(when.earliest + length / 2)) // the same date in every zone
  if (length < longestDayMs) return middle
  return length < longestMonthMs ? middle.slice(0, -3) : middle.slice(0, -6)
}

const isDate = (at: number): boolean => Math.abs(at) <= 8.64e15

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))

/**
 * The date in words; written without `toISOString`, which is several times slower, because cards print dozens of
 * dates.
 */
const dateWords = (at: Date): string =>
  `${String(at.getUTCFullYear()).padStart(4, '0')}-${twoDigits[at.getUTCMonth() + 1]}-${twoDigits[at.getUTCDate()]}`

const reference = /^[A-Za-z]{1,64}\/[A-Za-z0-9.-]{1,64}$/u

/**
 * A well-formed reference as Markdown code, so that no character of it is read as Markdown; any other text is escaped.
 */
const sourceWords = (source: string): string =>
  reference.test(source) ? `\`${source}\`` : escapeChartText(source)
