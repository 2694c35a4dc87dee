import { systemicSigns } from '../../terminology/breast-conditions.js'
import type { Grade } from '../../terminology/concepts.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { CourseStatement, Sign, Span } from '../facts.js'
import { daysInMs } from '../../units/units.js'
import type { NoteReading } from '../text-read.js'
import { noteInfantsInProse } from './births.js'
import { noteFeeding } from './feeding-notes.js'
import { extentIn } from './extents.js'
import { signsOf } from './sign-readings.js'
import type { SignReading } from './sign-readings.js'
import type { Statement } from './statement.js'

/** Signs that spread over the skin or can be measured: only such a sign can have the size that a text names. */
const sizedSigns: ReadonlySet<string> = new Set([
  'erythema',
  'colour-change',
  'swelling',
  'lump',
  'peau-d-orange',
  'skin-thickening',
])

/** The one sign that a size in the text belongs to; undefined when the text states none or several such signs. */
function soleSizedSign(signs: readonly SignReading[]): SignReading | undefined {
  const sized = signs.filter(({ sign, reading }) => reading.state === 'present' && sizedSigns.has(sign))
  return sized.length === 1 ? sized[0] : undefined
}

/**
 * Reads prose into signs, statements on the course, facts about infants, and what is said of feeding; every fact is marked
 * as coming from words.
 *
 * Edge:    a diagnosis that prose names is no diagnosis, since diagnoses come from Conditions. Losses and infants at
 *          risk count, because leaving them out could hurt.
 * Missing: a sign that is asked for and not answered in words that are understood is noted as unreadable; so is a text
 *          in another language, and one too long to be read whole.
 * Source:  clinical 2.9, clinical changes C7 to C9 and C14
 */
export function readProse(text: string, about: string, statement: Statement, context: ReaderContext): void {
  const said = context.readText({ kind: 'exam', text, about })
  noteProse(text, said, statement, context)
  noteInfantsInProse(text, statement, context)
  noteFeeding(text, statement, context)
}

/** Notes what a text was read as, apart from what it says of infants. */
export function noteProse(
  text: string,
  said: NoteReading,
  statement: Statement,
  { collector }: ReaderContext,
): void {
  const { source, when } = statement
  const signs = signsOf(said, statement.imaging())
  const sole = soleSizedSign(signs)
  for (const one of signs) {
    const { sign, reading } = one
    if (reading.state === 'unreadable')
      noteUnreadable(collector, sign, 'asked in words, and the answer could not be read', { source, when })
    else collector.signs.push({ ...signIn(one, statement), ...(one === sole && extentIn(text)) })
  }
  for (const { term, value, of, side = statement.place.side } of said.readings) {
    if (term !== 'course') continue
    collector.course.push({
      says: value as CourseStatement['says'],
      side,
      ...(of !== undefined && { of }),
      ...provenance(source, when, true),
    })
  }
  const why = whyUnread(said, statement)
  if (why !== undefined) noteUnreadable(collector, 'peau-d-orange', why, { source, when })
}

function signIn({ sign, reading }: SignReading, { source, when, place, ...statement }: Statement): Sign {
  const {
    state,
    side = place.side,
    possible = false,
    focal = false,
    spreading = false,
    grade,
    days,
  } = reading
  const began = days !== undefined && when ? daysBefore(when, days) : statement.began
  return {
    sign,
    state: state === 'present' ? 'present' : 'absent',
    side: systemicSigns.has(sign) ? 'unspecified' : side,
    possible,
    focal,
    spreading,
    ...provenance(source, when, true),
    ...(grade !== undefined && { grade: grade as Grade }),
    ...(state === 'present' && began && { began }),
  }
}

const daysBefore = ({ earliest, latest }: Span, days: number): Span => ({
  earliest: earliest - daysInMs(days),
  latest: latest - daysInMs(days),
})

/** Why a part of the text was not read, if one was not. */
function whyUnread({ partial, unread }: NoteReading, { aboutBreast }: Statement): string | undefined {
  if (partial) return 'text is too long to be read whole'
  return aboutBreast() ? unread[0]?.why : undefined
}
