import { clauseAround, partAround, type Around } from './clause-around.js'
import type { Document, Mention, Side } from './document.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import type { Reading } from './reading.js'
import type { Entry } from './word-lists.js'
import { nearest, sideOf, sidesIn } from './sides.js'

const prefix = 'course-'

/** Is the target a word for the course, and no sign? */
export const isCourse = (target: string): boolean => target.startsWith(prefix)

type Course = 'worse' | 'not-improved' | 'improved'
const order: readonly Course[] = ['worse', 'not-improved', 'improved']

/** One statement of the course, with the words it stands on. */
interface Statement {
  course: Course
  mention: Mention
  why: string
  side: Side | undefined
  /** All that it speaks for, when that is less than the illness. */
  of: Reading['of']
  /** Its part says since when, or that it is so now. */
  dated: boolean
}

/**
 * What a text says of the course of each side, by the word that weighs most: worse, then not improved, then improved.
 *
 * Shape:   `placed`: only sentences that name the breast, or a sign of it, count; for notes that are not about the breast.
 * Missing: nothing when no word of the course has the illness for its subject.
 * Source:  clinical changes C7.
 */
export function courseOf(document: Document, placed: boolean): readonly Reading[] {
  if (!document.mentions.some((mention) => isCourse(mention.target) || isComparative(mention, document)))
    return []
  const all = document.mentions
    .flatMap((mention) => statementOf(mention, document) ?? [])
    .filter(({ mention }) => !placed || namesBreast(mention, document))
  const statements = all
    .filter((one) => !all.some((other) => isOvertaken(one, other)))
    .map((one) => (isCancelled(one, document) ? { ...one, course: 'not-improved' as const } : one))
  return [...new Set(statements.map(({ side }) => side))].flatMap((side) => {
    const ofSide = statements.filter((statement) => statement.side === side)
    const course = order.find((one) => ofSide.some((statement) => statement.course === one))
    return telling(ofSide.filter((statement) => statement.course === course)).map(readingOf)
  })
}

/** One statement of the illness, or else of the patient as a whole, or else one for each measure that got better. */
function telling(same: readonly Statement[]): readonly Statement[] {
  const whole = same.find(({ of }) => of === undefined) ?? same.find(({ of }) => of === 'general')
  if (whole) return [whole]
  return same.filter(({ of }, at) => same.findIndex((other) => other.of === of) === at)
}

const readingOf = ({ course, mention, why, side, of }: Statement): Reading => ({
  term: 'course',
  state: 'present',
  value: course,
  ...(side && { side }),
  ...(of !== undefined && { of }),
  start: mention.start,
  end: mention.end,
  rule: mention.rule,
  why,
})

/** Does the sentence of the mention name a place of the breast? */
const namesBreast = (mention: Mention, document: Document): boolean =>
  clauseAround(mention, document).sentence.some((hit) => {
    const place = entryOf(hit, 'place')?.as
    return place !== undefined && place !== 'elsewhere'
  })

function statementOf(mention: Mention, document: Document): Statement | undefined {
  const { state, denied } = mention.assertion
  if (state !== 'present' || denied) return undefined
  const clause = clauseAround(mention, document)
  if (!isCourse(mention.target))
    return isComparative(mention, document) ? ofComparative(mention, clause, document) : undefined
  const topic = topicNear(mention, clause)
  const subject = topic ? subjectOf(topic) : 'none'
  if (subject === 'other' || (subject === 'none' && hasUnknownSubject(mention, document))) return undefined
  const course = courseWord(mention, { subject, clause, document })
  if (!course) return undefined
  const dated = partAround(mention, document)?.hits.some((hit) => entryOf(hit, 'time')?.as === 'now') ?? false
  const why = document.text.slice(mention.start, mention.end)
  const of = course === 'improved' ? lessThanIllness(topic) : undefined
  return { course, mention, dated, why, of, side: sideAround(mention, clause, document) }
}

/** "Redder than yesterday", "harder today": the comparative of a sign, against an earlier time and no other side. */
function isComparative({ sentence, part, first }: Mention, { parts }: Document): boolean {
  const hits = parts[sentence]?.[part]?.hits ?? []
  if (!hits.some((hit) => hit.first === first && isNamed(hit, 'more-of-a-sign'))) return false
  return (
    hits.some((hit) => isNamed(hit, 'earlier') || isNamed(hit, 'now')) &&
    !hits.some((hit) => entryOf(hit, 'modifier')?.as === 'comparison')
  )
}

const ofComparative = (mention: Mention, clause: Around, document: Document): Statement => ({
  course: 'worse',
  mention,
  dated: false,
  why: document.text.slice(mention.start, mention.end),
  of: undefined,
  side: sideAround(mention, clause, document),
})

/** What a word for better speaks for, when that is less than the illness: pain, fever, or the patient in general. */
function lessThanIllness(topic: Hit | undefined): Reading['of'] {
  if (!topic) return 'general'
  const named = entryOf(topic, 'target')?.id ?? entryOf(topic, 'subject')?.as
  if (named === 'breast-pain') return 'pain'
  return named === 'fever' || named === 'general' ? named : undefined
}

/** The nearest side of the clause, else that of the label, else the only one of the sentence. */
const sideAround = (mention: Mention, clause: Around, { sentences }: Document): Side | undefined =>
  sideOf(nearest(clause.hits, 'side', mention)) ??
  sentences[mention.sentence]?.side ??
  sidesIn(clause.sentence)

/** "Improving, but still hot": behind "but", a sign that stays, or fever, cancels what got better; a mild rest does not. */
function isCancelled({ course, mention }: Statement, document: Document): boolean {
  if (course !== 'improved') return false
  const later = (document.parts[mention.sentence] ?? []).filter(({ first }) => first >= mention.last)
  const cut = later.findIndex(({ hits }) => hits.some((hit) => hasRole(hit, 'cut')))
  if (cut < 0) return false
  const rest = later.slice(cut)
  if (rest.some(({ hits }) => hits.some((hit) => isNamed(hit, 'mild-rest')))) return false
  const from = rest[0]?.first ?? 0
  const stated = document.mentions.filter(
    (one) => one.sentence === mention.sentence && one.first >= from && one.assertion.state === 'present',
  )
  const stays = stated.some(({ target }) => target === 'course-still' || target === 'course-persists')
  return stated.some(({ target }) => !isCourse(target) && (stays || ofFever.has(target)))
}

const ofFever: ReadonlySet<string> = new Set(['fever', 'malaise'])

/** "No better on Monday, improving since Thursday": what is so now overtakes what the sentence says before it. */
const isOvertaken = (one: Statement, other: Statement): boolean =>
  other.dated &&
  !one.dated &&
  other.mention.sentence === one.mention.sentence &&
  other.mention.first > one.mention.first

/** Shorter words are no subject that matters. */
const shortestSubject = 4

/** A word before it in its part that no list knows: "connection got worse". */
function hasUnknownSubject(mention: Mention, document: Document): boolean {
  const part = partAround(mention, document)
  if (!part) return false
  for (let at = part.first; at < mention.first; at++) {
    const token = document.tokens[at]
    if (token?.kind !== 'word' || token.text.length < shortestSubject) continue
    if (!part.hits.some((hit) => hit.first <= at && at < hit.last)) return true
  }
  return false
}

type Subject = 'sign' | 'own' | 'general' | 'other' | 'none'

/** The nearest topic before the word in its clause, else the nearest after it. */
const topicNear = (mention: Mention, { hits }: Around): Hit | undefined =>
  [
    ...hits.filter((hit) => hit.last <= mention.first).reverse(),
    ...hits.filter((hit) => hit.first >= mention.last),
  ].find((hit) => subjectOf(hit) !== 'none')

const isSign = (hit: Hit): boolean => subjectOf(hit) === 'sign'

/** The kind of subject that a word is; `none` for a word that is no topic. */
function subjectOf(hit: Hit): Subject {
  const target = entryOf(hit, 'target')
  if (target && isCourse(target.id)) return 'none'
  if (target) return ofNipple(target) ? 'other' : 'sign'
  const subject = entryOf(hit, 'subject')?.as
  if (subject === 'fever') return 'own'
  if (subject === 'own' || subject === 'general' || subject === 'other') return subject
  const place = entryOf(hit, 'place')?.as
  if (place === undefined) return 'none'
  return place === 'elsewhere' || place === 'nipple' ? 'other' : 'own'
}

/** The nipple heals or hurts for reasons of its own. */
const ofNipple = ({ place, needs = [] }: Entry): boolean => place === 'nipple' || needs.includes('nipple')

interface Ground {
  subject: Subject
  clause: Around
  document: Document
}

function courseWord(mention: Mention, ground: Ground): Course | undefined {
  const { subject, clause } = ground
  const ofIllness = subject === 'sign' || subject === 'own'
  switch (mention.target.slice(prefix.length)) {
    case 'worse':
      return isByPlace(mention, ground) ? undefined : 'worse'
    case 'worse-sign':
      return ofIllness ? 'worse' : undefined
    case 'not-improved':
      return 'not-improved'
    case 'unchanged':
      return ofIllness ? 'not-improved' : undefined
    case 'persists':
      return ofIllness && subject === 'sign' ? 'not-improved' : undefined
    case 'despite':
      return subject === 'sign' && hasSignAlone(mention, ground.document) ? 'not-improved' : undefined
    case 'less':
      return isBeforeSign(mention, ground) ? 'improved' : undefined
    case 'more':
      return isBeforeSign(mention, ground) ? 'worse' : undefined
    case 'larger':
      return clause.part.some(isSign) && isComparative(mention, ground.document) ? 'worse' : undefined
    case 'same':
      return subject === 'sign' ? 'not-improved' : undefined
    case 'still':
      return isStillIll(mention, ground) ? 'not-improved' : undefined
    case 'improved':
      return byAnalgesic(clause.sentence) || isAboutElse(mention, clause) ? undefined : 'improved'
    default:
      return undefined
  }
}

/** Does the sentence state a sign, and nothing that got better? */
function hasSignAlone({ sentence }: Mention, { mentions }: Document): boolean {
  const stated = mentions.filter((one) => one.sentence === sentence && one.assertion.state === 'present')
  return (
    stated.some(({ target }) => !isCourse(target)) &&
    stated.every(({ target }) => !target.endsWith('improved') || target.endsWith('not-improved'))
  )
}

/** "Less red", "more painful": the very next word is a sign, and nothing is compared but days. */
function isBeforeSign(mention: Mention, { document, clause }: Ground): boolean {
  if (clause.hits.some((hit) => entryOf(hit, 'modifier')?.as === 'comparison')) return false
  return document.mentions.some(({ first, target }) => first === mention.last && !isCourse(target))
}

/** "Still febrile after 48 h of treatment": a sign that stays although it was treated, and is not said to be small. */
function isStillIll(mention: Mention, { document, clause }: Ground): boolean {
  if (clause.hits.some((hit) => isNamed(hit, 'mild-rest'))) return false
  const treated = clause.sentence.some((hit) => isNamed(hit, 'antibiotic') || isNamed(hit, 'on-treatment'))
  return (
    treated &&
    document.mentions.some(
      ({ sentence, first, target, assertion }) =>
        sentence === mention.sentence &&
        first >= mention.last &&
        assertion.state === 'present' &&
        !isCourse(target),
    )
  )
}

/** Better by a painkiller says nothing, unless an antibiotic is named too. */
const byAnalgesic = (hits: readonly Hit[]): boolean =>
  hits.some((hit) => isNamed(hit, 'analgesic')) && !hits.some((hit) => isNamed(hit, 'antibiotic'))

/** "Better informed", "feels better about it". */
const isAboutElse = (mention: Mention, { hits }: Around): boolean =>
  hits.some((hit) => hit.first === mention.last && isNamed(hit, 'better-about'))

/** "Worse when feeding", "worse at night": where or when, not how it goes. */
function isByPlace(mention: Mention, { clause, document }: Ground): boolean {
  const next = document.tokens[mention.last]?.text ?? ''
  if (!['with', 'when', 'at', 'on', 'than', 'during', 'after', 'while'].includes(next)) return false
  return clause.hits.some(
    (hit) => hit.first > mention.last && hit.first <= mention.last + 3 && isNamed(hit, 'place-worse'),
  )
}
