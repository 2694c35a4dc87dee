import type { FindingDefinition } from '../../assess/definition.js'
import { findingDefinitions } from '../../assess/registry.js'
import type { ListedSet } from '../../terminology/list-code-sets.js'
import type { CatalogueCard } from '../../workbench/catalogue-views.js'
import { codeText } from './codes-page.js'
import { page } from './markdown.js'

const askedOf = { patient: 'the patient', side: 'one breast', draft: 'one draft order' } as const

/** The most sets that a section names with their codes; with more sets a link leads to the codes. */
const setsInWords = 6

/**
 * The links to value sets; an id without a value set is the role or the name of medicines, which stand in one table.
 */
function setLine(ids: readonly string[], sets: ReadonlyMap<string, ListedSet>): string {
  if (ids.length === 0) return 'None of its own.'
  return ids
    .map((id) => {
      const set = sets.get(id)
      const name = set ? `[${set.title}](codes.md#${id})` : `[${id}](codes.md#medicines)`
      const codes = set?.codes.map(codeText) ?? []
      return ids.length > setsInWords || codes.length === 0 ? name : `${name} (${codes.join(', ')})`
    })
    .join(' · ')
}

function section(
  { name, scope, means, facts, sets, parameters, edge, missing }: FindingDefinition,
  cards: readonly CatalogueCard[],
  listed: ReadonlyMap<string, ListedSet>,
): readonly string[] {
  const using = cards.filter(({ rows }) =>
    rows.some(({ all, any, none }) =>
      [...all, ...any, ...none].some(({ findings }) => findings.includes(name)),
    ),
  )
  const cardLinks = using.map(({ kind }) => `[${kind}](cards/${kind}.md)`)
  return [
    `## ${name}`,
    [
      `${means} Asked of ${askedOf[scope]}.`,
      '',
      `- Facts: ${facts.join(', ') || 'those of the findings it is made of'}`,
      `- Codes: ${setLine(sets, listed)}`,
      `- Numbers: ${parameters.map((parameter) => `[\`${parameter}\`](parameters.md)`).join(', ') || 'none'}`,
      `- Edge: ${edge}`,
      `- Missing: ${missing}`,
      `- Cards: ${cardLinks.join(', ') || 'none names it; other findings are made of it'}`,
    ].join('\n'),
  ]
}

/** The page of findings: one section for each, for a reviewer who does not read code. */
export function findingsPage(cards: readonly CatalogueCard[], sets: readonly ListedSet[]): string {
  const listed = new Map(sets.map((set) => [set.id, set]))
  return page(
    '# Findings',
    `A finding is one clinical question with three answers: present, absent, or cannot-tell with a worded reason. Cards name findings and never compute. Codes are written out where a finding has at most ${setsInWords} sets; all are in [codes](codes.md).`,
    ...findingDefinitions.flatMap((definition) => section(definition, cards, listed)),
  )
}
