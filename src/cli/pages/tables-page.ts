import { hookNames } from '../../protocol/hook-request.js'
import type { CatalogueCard } from '../../workbench/catalogue-views.js'
import { page, table } from './markdown.js'

const names = (list: readonly string[]): string => list.map((name) => `\`${name}\``).join(' ')

/** Every row of every card, by hook, in the order of the cards: the decision tables. */
export function tablesPage(cards: readonly CatalogueCard[]): string {
  const tables = hookNames.flatMap((hook) => [
    `## ${hook}`,
    table(
      ['card', 'row', 'all of', 'any of', 'none of', 'indicator', 'summary', 'paper'],
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
            rule ?? '',
          ]),
      ),
    ),
  ])
  return page(
    '# Decision tables',
    'A card is shown when any of its rows holds in one breast (and, on order hooks, for one evaluated draft). A row holds when every finding under "all of" is present, one under "any of" is present, and none under "none of" is. What cannot be told never shows a card by itself, and never hides one. The highest indicator wins, and reasons are joined. What each finding asks: [findings](findings.md).',
    ...tables,
  )
}
