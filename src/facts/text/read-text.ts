import type { TextContext, TextReading, TextSign } from '../../terminology/code-book.js'
import { signNames, type SignName } from '../../terminology/concepts.js'
import type { Grade, Side } from '../../terminology/concepts.js'
import { setReadings, type SetReading } from './apply-rules.js'
import { namesBreastAt } from './breast-words.js'
import type { Lexicon } from './lexicon.js'
import type { ReadProse } from './texts.js'

/**
 * What one piece of clinical prose says of signs, course, diagnoses and results.
 *
 * Edge:    text beyond the limit is not read and `partial` says so; the same statement twice is given once.
 * Missing: a clause without a side takes the side of the resource.
 * Source:  clinical section 2.9.
 */
export function readText(
  { sentences, partial }: ReadProse,
  context: TextContext,
  lexicon: Lexicon,
): TextReading {
  const signs = new Map<string, TextSign>()
  const course = new Map<string, TextReading['course'][number]>()
  const concepts = new Map<string, TextReading['concepts'][number]>()
  for (const { words, terms } of sentences) {
    if (terms.length === 0) continue
    const aboutBreast = context.aboutBreast || words.some((_, at) => namesBreastAt(words, at))
    const rules = { aboutBreast, imaging: context.imaging, prose: true, codedOnly: false }
    for (const reading of setReadings(terms, lexicon, rules)) {
      const side = reading.side ?? context.side
      const key = `${reading.set.id} ${reading.state} ${side}`
      const sign = signNameOf.get(reading.set.id)
      if (sign) signs.set(key, merged(signs.get(key), signOf(sign, reading, side)))
      if (!sign || sign === 'nipple-fissure') {
        const possible = reading.possible && concepts.get(key)?.possible !== false
        concepts.set(key, { set: reading.set.id, state: reading.state, possible, side })
      }
    }
    if (!aboutBreast) continue
    for (const { says, negated, current, side = context.side } of terms) {
      if (says && !negated && current) course.set(`${says} ${side}`, { says, side })
    }
  }
  return {
    signs: [...signs.values()],
    course: [...course.values()],
    concepts: [...concepts.values()],
    ...(partial ? { partial } : {}),
  }
}

const signNameOf: ReadonlyMap<string, SignName> = new Map(signNames.map((name) => [name, name]))

const signOf = (sign: SignName, reading: SetReading, side: Side): TextSign => ({
  sign,
  state: reading.state,
  side,
  possible: reading.possible,
  focal: reading.focal,
  spreading: reading.spreading,
  ...(reading.grade ? { grade: reading.grade } : {}),
})

const gradeOrder: readonly Grade[] = ['mild', 'moderate', 'severe']

/** Two statements of the same sign: doubt only if both doubt, the higher grade, focal or spreading if either is. */
function merged(one: TextSign | undefined, other: TextSign): TextSign {
  if (!one) return other
  const grade = gradeOrder.findLast((step) => step === one.grade || step === other.grade)
  return {
    ...other,
    possible: one.possible && other.possible,
    focal: one.focal || other.focal,
    spreading: one.spreading || other.spreading,
    ...(grade ? { grade } : {}),
  }
}
