import type { Facts } from '../facts/facts.js'
import type { ReadKey } from '../gather/chart.js'
import { unreadReports } from './breast/imaging/unread-report.js'
import type { Finding } from './finding.js'
import type { Timeline } from './timeline.js'
import { categoryWords, measureName, subjectNamedIn, subjectWord, unreadWords } from './words.js'

/**
 * The categories that must be readable for an answer without cards, in the order in which they are named (product
 * decision 2d).
 */
export const requiredCategories: readonly ReadKey[] = [
  'patient',
  'conditions',
  'lactationStatus',
  'temperatures',
  'vitalSigns',
  'laboratory',
  'breastSigns',
  'medicationRequests',
]

/**
 * A required category, or the drafts beyond the budget, that could not be read: an answer without cards must say so.
 */
export type UnreadRequired = ReadKey | 'draftOrders'

const notRead = (facts: Facts, key: ReadKey): boolean => facts.reads[key].state === 'unreadable'

/**
 * Lists the required categories and draft orders that could not be read; they decide between an empty answer and 412.
 *
 * Edge:    when a readable Patient is out of scope nothing else has to be readable.
 * Missing: facts without a Patient count as an unread patient, whatever the state of that category.
 * Source:  product decisions 1 and 2d
 */
export function unreadRequired(facts: Facts, inScope: Finding): readonly UnreadRequired[] {
  if (facts.patient && inScope.verdict === 'absent') return []
  const unread = requiredCategories.filter(
    (key) => notRead(facts, key) || (key === 'patient' && !facts.patient),
  )
  return facts.unjudgedDrafts === undefined ? unread : [...unread, 'draftOrders']
}

/**
 * Lists everything that could not be read, as the lines of "What is missing".
 *
 * Shape:   imaging reports that could not be classified, then categories, then single values, then measures without a time, which stand in no window.
 * Privacy: the service's own words for categories and fields, never their values.
 * Source:  clinical 3.3, last sentence
 */
export function missingWords(timeline: Timeline): readonly string[] {
  const { facts } = timeline
  const categories = (Object.keys(categoryWords) as ReadKey[])
    .filter((key) => notRead(facts, key))
    .map((key) => `${categoryWords[key]} could not be read`)
  const undated = facts.measures
    .filter(({ when }) => !when)
    .map(({ kind }) => `${measureName(kind)} recorded without a time`)
    .sort()
  const { unjudgedDrafts: drafts } = facts
  const unjudged = drafts === undefined ? [] : [`draft orders that were not judged: ${drafts}`]
  return [
    ...new Set([
      ...unjudged,
      ...unreadReports(timeline),
      ...categories,
      ...facts.unreadable.map(unreadWords),
      ...undated,
    ]),
  ]
}

/** Adds the sign that a card asks for because the sign is recorded as unknown or without a date. */
export function missingWithAsked(missing: readonly string[], asked: Finding | undefined): readonly string[] {
  if (asked?.verdict !== 'present' || subjectNamedIn(asked.because) === undefined) return missing
  return missing.some((line) => line.includes(asked.because)) ? missing : [...missing, asked.because]
}

/**
 * The one fact that `red-flag-unreadable` asks for, in at most 30 characters: "temperature", "breast signs".
 *
 * Edge: the value or category that the reason names, or else the first that could not be read.
 */
export function unreadFact({ unreadable, reads }: Facts, { verdict, because }: Finding): string {
  if (verdict !== 'present') return ''
  const value = unreadable.find(({ why }) => because.includes(why))
  if (value) return subjectWord(value.subject)
  const unread = requiredCategories.filter((key) => reads[key].state === 'unreadable')
  const named = unread.find((key) => because.includes(categoryWords[key])) ?? unread[0]
  if (named) return categoryWords[named]
  const [first] = unreadable
  return subjectNamedIn(because) ?? (first ? subjectWord(first.subject) : 'a date')
}
