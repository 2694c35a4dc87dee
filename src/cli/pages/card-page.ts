import type { CaseView, CatalogueCard, LogicView } from '../../workbench/catalogue-views.js'
import type { RowCondition } from '../../cards/row-condition.js'
import { bullets, page } from './markdown.js'
import { withRuleLinks } from './rule-links.js'

/**
 * Writes a condition as a link to the section of its finding, or of the first of its stages, beside which the other
 * stages follow.
 */
const link = ({ words, findings }: RowCondition): string => `[${words}](../findings.md#${findings[0]})`

/** A row as one sentence: "warning on patient-view when … and … but not …: because …". */
function rowAloud({ row, rule, on, all, any, none, indicator, because }: LogicView): string {
  const one = any.length > 0 ? [`one of ${any.map(link).join(', ')}`] : []
  const holds = [...all.map(link), ...one].join(' and ')
  const not = none.length > 0 ? `, and not ${none.map(link).join(', ')}` : ''
  const origin = rule === undefined ? '' : ` (${withRuleLinks(rule, '../../clinical')})`
  return `**${row}**, ${indicator} on ${on.join(' and ')}: ${holds}${not}. ${because}${origin}`
}

const examplesEach = 2

/** The number of cases of each verdict, with the first few in words; cases.yaml holds all of them. */
function casesAloud(cases: readonly CaseView[]): readonly string[] {
  const verdicts = [...new Set(cases.map(({ expect }) => expect))]
  return verdicts.map((verdict) => {
    const own = cases.filter(({ expect }) => expect === verdict)
    const few = own.slice(0, examplesEach).map((each) => each.case)
    const more = own.length > few.length ? `; and ${own.length - few.length} more` : ''
    return `**${verdict}** (${own.length}): ${few.join('; ')}${more}`
  })
}

/** The attributes printed above the table. */
const toldAbove: ReadonlySet<string> = new Set([
  'bibliographic_citation',
  'release_and_revision',
  'intended_use',
  'intended_user',
  'population',
  'exclusions',
  'evidence_grade',
  'limits',
])

/** The other attributes in words; attributes that no rule uses share a line. */
function attributeLines(attributes: CatalogueCard['attributes']): readonly string[] {
  const rest = Object.entries(attributes).filter(([name]) => !toldAbove.has(name))
  const unused = rest.filter(([, value]) => value === 'not used')
  const words = (name: string): string => name.replaceAll('_', ' ')
  return [
    `Not used: ${unused.map(([name]) => words(name)).join(', ')}.`,
    ...rest.filter(([, value]) => value !== 'not used').map(([name, value]) => `${words(name)}: ${value}`),
  ]
}

/** The numbers that a card uses; the date that most of them share is printed once. */
function numbersAloud(parameters: CatalogueCard['parameters'], released: string): string {
  if (parameters.length === 0) return 'None.'
  const each = parameters.map(
    ({ name, value, unit, since }) =>
      `\`${name}\` ${value} ${unit}${since === released ? '' : ` (since ${since})`}`,
  )
  return `Since ${released} unless said otherwise; explained in [parameters](../parameters.md): ${each.join(' · ')}`
}

/** One version: its date, its change for patients, and its approval. */
const versionAloud = ({ version, date, changed, approval }: CatalogueCard['history'][number]): string =>
  `**${version}**, ${date}: ${changed} Approval: ${approval}.`

/** The page of one card for a committee, for printing on paper. */
export function cardPage(card: CatalogueCard): string {
  const { attributes } = card
  return page(
    `# ${card.title} (\`${card.kind}\` ${card.version}, ${card.status})`,
    `${card.review} Owner: ${card.owner}. Review by ${card.reviewBy}.`,
    '## Who sees it',
    `${attributes['intended_user'] ?? ''} ${attributes['intended_use'] ?? ''}`,
    `About: ${attributes['population'] ?? ''} Not about: ${attributes['exclusions'] ?? ''}`,
    '## When',
    bullets(card.rows.map(rowAloud), 'Never.'),
    '## Since when',
    `Released ${card.released}, revised ${card.revised}. Every version, newest first:`,
    bullets(card.history.map(versionAloud), ''),
    '## Why',
    bullets(
      card.citations.map(({ key, label, url }) => `${key}: [${label}](${url})`),
      'No source.',
    ),
    `What each source says, and does not say: [evidence](../../../cards/${card.kind}/evidence.md). Grade: ${attributes['evidence_grade'] ?? ''}`,
    '## When it is wrong',
    bullets([...card.doesNotApply, `Limits: ${attributes['limits'] ?? ''}`], ''),
    '## Numbers',
    numbersAloud(card.parameters, card.released),
    '## Cases',
    bullets(casesAloud(card.cases), 'None yet.'),
    `All of them, with the reason of each: [cases](../../../cards/${card.kind}/cases.yaml); the cards that are shown, as a clinician sees them: [expected](../../../cards/${card.kind}/expected/).`,
    '## Source attributes',
    bullets(attributeLines(attributes), ''),
  )
}
