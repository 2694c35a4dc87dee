import type { CaseView, CatalogueCard, LogicView } from '../../workbench/catalogue-views.js'
import { bullets, page } from './markdown.js'

const link = (name: string): string => `[${name}](../findings.md#${name})`

/** A row as one sentence: "warning on patient-view when … and … but not …: because …". */
function rowAloud({ row, rule, on, all, any, none, indicator, because }: LogicView): string {
  const one = any.length > 0 ? [`one of ${any.map(link).join(', ')}`] : []
  const holds = [...all.map(link), ...one].join(' and ')
  const not = none.length > 0 ? `, and not ${none.map(link).join(', ')}` : ''
  const origin = rule === undefined ? '' : ` [${rule}]`
  return `**${row}**, ${indicator} on ${on.join(' and ')}: ${holds}${not}. ${because}${origin}`
}

const examplesEach = 2

/** How many cases there are of each verdict, with the first few in words; all stand in cases.yaml. */
function casesAloud(cases: readonly CaseView[]): readonly string[] {
  const verdicts = [...new Set(cases.map(({ expect }) => expect))]
  return verdicts.map((verdict) => {
    const own = cases.filter(({ expect }) => expect === verdict)
    const few = own.slice(0, examplesEach).map((each) => each.case)
    const more = own.length > few.length ? `; and ${own.length - few.length} more` : ''
    return `**${verdict}** (${own.length}): ${few.join('; ')}${more}`
  })
}

/** Attributes that have a place of their own above the table. */
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

/** The other attributes in words; those that no rule uses share a line. */
function attributeLines(attributes: CatalogueCard['attributes']): readonly string[] {
  const rest = Object.entries(attributes).filter(([name]) => !toldAbove.has(name))
  const unused = rest.filter(([, value]) => value === 'not used')
  const words = (name: string): string => name.replaceAll('_', ' ')
  return [
    `Not used: ${unused.map(([name]) => words(name)).join(', ')}.`,
    ...rest.filter(([, value]) => value !== 'not used').map(([name, value]) => `${words(name)}: ${value}`),
  ]
}

/** The numbers a card stands on; the date that most share is said once. */
function numbersAloud(parameters: CatalogueCard['parameters'], released: string): string {
  if (parameters.length === 0) return 'None.'
  const each = parameters.map(
    ({ name, value, unit, since }) =>
      `\`${name}\` ${value} ${unit}${since === released ? '' : ` (since ${since})`}`,
  )
  return `Since ${released} unless said otherwise; explained in [parameters](../parameters.md): ${each.join(' · ')}`
}

/** One version with its date, what it changed for patients, and who approved it. */
const versionAloud = ({ version, date, changed, approval }: CatalogueCard['history'][number]): string =>
  `**${version}**, ${date}: ${changed} Approval: ${approval}.`

/** One card as a committee reads it, on a sheet of paper. */
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
