import { findingNames, type FindingName } from '../../assess/finding-names.js'
import type { OnChart } from '../card-pack.js'
import type { CardSource } from '../card-source.js'
import type { CompileContext, ReportProblem } from './compile-texts.js'
import { nameFix } from './nearest-name.js'

const isFinding = (name: string): name is FindingName => Object.hasOwn(findingNames, name)

/**
 * What on the chart changes what a card advises: the consequences of every card, where the card has none of its own.
 *
 * Source: clinical changes C30
 */
export function onChartOf(
  { card }: CardSource,
  { everyCard }: CompileContext,
  report: ReportProblem,
): readonly OnChart[] {
  const consequences = { ...everyCard.on_chart, ...card.on_chart }
  return Object.entries(consequences).flatMap(([finding, consequence]) => {
    if (isFinding(finding)) return [{ finding, consequence }]
    report(
      ['card', 'on_chart'],
      `unknown finding "${finding}"`,
      nameFix(finding, Object.keys(findingNames), 'findings'),
    )
    return []
  })
}
