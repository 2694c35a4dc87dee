import type { CourseStatement } from '../facts.js'
import type { Grade } from '../../terminology/concepts.js'
import { phraseTable } from './phrases.js'

/** What a word does to the words around it; the numbers are the steps of clinical section 2.9. */
export type StepWord =
  | { step: 'failure' } // 4: not improved, whatever "no" it holds
  | { step: 'course'; says: CourseStatement['says'] } // 4: unless negated
  | { step: 'negates-after' } // 6: every term after it in the clause
  | { step: 'rules-out' } // 6: a question, so no diagnosis is denied by it
  | { step: 'negates-before' } // 6: a term up to three words before it
  | { step: 'negates-either' } // 6: before it if a term stands there, else after it
  | { step: 'no-longer' } // 6: after it if a term stands there in its comma part, else before it
  | { step: 'harmless' } // holds a word of step 6 and negates nothing
  | { step: 'history' } // 7
  | { step: 'history-or-duration' } // 7: "history of 3 days of" is current
  | { step: 'doubt' } // 8
  | { step: 'open' } // 8: doubt that nothing in its comma part is denied: "abscess cannot be excluded"
  | { step: 'focal' }
  | { step: 'grade'; grade: Grade }
  | { step: 'side'; side: 'left' | 'right' | 'both' }

const failure: StepWord = { step: 'failure' }
const course = (says: CourseStatement['says']): StepWord => ({ step: 'course', says })
const negatesAfter: StepWord = { step: 'negates-after' }
const rulesOut: StepWord = { step: 'rules-out' }
const negatesBefore: StepWord = { step: 'negates-before' }
const negatesEither: StepWord = { step: 'negates-either' }
const noLonger: StepWord = { step: 'no-longer' }
const history: StepWord = { step: 'history' }
const historyOrDuration: StepWord = { step: 'history-or-duration' }
const doubt: StepWord = { step: 'doubt' }
const open: StepWord = { step: 'open' }
const focal: StepWord = { step: 'focal' }
const grade = (of: Grade): StepWord => ({ step: 'grade', grade: of })

/**
 * Words of steps 4, 6, 7 and 8, sides and grades; the longest phrase at a place wins and takes its words.
 *
 * Edge:   "cannot rule out", "not excluded" and their kin are doubt, as "cannot exclude" is: a "not" in them denies nothing.
 * Source: clinical section 2.9.
 */
const stepPhrases: readonly (readonly [string, StepWord])[] = [
  ...[
    'no improvement',
    'not improved',
    'not improving',
    'no better',
    'not better',
    'not responding',
    'no response',
    'failed to improve',
    'not resolved',
    'unresolved',
    'not gone',
    'not settled',
  ].map((phrase) => [phrase, failure] as const),
  ['persist*', course('not-improved')],
  ['worse', course('worse')],
  ['worsening', course('worse')],
  ['spreading', course('worse')],
  ['better', course('improved')],
  ['improved', course('improved')],
  ['improving', course('improved')],
  ['resolving', course('improved')],
  ...[
    'no',
    'not',
    'without',
    'denies',
    'denied',
    'neither',
    'nor',
    'never',
    'negative for',
    'absence of',
    'free of',
  ].map((phrase) => [phrase, negatesAfter] as const),
  ...['rule out', 'r/o', 'to exclude'].map((phrase) => [phrase, rulesOut] as const),
  ...['resolved', 'negative', 'gone', 'cleared', 'ruled out'].map(
    (phrase) => [phrase, negatesBefore] as const,
  ),
  ...['absent', 'not seen', 'not present'].map((phrase) => [phrase, negatesEither] as const),
  ['no longer', noLonger],
  ['not only', { step: 'harmless' }],
  ...['h/o', 'previous', 'prior', 'family', 'last pregnancy', 'mother had'].map(
    (phrase) => [phrase, history] as const,
  ),
  ['history of', historyOrDuration],
  ...['possible', 'probable', 'suspected', 'query', '?', 'concern for'].map(
    (phrase) => [phrase, doubt] as const,
  ),
  ...[
    'cannot exclude',
    'can not exclude',
    'not exclude',
    'not excluded',
    'cannot be excluded',
    'not be excluded',
    'cannot rule out',
    'can not rule out',
    'not rule out',
    'not ruled out',
    'cannot be ruled out',
    'not be ruled out',
  ].map((phrase) => [phrase, open] as const),
  ...['wedge*', 'segment*', 'quadrant*'].map((phrase) => [phrase, focal] as const),
  ['mild', grade('mild')],
  ['mildly', grade('mild')],
  ['moderate', grade('moderate')],
  ['moderately', grade('moderate')],
  ['severe', grade('severe')],
  ['severely', grade('severe')],
  ['left', { step: 'side', side: 'left' }],
  ['right', { step: 'side', side: 'right' }],
  ['both', { step: 'side', side: 'both' }],
  ['bilateral', { step: 'side', side: 'both' }],
  ['bilaterally', { step: 'side', side: 'both' }],
]
export const stepWords = phraseTable<StepWord>(stepPhrases)

/** The phrases that say something of the course by themselves. */
export const courseWords: readonly string[] = stepPhrases.flatMap(([phrase, { step }]) =>
  step === 'failure' || step === 'course' ? [phrase] : [],
)

/** Step 2: a sentence with one of these is an instruction and says nothing. */
export const instructions = phraseTable<true>(
  [
    'call if',
    'return if',
    'return at once if',
    'come back if',
    'seek care if',
    'if you',
    'watch for',
    'in case of',
  ].map((phrase) => [phrase, true] as const),
)

/** Step 5: words that always begin a new clause. */
export const clauseWords = new Set(['but', 'however', 'except', 'although', 'though', 'yet'])

/** Step 5: an "and" begins a new clause if one of these stands before the next comma. */
export const verbs = new Set(
  'is are was were looks feels appears has have had shows showed reveals remains became developed persists reports complains still now'.split(
    ' ',
  ),
)

/** Step 5: a comma begins a new clause if one of these (and no "or", "nor") stands before the next comma. */
export const affirmativeWords = new Set([
  ...verbs,
  ...'red hot purple noted seen present positive worse worsening increased spreading'.split(' '),
])

/** Step 7: the numbers and units of "history of 3 days of", "3-day history of". */
export const numberWords = new Set(
  'one two three four five six seven eight nine ten twelve fourteen few several couple'.split(' '),
)
export const durationUnits = new Set('hour hours day days week weeks month months'.split(' '))

/** Words before a term that "new" may be apart from it by, not counted (as in step 6). */
export const sitePrepositions = new Set(['of', 'in', 'on', 'over'])
export const siteWords = new Set(['the', 'her', 'left', 'right', 'both', 'a', 'an', 'breast', 'breasts'])
export const breastNouns = new Set(['breast', 'breasts'])
