import { hookNames } from '../../protocol/hook-request.js'
import type { CatalogueCard } from '../../workbench/catalogue-views.js'
import type { RowCondition } from '../../cards/row-condition.js'
import { page, table } from './markdown.js'
import { withRuleLinks } from './rule-links.js'

const names = (conditions: readonly RowCondition[]): string =>
  conditions.map(({ words }) => `\`${words}\``).join(' ')

/** The page of decision tables: every row of every card, by hook, in the order of the cards. */
export function tablesPage(cards: readonly CatalogueCard[]): string {
  const tables = hookNames.flatMap((hook) => [
    `## ${hook}`,
    table(
      ['card', 'row', 'all of', 'any of', 'none of', 'indicator', 'summary', 'rule'],
      cards.flatMap(({ kind, rows }) =>
        rows
          .filter(({ on }) => on.includes(hook))
          .map(({ row, rule, all, any, none, indicator, summary }) => [
            `[${kind}](cards/${kind}.md)`,
            row,
            names(all),
            names(any),
            names(none),
            indicator,
            summary,
            rule === undefined ? '' : withRuleLinks(rule, '../clinical'),
          ]),
      ),
    ),
  ])
  return page(
    '# Decision tables',
    'A card is shown when any of its rows holds in one breast (and, on order hooks, for one evaluated draft). A row holds when every condition under "all of" is met, one under "any of" is, and none under "none of" is: a finding is met when it is present, stages when the breast is at one of them. What cannot be told never shows a card by itself, and never hides one. The highest indicator wins, and reasons are joined. What each finding asks: [findings](findings.md). Why a row is there: the rule in the [clinical rule book](../clinical/README.md).',
    ...tables,
  )
}
