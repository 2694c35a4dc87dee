import type { SetMatch } from './code-book.js'
import type { BirthFact, ResourceRef, Span } from './facts.js'
import { firstGiven, timeOf } from './instants.js'
import { stringOf } from './narrow.js'
import { amountOf, inUnitOf } from './quantities.js'
import { isIn, noteUnreadable, provenance } from './sheet.js'
import type { Reading } from './sheet.js'
import type { Statement } from './statement.js'
import { weekUnits } from './units-of-measure.js'

/** Weeks of pregnancy from which an infant is not preterm (clinical 2.1). */
const termWeeks = 37

const kindOfSet = new Map<string, BirthFact['kind']>([
  ['delivery', 'delivery'],
  ['infant-loss', 'infant-loss'],
  ['infant-elsewhere', 'infant-elsewhere'],
  ['some-infants-lost', 'some-infants-lost'],
  ['living-infant', 'living-infant'],
  ['preterm', 'preterm'],
  ['premature-history', 'premature-history'],
  ['infant-galactosemia', 'galactosemia-text'],
])

/**
 * Notes what a concept says of births and infants: deliveries, losses, living infants, infants at risk.
 *
 * Edge:   an infant at risk by code is `preterm` or `premature-history`; only words alone give `infant-at-risk-text`.
 * Source: clinical 2.1, 1.4 row F3
 */
export function noteBirths(
  sets: readonly SetMatch[],
  source: ResourceRef,
  when: Span | undefined,
  { sheet }: Pick<Reading, 'sheet'>,
): void {
  if (sets.length === 0) return
  for (const { set, fromText } of sets) {
    const kind = kindOfSet.get(set)
    if (kind) sheet.births.push({ kind, ...provenance(source, when, fromText) })
    else if (set === 'infant-at-risk' && !isIn(sets, 'preterm') && !isIn(sets, 'premature-history')) {
      sheet.births.push({ kind: 'infant-at-risk-text', ...provenance(source, when, fromText) })
    }
  }
}

/** Does the text reader's set speak of births? */
export const isBirthSet = (set: string): boolean => kindOfSet.has(set) || set === 'infant-at-risk'

/**
 * Reads an Observation whose value is the date of a birth (LOINC 68499-3, 57075-4).
 *
 * Missing: no date, or one that is no FHIR time, is noted as unreadable.
 */
export function readDeliveryDate(statement: Statement, { clock, sheet }: Reading): void {
  const { source, when, holder, sets } = statement
  const date = firstGiven(
    timeOf(holder['valueDateTime'], clock),
    timeOf(stringOf(holder['valueString']), clock),
  )
  if (date === undefined || date === 'malformed') {
    noteUnreadable(sheet, 'birth', 'date of birth of the infant has no readable valueDateTime', source, when)
    return
  }
  sheet.births.push({ kind: 'delivery', ...provenance(source, date, false) })
  if (isIn(sets, 'living-infant')) {
    sheet.births.push({ kind: 'living-infant', ...provenance(source, date, false) })
  }
}

/**
 * Reads a gestational age; below 37 weeks it is a `preterm` fact with its weeks.
 *
 * Units: weeks; days are divided by 7.
 * Edge:  37 weeks 0 days is not preterm. Whether it was measured at this birth is for the rules: `when` says.
 */
export function readGestationalAge({ source, when, holder }: Statement, { sheet }: Reading): void {
  const amount = amountOf(holder)
  const weeks = 'why' in amount ? { why: `gestational age ${amount.why}` } : inUnitOf(weekUnits, amount)
  if (typeof weeks !== 'number') noteUnreadable(sheet, 'birth', weeks.why, source, when)
  else if (weeks > 0 && weeks < termWeeks) {
    sheet.births.push({ kind: 'preterm', weeks, ...provenance(source, when, false) })
  }
}
