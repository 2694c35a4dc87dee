import type { Facts } from '../facts/facts.js'
import type { TextFinding, TextRead } from '../facts/text-read.js'

const placeIn = ({ from, to }: { from?: number; to?: number }): string =>
  from === undefined || to === undefined ? '' : ` at ${from}-${to}`

function foundIn(found: TextFinding): string {
  const { term, value, side, state, possible, rule } = found
  const what = [term, value, side].filter((word) => word !== undefined).join(' ')
  const doubt = possible === true ? ', possible' : ''
  return `${what}: ${state}${doubt}${placeIn(found)}${rule === undefined ? '' : `, by ${rule}`}`
}

const linesOf = ({ source, kind, found, unread, cut }: TextRead): readonly string[] => [
  `  ${source}, read as ${kind}${cut ? ' (not all of the text is told)' : ''}`,
  ...found.map((one) => `    ${foundIn(one)}`),
  ...unread.map((one) => `    not understood${placeIn(one)}: ${one.why}`),
]

/**
 * Describes the reading of each text: the term, its state, the characters, the rule that decided, and the parts not
 * understood.
 *
 * Units:   characters are UTF-16 units of the text, with the end excluded.
 * Privacy: no words of the chart.
 */
export const textLines = ({ texts }: Facts): readonly string[] => texts.flatMap(linesOf)
