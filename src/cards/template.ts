import Mustache from 'mustache'
import type { CardValues } from '../assess/views.js'

/**
 * Everything that a text may print beside parameters: the values of a scope, the feeding words, and the name of the
 * order.
 */
export type SlotValues = CardValues & {
  finding: string
  category: string
  order: string
  /** The side after a preposition: "the left breast", "both breasts". */
  theSide: string
  /** The side before a noun: "left breast", "breast". */
  breast: string
}
/** The name of a value that a text may print. */
export type Slot = keyof SlotValues

/**
 * The longest text of each value, which proves at start that a summary stays under 140 characters.
 *
 * Edge: a value that is not listed (allergies, drugKind, notMeasured, imaging, order) has no bound and may not stand in a
 *       summary.
 */
export const longestValue: Readonly<Partial<Record<Slot, number>>> = {
  side: 'both breasts'.length,
  Stage: 'Possible mastitis'.length,
  theSide: 'the right breast'.length,
  breast: 'right breast'.length,
  coverFor: '2160 h'.length,
  course: 42,
  aptCourse: 42,
  review: 'Review within 48 h of a first antibiotic dose; same day for'.length,
  dueTime: '29 Nov 16:00'.length,
  acuteDay: '29 Nov'.length,
  suspiciousScan: 'Suspicious imaging on 29 Nov'.length,
  collection: '12.5 cm collection'.length,
  D: '999'.length,
  backAfter: '99 days'.length,
  illFor: '2160 h'.length,
  T: ', T 41.25'.length,
  Side: 'Both breasts'.length,
  longDays: '180'.length,
  dischargeDays: '9999'.length,
  criteria: 'lactate 12.3, mental state, +9'.length,
  firstCriterion: 'white cells 15.01, +9'.length,
  sepsisAge: '119 min ago'.length,
  sepsisTiming: 'by the local pathway'.length,
  sepsisFirst: 'lactate'.length,
  sepsisSource: 'breast infection on record'.length,
  otherSource: 'wound infection'.length,
  severeSign: 'disproportionate pain'.length,
  milkRemoval: ' Milk removal goes on: it is source control.'.length,
  SevereSign: 'disproportionate pain'.length,
  stasisFever: 'T 38.2 °C'.length,
  fact: 30,
  scan: 'Small collection 29 Nov'.length,
  rescanTime: 're-scan 48-72 h after it, sooner if worse'.length,
  rescanDay: '29 Nov'.length,
  unreadScan: '29 Nov'.length,
  cultureDay: '29 Nov'.length,
  organism: 'Corynebacterium'.length,
  missedBy: 21,
  susceptibleTo: 30,
  drug: 30,
  reason: 30,
  allergy: 30,
  firstDrug: 30,
  infantAge: 'infant age not known'.length,
  finding: 'hepatitis C, broken nipple'.length,
  category: 'conditions'.length,
}

const slotNames: ReadonlySet<string> = new Set<Slot>([
  'side',
  'Stage',
  'theSide',
  'breast',
  'coverFor',
  'course',
  'aptCourse',
  'review',
  'dueTime',
  'acuteDay',
  'suspiciousScan',
  'collection',
  'D',
  'backAfter',
  'illFor',
  'T',
  'Side',
  'longDays',
  'dischargeDays',
  'criteria',
  'firstCriterion',
  'sepsisAge',
  'sepsisTiming',
  'sepsisFirst',
  'sepsisSource',
  'otherSource',
  'severeSign',
  'SevereSign',
  'milkRemoval',
  'stasisFever',
  'fact',
  'drug',
  'reason',
  'allergy',
  'drugKind',
  'firstDrug',
  'infantAge',
  'comfort',
  'milkIsSafe',
  'maternityTeam',
  'allergies',
  'notMeasured',
  'imaging',
  'scan',
  'rescanTime',
  'rescanDay',
  'unreadScan',
  'cultureDay',
  'organism',
  'missedBy',
  'susceptibleTo',
  'resistantAgents',
  'susceptibleAgents',
  'sulfaCheck',
  'finding',
  'category',
  'order',
])

/** A compiled text: `texts` has one entry more than `slots`; parameters are already filled in. */
export interface Template {
  texts: readonly string[]
  slots: readonly Slot[]
}

/** The problem of a placeholder, for the message of the check. */
export interface TemplateProblem {
  placeholder: string
  says: string
}

const isSlot = (name: string): name is Slot => slotNames.has(name)

/**
 * Compiles a Mustache text: parameters become text, values become slots.
 *
 * Edge: sections and partials are refused, because a card fills in words and never computes.
 */
export function compileTemplate(
  text: string,
  parameters: ReadonlyMap<string, string>,
): { template: Template; problems: readonly TemplateProblem[] } {
  const texts = ['']
  const slots: Slot[] = []
  const problems: TemplateProblem[] = []
  for (const [kind, name] of parsed(text, problems)) {
    const fixed = kind === 'text' ? name : parameters.get(name)
    if (fixed !== undefined && (kind === 'text' || kind === 'name' || kind === '&')) {
      texts.push((texts.pop() ?? '') + fixed)
    } else if ((kind === 'name' || kind === '&') && isSlot(name)) {
      slots.push(name)
      texts.push('')
    } else if (kind === 'name' || kind === '&') {
      problems.push({ placeholder: name, says: `unknown placeholder {{${name}}}` })
    } else {
      problems.push({
        placeholder: name,
        says: `{{${kind}${name}}}: a card fills in words and never computes`,
      })
    }
  }
  return { template: { texts, slots }, problems }
}

function parsed(text: string, problems: TemplateProblem[]): readonly (readonly [string, string])[] {
  try {
    return (Mustache.parse(text) as unknown as readonly (readonly unknown[])[]).map(
      (token) => [String(token[0]), String(token[1])] as const,
    )
  } catch {
    problems.push({ placeholder: '', says: 'braces of a placeholder are not closed' })
    return []
  }
}

/** Fills values into a text; values are the service's own words and are printed as they are. */
export function fillIn({ texts, slots }: Template, values: SlotValues): string {
  let filled = texts[0] ?? ''
  for (let place = 0; place < slots.length; place += 1) {
    filled += values[slots[place] as Slot] + (texts[place + 1] ?? '')
  }
  return filled
}

/** The values that a line may do without: each begins with its own comma or blank. */
const optionalSlots: ReadonlySet<Slot> = new Set<Slot>(['T', 'milkRemoval'])

/** Fills values into lines; a line with an empty value is left out, so that no half sentence is printed. */
export const fillInLines = (lines: readonly Template[], values: SlotValues): readonly string[] =>
  lines
    .filter(({ slots }) => slots.every((slot) => values[slot] !== '' || optionalSlots.has(slot)))
    .map((line) => fillIn(line, values))

/** The most characters that a text can have; infinite for a text with an unbounded value. */
export const longestText = ({ texts, slots }: Template): number =>
  texts.reduce((sum, text) => sum + text.length, 0) +
  slots.reduce((sum, slot) => sum + (longestValue[slot] ?? Number.POSITIVE_INFINITY), 0)

/** Every name that a text may use as a placeholder beside parameters, for suggestions in error messages. */
export const placeholderNames: readonly string[] = [...slotNames]
