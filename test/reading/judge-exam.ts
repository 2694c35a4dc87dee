import type { TextReading } from '../../src/terminology/text/reading.js'
import { accepts, fault, sameSides, spread, type Fault, type Label, type LabelledLine } from './labels.js'

interface Sign {
  present: Set<string>
  absent: Set<string>
  unreadable: boolean
}

const noSign: Sign = { present: new Set(), absent: new Set(), unreadable: false }

/** What was read, in the form that the judge asks for. */
class ExamRead {
  readonly signs = new Map<string, Sign>()
  readonly courses = new Set<string>()
  readonly told: boolean

  constructor({ readings, unread }: TextReading) {
    for (const { term, state, side = 'unspecified', value } of readings) {
      if (term === 'course') {
        if (state === 'present') this.courses.add(String(value))
        continue
      }
      const sign = this.signs.get(term) ?? { present: new Set(), absent: new Set(), unreadable: false }
      this.signs.set(term, sign)
      if (state === 'unreadable') sign.unreadable = true
      else sign[state].add(side)
    }
    this.told = unread.length > 0 || [...this.signs.values()].some(({ unreadable }) => unreadable)
  }

  sign(term: string): Sign {
    return this.signs.get(term) ?? noSign
  }

  /** A sign without a side joins the one side that has other evidence (clinical 2.8). */
  joined(sides: Iterable<string>): ReadonlySet<string> {
    const all = [...this.signs.values()].flatMap(({ present }) => [...present])
    const known = spread(all.filter((side) => side !== 'unspecified'))
    const [only] = known
    return new Set(
      [...spread(sides)].map((side) => (side === 'unspecified' && known.size === 1 && only ? only : side)),
    )
  }
}

/** Faults of a line of kind exam. */
export function judgeExam(line: LabelledLine, reading: TextReading): readonly Fault[] {
  const read = new ExamRead(reading)
  const faults = line.expect.flatMap((label) => judgeLabel(label, line, read))
  const named = new Set([...(line.free ?? []), ...line.expect.flatMap(({ term, or = [] }) => [term, ...or])])
  const wide = line.expect.find(({ term }) => term === 'any')
  if (!wide)
    for (const [term, { present }] of read.signs)
      if (present.size > 0 && !named.has(term)) faults.push(fault('false alarm', `${term} is not stated`))
  if (!named.has('course') && read.courses.size > 0 && wide?.state !== 'unreadable')
    faults.push(fault('false alarm', `course read as ${[...read.courses].join('+')}`))
  return faults
}

function judgeLabel(label: Label, line: LabelledLine, read: ExamRead): Fault[] {
  if (label.term === 'any') return judgeAny(label, line, read)
  if (label.term === 'course') return judgeCourse(label, read)
  if (label.state === 'present') return judgePresent(label, line, read)
  return label.state === 'absent' ? judgeAbsent(label, line, read) : judgeUnreadable(label, read)
}

const sidesWanted = (term: string, { expect }: LabelledLine): ReadonlySet<string> =>
  spread(
    expect.flatMap((one) => (one.term === term && one.state === 'present' && one.side ? [one.side] : [])),
  )

function judgePresent(label: Label, line: LabelledLine, read: ExamRead): Fault[] {
  const terms = [label.term, ...(label.or ?? [])]
  const found = terms.filter((term) => read.sign(term).present.size > 0)
  const [first] = found
  if (first === undefined) {
    const said = terms.some((term) => read.sign(term).unreadable)
    if (said && accepts(label, 'unreadable')) return []
    return [fault(said ? 'other' : 'missed', `${label.term} ${said ? 'said unreadable' : 'not read'}`)]
  }
  if (!label.side) return []
  const wanted = sidesWanted(label.term, line)
  if (found.some((term) => sameSides(read.joined(read.sign(term).present), wanted))) return []
  return [
    fault(
      'side',
      `${first} read as ${[...read.sign(first).present].join('+')}, not ${[...wanted].join('+')}`,
    ),
  ]
}

function judgeAbsent(label: Label, line: LabelledLine, read: ExamRead): Fault[] {
  const { present, absent, unreadable } = read.sign(label.term)
  const elsewhere = sidesWanted(label.term, line).size > 0
  const { side } = label
  const against = side ? [...read.joined(present)].filter((one) => one === side) : [...present]
  if (against.length > 0 || (side && !elsewhere && present.size > 0))
    return [fault('false alarm', `${label.term} is denied`)]
  const sides = spread(absent)
  const denied = side ? sides.has(side) || (!elsewhere && sides.size > 0) : absent.size > 0
  if (denied || accepts(label, 'nothing') || (unreadable && accepts(label, 'unreadable'))) return []
  return [fault('other', `denial of ${label.term} ${unreadable ? 'said unreadable' : 'lost'}`)]
}

function judgeUnreadable(label: Label, read: ExamRead): Fault[] {
  const { present, absent, unreadable } = read.sign(label.term)
  if (present.size > 0)
    return accepts(label, 'present') ? [] : [fault('false alarm', `${label.term} has no answer`)]
  if (absent.size > 0)
    return accepts(label, 'absent') ? [] : [fault('missed', `${label.term} has no answer, read as absent`)]
  return unreadable ? [] : [fault('other', `${label.term} passed over`)]
}

function judgeCourse(label: Label, { courses }: ExamRead): Fault[] {
  const allowed = [label.state, ...(label.accept ?? [])]
  const wrong = [...courses].filter((said) => !allowed.includes(said))
  if (wrong.length > 0) return [fault('false alarm', `course read as ${wrong.join('+')}`)]
  return courses.size > 0 || allowed.includes('nothing')
    ? []
    : [fault('missed', `course ${label.state} not read`)]
}

function judgeAny(label: Label, { free = [] }: LabelledLine, read: ExamRead): Fault[] {
  const termsWith = (what: 'present' | 'absent'): string[] =>
    [...read.signs]
      .filter(([term, sign]) => !free.includes(term) && sign[what].size > 0)
      .map(([term]) => term)
  const present = termsWith('present')
  const absent = termsWith('absent')
  if (label.state === 'nothing')
    return [
      ...(present.length > 0 ? [fault('false alarm', present.join(', '))] : []),
      ...(absent.length > 0 && !accepts(label, 'absent')
        ? [fault('other', `absent: ${absent.join(', ')}`)]
        : []),
      ...(read.told ? [fault('other', 'said unreadable, although nothing is asserted')] : []),
    ]
  if (present.length > 0) return accepts(label, 'present') ? [] : [fault('false alarm', present.join(', '))]
  if (read.told || (absent.length > 0 && accepts(label, 'absent'))) return []
  return [fault(accepts(label, 'present') ? 'missed' : 'other', 'passed over in silence')]
}
