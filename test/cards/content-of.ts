import { readContent, type Content } from '../../src/cards/content/load-content.js'
import { loadCards, type LoadedCards, type PackOptions } from '../../src/cards/content/load-cards.js'
import type { CardPack } from '../../src/cards/card-pack.js'
import { problemLine } from '../../src/errors.js'

const real = readContent('cards')

/** A card.yaml with one row and one variant, as text; parts can be replaced by name. */
export interface CardParts {
  id?: string
  history?: string
  order?: number
  head?: string
  rows?: string
  variants?: string
  card?: string
  rest?: string
}

const defaultRows = `
  - row: first
    on: [patient-view]
    all: [stage: [abscess]]
    indicator: info
    variant: plain
    because: A stage was found.`
const defaultVariants = `
  plain: { summary: 'Something to look at ({{side}}).' }`
const defaultCard = `
  source: ACR
  recommendation: [Look at it.]`

const defaultHistory = `
  - { version: 1.0.0, date: 2026-11-24, changed: First version., approval: 'draft, not clinically reviewed' }`

/** The text of a card.yaml that passes every check unless a part breaks it. */
export const cardText = ({ id = 'sample', order = 1, head = '', ...parts }: CardParts = {}): string =>
  `id: ${id}
title: Sample
version: 1.0.0
status: draft
owner: breast imaging
dates: { released: 2026-11-24, revised: 2026-11-24, review_by: 2027-05-24 }
history:${parts.history ?? defaultHistory}
order: ${order}
${head}
show_when:${parts.rows ?? defaultRows}
variants:${parts.variants ?? defaultVariants}
card:${parts.card ?? defaultCard}
overrides: [patient-declines]
attributes:
  intended_use: Shows something.
  population: Patients.
  exclusions: None.
  evidence_grade: consensus
  limits: None known.
  required_data: Patient.
${parts.rest ?? ''}
`

const evidence = (kind: string) => ({
  file: `cards/${kind}/evidence.md`,
  content: ['ACR', 'WHO', 'ABM36', 'IBC', 'CHARTER'].map((key) => `## ${key}\n`).join('\n'),
})

/** The real shared files with these cards instead of the real ones. */
export const contentOf = (cards: readonly CardParts[], site?: string): Content => ({
  ...real,
  folders: cards.map((parts) => {
    const kind = parts.id ?? 'sample'
    return {
      kind,
      card: { file: `cards/${kind}/card.yaml`, content: cardText(parts) },
      evidence: evidence(kind),
    }
  }),
  ...(site !== undefined && { site: { file: 'site.yaml', content: site } }),
})

const development: PackOptions = { mode: 'development', canonicalBase: 'https://cds.example.org' }

export const loaded = (
  cards: readonly CardParts[],
  site?: string,
  options: Partial<PackOptions> = {},
): LoadedCards => loadCards(contentOf(cards, site), { ...development, ...options })

/** What is wrong with these cards, as lines. */
export const problemsOf = (cards: readonly CardParts[], site?: string): readonly string[] =>
  loaded(cards, site).problems.map(problemLine)

/** A pack that must be free of problems. */
export function packOf(
  cards: readonly CardParts[],
  site?: string,
  options: Partial<PackOptions> = {},
): CardPack {
  const { pack, problems } = loaded(cards, site, options)
  if (!pack || problems.length > 0) throw new Error(problems.map(problemLine).join('\n'))
  return pack
}

/** The pack of the repository's own cards. */
export function realPack(options: Partial<PackOptions> = {}): CardPack {
  const { pack, problems } = loadCards(real, { ...development, ...options })
  if (!pack || problems.length > 0) throw new Error(problems.map(problemLine).join('\n'))
  return pack
}
