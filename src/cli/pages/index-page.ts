import type { CatalogueCard } from '../../workbench/catalogue-views.js'
import { bullets, page, table } from './markdown.js'

/** The first page for a reviewer: links to every other page. */
export function indexPage(cards: readonly CatalogueCard[]): string {
  return page(
    '# Pages made from the content',
    'These pages are built from `cards/` and from the definitions of the findings; a test fails when they are stale. No clinician has reviewed the content yet.',
    bullets(
      [
        '[Decision tables](decision-tables.md): every row of every card, by hook',
        '[Findings](findings.md): one section per clinical question',
        '[Parameters](parameters.md): every number, its range, its source',
        '[Codes](codes.md): every value set and medicine',
        '[Prefetch](prefetch.md) and [errors](errors.md), for integrators',
        '[Metrics](metrics.md), defined with a worked example, and the [benchmark](bench.md)',
        '[Mutation testing](mutation.md) and the [quiet test](../quiet.md), for those who ask how it was proven',
      ],
      '',
    ),
    '## Cards',
    table(
      ['card', 'version', 'status', 'hooks', 'rows', 'cases'],
      cards.map(({ kind, title, version, status, hooks, rows, cases }) => [
        `[${title}](cards/${kind}.md)`,
        version,
        status,
        hooks.join(', '),
        rows.length,
        cases.length,
      ]),
    ),
  )
}
