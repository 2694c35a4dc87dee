import type { Facts } from '../facts/facts.js'
import type { ReadKey } from '../gather/chart.js'
import type { Finding } from './finding.js'
import { categoryWords, measureName, subjectNamedIn, subjectWord, unreadWords } from './words.js'

/** Categories without which silence would mean nothing, in the order they are named (product decision 2d). */
const requiredCategories: readonly ReadKey[] = [
  'patient',
  'conditions',
  'lactationStatus',
  'temperatures',
  'vitalSigns',
  'laboratory',
  'breastSigns',
  'medicationRequests',
]

const notRead = (facts: Facts, key: ReadKey): boolean => facts.reads[key].state === 'unreadable'

/**
 * Required categories that could not be read; they decide between no cards and 412.
 *
 * Edge:    a Patient that was read and is out of scope settles the answer: nothing else had to be read.
 * Missing: no Patient among the facts is an unread patient, whatever its category says.
 * Source:  product decisions 1 and 2d.
 */
export function unreadRequired(facts: Facts, inScope: Finding): readonly ReadKey[] {
  if (facts.patient && inScope.verdict === 'absent') return []
  return requiredCategories.filter((key) => notRead(facts, key) || (key === 'patient' && !facts.patient))
}

/**
 * Everything that could not be read, required and optional, as lines of "What is missing".
 *
 * Shape:   categories, then values, then measures that nobody dated: they stand in no window.
 * Privacy: our words for categories and fields, never their values.
 * Source:  clinical 3.3, last sentence
 */
export function missingWords(facts: Facts): readonly string[] {
  const categories = (Object.keys(categoryWords) as ReadKey[])
    .filter((key) => notRead(facts, key))
    .map((key) => `${categoryWords[key]} could not be read`)
  const undated = facts.measures
    .filter(({ when }) => !when)
    .map(({ kind }) => `${measureName(kind)} recorded without a time`)
    .sort()
  return [...new Set([...categories, ...facts.unreadable.map(unreadWords), ...undated])]
}

/** The same with a sign that is asked for because it is recorded as unknown or without a date. */
export function missingWithAsked(missing: readonly string[], asked: Finding | undefined): readonly string[] {
  if (asked?.verdict !== 'present' || subjectNamedIn(asked.because) === undefined) return missing
  return missing.some((line) => line.includes(asked.because)) ? missing : [...missing, asked.because]
}

/**
 * The one thing that `red-flag-unreadable` asks for, in at most 30 characters: "temperature", "breast signs".
 *
 * Edge: the value or category that the reason names; else the first that could not be read.
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
