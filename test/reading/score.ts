import type { TextKind, TextReading } from '../../src/terminology/text/reading.js'
import { judgeExam } from './judge-exam.js'
import { judgeCondition, judgeMedicine, judgeOrder } from './judge-others.js'
import { judgeReport } from './judge-report.js'
import { verdicts, type Fault, type LabelledLine, type Verdict } from './labels.js'

type Judge = (line: LabelledLine, read: TextReading) => readonly Fault[]

/** Routes and words on feeding have no judge: no corpus has lines of them. */
const judges: Readonly<Partial<Record<TextKind, Judge>>> = {
  exam: judgeExam,
  report: judgeReport,
  medicine: judgeMedicine,
  order: judgeOrder,
  condition: judgeCondition,
}

/** A line with how it was read. */
export interface Score {
  line: LabelledLine
  verdict: Verdict
  faults: readonly Fault[]
  read: TextReading
}

/** Scores lines by what a reader makes of them: one verdict a line, the most dangerous of its faults. */
export function scoresOf(
  lines: readonly LabelledLine[],
  reader: (line: LabelledLine) => TextReading,
): readonly Score[] {
  return lines.map((line) => {
    const read = reader(line)
    const faults = judges[line.kind]?.(line, read) ?? []
    const verdict = verdicts.find((each) => faults.some((one) => one.verdict === each)) ?? 'right'
    return { line, verdict, faults, read }
  })
}

/** Counts of verdicts by family, by kind, and of all lines. */
export function tallyOf(scores: readonly Score[]): ReadonlyMap<string, Readonly<Record<Verdict, number>>> {
  const rows = new Map<string, Record<Verdict, number>>()
  const count = (name: string, verdict: Verdict): void => {
    const row = rows.get(name) ?? { right: 0, 'false alarm': 0, missed: 0, side: 0, other: 0 }
    row[verdict]++
    rows.set(name, row)
  }
  for (const kind of Object.keys(judges)) {
    const mine = scores.filter(({ line }) => line.kind === kind)
    for (const { line, verdict } of mine) count(`${kind.padEnd(9)} ${line.family}`, verdict)
    for (const { verdict } of mine) count(`${kind.padEnd(9)} = all`, verdict)
  }
  for (const { verdict } of scores) count('= all lines', verdict)
  return rows
}
