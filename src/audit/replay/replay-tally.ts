import { differenceKinds } from './card-differences.js'
import type { CardDifference, DifferenceKind } from './card-differences.js'

/** A call whose cards differ, as an example for the committee. */
export interface ReplayExample extends CardDifference {
  invocationId: string
  stream: string
  seq: number
}

/** The result of a replay, which is also the state from which the replay can continue. */
export interface ReplayReport {
  pack: { version: string; hash: string }
  calls: number
  /** Calls that were decided by the content of this replay; their cards must be the same. */
  samePack: number
  samePackDifferent: number
  identical: number
  /**
   * Calls that are purged, have a shape that this version cannot read, or lack facts that did not fit into the record.
   */
  notReplayable: number
  /** Calls of other content whose older record may lack earlier cards, so that the store was read for them. */
  earlierRead: number
  /** The calls among `earlierRead` with a card that a purged record might have hidden. */
  earlierPurged: number
  counts: Readonly<Record<DifferenceKind, number>>
  examples: Readonly<Record<DifferenceKind, readonly ReplayExample[]>>
  after?: { stream: string; seq: number }
}

/** The number of examples kept for each kind of difference. */
export const mostExamples = 20

const each = <Value>(value: () => Value): Record<DifferenceKind, Value> =>
  Object.fromEntries(differenceKinds.map((kind) => [kind, value()])) as Record<DifferenceKind, Value>

/** An empty report, for the start of a replay. */
export const emptyReport = (pack: ReplayReport['pack']): ReplayReport => ({
  pack,
  calls: 0,
  samePack: 0,
  samePackDifferent: 0,
  identical: 0,
  notReplayable: 0,
  earlierRead: 0,
  earlierPurged: 0,
  counts: each(() => 0),
  examples: each(() => []),
})

/** One replayed call. */
export interface ReplayedCall {
  invocationId: string
  stream: string
  seq: number
  samePack: boolean
  differences: readonly CardDifference[]
  /** Was the store read for earlier cards, and may a purge have erased a record that would have hidden a card? */
  saidEarlier?: 'read' | 'purged'
}

/** Adds one call to the report. */
export function withCall(report: ReplayReport, call: ReplayedCall): ReplayReport {
  const { invocationId, stream, seq, samePack, differences, saidEarlier } = call
  const counts = { ...report.counts }
  const examples = { ...report.examples }
  for (const difference of differences) {
    counts[difference.is] += 1
    if (examples[difference.is].length < mostExamples)
      examples[difference.is] = [...examples[difference.is], { ...difference, invocationId, stream, seq }]
  }
  const differs = differences.length > 0
  return {
    ...report,
    calls: report.calls + 1,
    samePack: report.samePack + Number(samePack),
    samePackDifferent: report.samePackDifferent + Number(samePack && differs),
    identical: report.identical + Number(!differs),
    earlierRead: report.earlierRead + Number(saidEarlier !== undefined),
    earlierPurged: report.earlierPurged + Number(saidEarlier === 'purged'),
    counts,
    examples,
    after: { stream, seq },
  }
}

const percent = (count: number, of: number): string =>
  of === 0 ? 'not computable' : `${((100 * count) / of).toFixed(2)} %`

/** The lines of the report about calls for which the store was read for earlier cards; none without such calls. */
const earlierWords = ({ earlierRead, earlierPurged }: ReplayReport): readonly string[] =>
  earlierRead === 0
    ? []
    : [
        `For ${earlierRead} calls whose record may lack cards given earlier, those were read from the store.`,
        ...(earlierPurged === 0
          ? []
          : [
              `For ${earlierPurged} of those it is not fully known, because older cards were purged: a card added there might have been hidden.`,
            ]),
      ]

/** Writes the report as Markdown, for the approval of a rule change. */
export function replayMarkdown(report: ReplayReport): string {
  const { calls, identical, samePack, samePackDifferent, notReplayable, pack } = report
  const rows = differenceKinds.map(
    (kind) => `| ${kind} | ${report.counts[kind]} | ${percent(report.counts[kind], calls)} |`,
  )
  const examples = differenceKinds.flatMap((kind) =>
    report.examples[kind].length === 0
      ? []
      : [
          '',
          `### ${kind}`,
          '',
          '| call | card | before | after |',
          '|---|---|---|---|',
          ...report.examples[kind].map(
            ({ invocationId, kind: card, before = '', after = '' }) =>
              `| ${invocationId} | ${card} | ${before} | ${after} |`,
          ),
        ],
  )
  return [
    `# Replay with content ${pack.version}`,
    '',
    `${calls} calls replayed, ${identical} identical (${percent(identical, calls)}), ${notReplayable} could not be replayed.`,
    `${samePack} of them were decided by this very content; ${samePackDifferent} of those came out otherwise.`,
    ...earlierWords(report),
    '',
    '| difference | cards | per call |',
    '|---|---|---|',
    ...rows,
    ...examples,
    '',
  ].join('\n')
}
