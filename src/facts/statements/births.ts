import type { SetMatch } from '../../terminology/code-book.js'
import type { BirthFact, ResourceRef, Span } from '../facts.js'
import { firstGiven, timeOf } from '../fhir/instants.js'
import { stringOf } from '../fhir/narrow.js'
import { amountOf, inUnitOf } from '../fhir/quantities.js'
import { plausibleValue } from './measures.js'
import { lossTimeOf, setOfReading } from '../sets-of-concept.js'
import { matchesSet, noteUnreadable, provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'
import { weekUnits } from '../../terminology/units-of-measure.js'

/** Weeks of pregnancy from which an infant is not preterm (clinical 2.1). */
const termWeeks = 37

const kindOfSet = new Map<string, BirthFact['kind']>([
  ['delivery', 'delivery'],
  ['infant-loss', 'infant-loss'],
  ['infant-loss-history', 'infant-loss-history'],
  ['loss-in-pregnancy', 'loss-in-pregnancy'],
  ['loss-in-pregnancy-history', 'loss-in-pregnancy-history'],
  ['infant-elsewhere', 'infant-elsewhere'],
  ['some-infants-lost', 'some-infants-lost'],
  ['living-infant', 'living-infant'],
  ['infant-well', 'infant-well'],
  ['preterm', 'preterm'],
  ['premature-history', 'premature-history'],
  ['infant-galactosemia', 'galactosemia-text'],
])

/**
 * Notes the births and infants that a concept tells of: deliveries, losses, living infants, infants at risk.
 *
 * Edge:   a code for an infant at risk gives `preterm` or `premature-history`; only words alone give
 *         `infant-at-risk-text`.
 * Source: clinical 2.1, 1.4 row F3
 */
export function noteBirths(
  sets: readonly SetMatch[],
  source: ResourceRef,
  when: Span | undefined,
  { collector }: Pick<ReaderContext, 'collector'>,
): void {
  if (sets.length === 0) return
  for (const { set, fromText, told } of sets) {
    const kind = kindOfSet.get(set)
    if (kind) collector.births.push({ kind, ...told, ...provenance(source, when, fromText) })
    else if (
      set === 'infant-at-risk' &&
      !matchesSet(sets, 'preterm') &&
      !matchesSet(sets, 'premature-history')
    ) {
      collector.births.push({ kind: 'infant-at-risk-text', ...provenance(source, when, fromText) })
    }
  }
}

/**
 * Notes what prose says for sure of losses and infants.
 *
 * Edge: diagnoses that the prose names are no facts. Prose often counts the pregnancies of a life, so a loss in pregnancy counts only
 *       with its weeks or trimester, and a loss told as history not at all.
 */
export function noteInfantsInProse(text: string, { source, when }: Statement, context: ReaderContext): void {
  const { readings, gestation } = context.readText({ kind: 'condition', text })
  for (const reading of readings) {
    const set = setOfReading(reading)
    if (reading.history || (set === 'loss-in-pregnancy' && !gestation)) continue
    const told = lossTimeOf(reading, gestation)
    noteBirths([{ set, fromText: true, ...(told && { told }) }], source, when, context)
  }
}

/**
 * Reads an Observation whose value is the date of a birth (LOINC 68499-3, 57075-4).
 *
 * Missing: an absent date, or one that is no FHIR time, is noted as unreadable.
 */
export function readDeliveryDate(statement: Statement, { clock, collector }: ReaderContext): void {
  const { source, when, holder, sets } = statement
  const date = firstGiven(
    timeOf(holder['valueDateTime'], clock),
    timeOf(stringOf(holder['valueString']), clock),
  )
  if (date === undefined || date === 'malformed') {
    noteUnreadable(collector, 'birth', 'date of birth of the infant has no readable valueDateTime', {
      source,
      when,
    })
    return
  }
  collector.births.push({ kind: 'delivery', ...provenance(source, date, false) })
  if (matchesSet(sets, 'living-infant')) {
    collector.births.push({ kind: 'living-infant', ...provenance(source, date, false) })
  }
}

/**
 * Reads a gestational age; a value below 37 weeks gives a `preterm` fact with its weeks.
 *
 * Units: weeks; a converted number has three decimals.
 * Edge:  37 weeks 0 days is not preterm. The rules decide by `when` whether the value is about the latest birth.
 */
export function readGestationalAge(
  { source, when, holder }: Statement,
  { codes, collector }: ReaderContext,
): void {
  const amount = amountOf(holder)
  const range = codes.plausible('gestational-age')
  const told = 'why' in amount ? { why: `gestational age ${amount.why}` } : inUnitOf(weekUnits, amount)
  const weeks = range ? plausibleValue(told, weekUnits.title, range) : told
  if (typeof weeks !== 'number') noteUnreadable(collector, 'birth', weeks.why, { source, when })
  else if (weeks < termWeeks) {
    collector.births.push({ kind: 'preterm', weeks, ...provenance(source, when, false) })
  }
}
