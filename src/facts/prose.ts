import { isBirthSet, noteBirths } from './births.js'
import type { TextReading } from './code-book.js'
import type { SignName } from './concepts.js'
import { extentIn } from './extents.js'
import type { Sign } from './facts.js'
import { noteUnreadable, provenance } from './sheet.js'
import type { Reading } from './sheet.js'
import type { Statement } from './statement.js'

/** Signs that spread over the skin or can be measured: a size in the text belongs to one of them. */
const sizedSigns: ReadonlySet<SignName> = new Set([
  'erythema',
  'colour-change',
  'swelling',
  'lump',
  'peau-d-orange',
  'skin-thickening',
])

/** A size belongs to a sign only when the text states one such sign, and no other. */
function soleSizedSign(reading: TextReading): SignName | undefined {
  const sized = reading.signs.filter(({ sign, state }) => state === 'present' && sizedSigns.has(sign))
  return sized.length === 1 ? sized[0]?.sign : undefined
}

/**
 * Reads prose into signs, the course, and what it says of infants; every fact is marked as coming from words.
 *
 * Edge:    a diagnosis named in prose is no diagnosis (those come from Conditions); losses and infants at risk count,
 *          since leaving them out could hurt.
 * Missing: a text too long to be read whole says so.
 * Source:  clinical 2.9
 */
export function readProse(text: string, statement: Statement, { codes, sheet }: Reading): TextReading {
  const { source, when, place } = statement
  const said = codes.readText(text, {
    aboutBreast: statement.aboutBreast(),
    side: place.side,
    imaging: statement.imaging(),
  })
  const origin = provenance(source, when, true)
  const sole = said.signs.length > 0 ? soleSizedSign(said) : undefined
  for (const { sign, state, side, possible, focal, spreading, grade } of said.signs) {
    const fact: Sign = { sign, state, side, possible, focal, spreading, ...origin }
    sheet.signs.push({
      ...fact,
      ...(grade && { grade }),
      ...(sign === sole && state === 'present' && extentIn(text)),
    })
  }
  for (const { says, side } of said.course) sheet.course.push({ says, side, ...origin })
  for (const { set, state, possible } of said.concepts) {
    if (state === 'present' && !possible && isBirthSet(set)) {
      noteBirths([{ set, fromText: true }], source, when, { sheet })
    }
  }
  if (said.partial) {
    noteUnreadable(sheet, 'peau-d-orange', 'text is too long to be read whole', source, when)
  }
  return said
}
