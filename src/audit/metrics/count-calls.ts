import type { CallRow } from './call-rows.js'
import { MetricTally } from './metric-table.js'
import type { Dimension, MetricLine } from './metric-table.js'

/** Counts every metric of a sequence of calls; see `MetricTally`. */
export async function countCalls(
  calls: AsyncIterable<CallRow>,
  by: readonly Dimension[] = [],
): Promise<readonly MetricLine[]> {
  const tally = new MetricTally(by)
  for await (const call of calls) tally.add(call)
  return tally.lines()
}
