import { courseOf, isCourse } from './course.js'
import type { Document, Mention } from './document.js'
import { hitsOf } from './listed-phrases.js'
import { entryOf } from './phrases.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'
import { tokensOf } from './tokens.js'
import { attributesOf } from './sign-attributes.js'
import type { Words } from './words.js'

/** An exam is about the breast when nothing else is said. */
const breastExam: Question = { place: 'breast', asks: false }

/** What the subject of a text says: a place, and whether it asks for a sign. */
interface Question {
  place?: string
  asks: boolean
}

/** Reads signs and the course out of an examination or a note. */
export const readExam: KindReader = ({ text, about }, words) => {
  const question = about === undefined ? breastExam : questionOf(about, words)
  const lead = question.asks ? `${about ?? ''}: ` : ''
  const document = readDocument(lead + text, words, {
    signs: true,
    ...(question.place !== undefined && { place: question.place }),
  })
  const readings = document.mentions
    .filter(({ target, assertion }) => !isCourse(target) && assertion.state !== 'none')
    .map((mention) => signOf(mention, document))
  const all = distinct([...readings, ...courseOf(document, question.place === undefined)])
  return { readings: lead === '' ? all : all.map((reading) => shifted(reading, lead.length)), document }
}

function questionOf(about: string, words: Words): Question {
  const hits = hitsOf(tokensOf(about, words.shortForms), words.phrases)
  const place = hits.flatMap((hit) => entryOf(hit, 'place')?.as ?? [])[0]
  return { asks: hits.some((hit) => entryOf(hit, 'target')), ...(place !== undefined && { place }) }
}

function signOf(mention: Mention, document: Document): Reading {
  const { target, assertion, side, start, end, rule, why } = mention
  const state = assertion.state === 'none' ? 'absent' : assertion.state
  const reading: Reading = { term: target, state, ...attributesOf(mention, document), start, end, rule, why }
  if (side) reading.side = side
  if (assertion.possible) reading.possible = true
  return reading
}

const shifted = (reading: Reading, by: number): Reading => ({
  ...reading,
  start: Math.max(0, (reading.start ?? by) - by),
  end: Math.max(0, (reading.end ?? by) - by),
})

/** One reading of each term, state and side, which holds what all of them say. */
function distinct(readings: readonly Reading[]): readonly Reading[] {
  if (readings.length < 2) return readings
  const found = new Map<string, Reading>()
  for (const reading of readings) {
    const { term, state, side, value, of } = reading
    const key = [term, state, side, value, of].join(' ')
    const known = found.get(key)
    found.set(key, known ? joined(known, reading) : reading)
  }
  return [...found.values()]
}

const grades = ['mild', 'moderate', 'severe']

/** Two statements of the same: doubt only if both doubt, the higher grade, the longer duration, focal or spreading if either is. */
function joined({ possible, grade, days, ...first }: Reading, other: Reading): Reading {
  const longer = days === undefined ? other.days : Math.max(days, other.days ?? days)
  const higher = grades.findLast((step) => step === grade || step === other.grade)
  return {
    ...first,
    ...(possible && other.possible && { possible }),
    ...(higher !== undefined && { grade: higher }),
    ...(other.focal && { focal: true }),
    ...(other.spreading && { spreading: true }),
    ...(longer !== undefined && { days: longer }),
  }
}
