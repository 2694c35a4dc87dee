import type { CodeSystem } from 'fhir/r4.js'
import { attributesOf } from './card-attributes.js'
import type { CardPack, CompiledCard } from '../card-pack.js'
import type { RowSource } from '../card-source.js'
import { conditionOf, type ConditionSource } from '../row-condition.js'
import { citedSources } from './compile-card.js'
import { couldNotRunTopic } from '../choose/could-not-run.js'

const header = (pack: CardPack, name: string) => ({
  resourceType: 'CodeSystem' as const,
  url: `${pack.canonicalBase}/CodeSystem/${name}`,
  version: pack.version,
  status: 'draft' as const,
  experimental: false,
  content: 'complete' as const,
  caseSensitive: true,
})

/**
 * The code system of `source.topic`: every card kind, and the topic of the card that says that the check did not run.
 */
export function cardKindCodeSystem(pack: CardPack): CodeSystem {
  const concept = [
    ...pack.cards.map(({ kind, title }) => ({ code: kind, display: title })),
    { ...couldNotRunTopic },
  ]
  return {
    ...header(pack, 'card-kind'),
    id: 'card-kind',
    name: 'MastitisCardKind',
    title: 'Kinds of cards of mastitis-cds',
    description: 'What a card is about, as sent in source.topic.',
    count: concept.length,
    concept,
  }
}

/**
 * The code system of the service's override reasons, each with its HL7 category.
 *
 * Source: R12, AUD-023, clinical 6.3 (end)
 */
export function overrideReasonCodeSystem(pack: CardPack): CodeSystem {
  const { reasons, hl7, hl7_system } = pack.overrideReasons
  const concept = Object.entries(reasons).map(([code, reason]) => ({
    code,
    display: reason.display,
    property: [
      {
        code: 'non-adherence',
        valueCoding: { system: hl7_system, code: reason.hl7, display: hl7[reason.hl7] ?? reason.hl7 },
      },
    ],
  }))
  return {
    ...header(pack, 'override-reason'),
    id: 'override-reason',
    name: 'MastitisOverrideReason',
    title: 'Override reasons of mastitis-cds',
    description: 'Reasons a clinician may give for not following a card.',
    property: [
      {
        code: 'non-adherence',
        description: `Category in ${hl7_system}`,
        type: 'Coding',
      },
    ],
    count: concept.length,
    concept,
  }
}

/** The source attributes of one card as published. */
export interface SourceAttributes {
  kind: string
  title: string
  version: string
  status: CompiledCard['status']
  /** A plain sentence on the review; the card prints the same sentence. */
  review: string
  reviewBy: string
  owner: string
  attributes: Readonly<Record<string, string>>
  citations: readonly { key: string; label: string; url: string; citation: string }[]
  logic: readonly string[]
  contentHash: string
}

/**
 * The source attributes of one card, served at the stable URL that the card links to; `undefined` for an unknown kind.
 *
 * Source: 45 CFR 170.315(b)(11)(iv)(A); audit requirements 3.
 */
export function sourceAttributes(pack: CardPack, kind: string): SourceAttributes | undefined {
  const card = pack.cards.find((one) => one.kind === kind)
  if (!card) return undefined
  const { source } = card
  const citations = citedSources(source).flatMap((key) => {
    const cited = pack.sources[key]
    return cited ? [{ key, label: cited.label, url: cited.url, citation: cited.citation }] : []
  })
  return {
    kind,
    title: card.title,
    version: card.version,
    status: card.status,
    review: card.reviewSentence,
    reviewBy: source.reviewed?.again_by ?? source.dates.review_by,
    owner: source.owner,
    attributes: {
      bibliographic_citation: citations.map(({ citation }) => citation).join(' · '),
      release_and_revision: `released ${source.dates.released}, revised ${source.dates.revised}, version ${card.version}`,
      ...Object.fromEntries(attributesOf(source, pack.everyCard)),
    },
    citations,
    logic: source.show_when.map(rowInWords),
    contentHash: card.hash,
  }
}

const inWords = (conditions: readonly ConditionSource[]): string =>
  conditions.map((condition) => conditionOf(condition).words).join(', ')

/** A row in plain words: "warning on patient-view when all of …, any of …, and none of …". */
export function rowInWords({ row, on, indicator, variant, all, any, none, rule }: RowSource): string {
  const conditions = [
    all && `all of ${inWords(all)}`,
    any && `any of ${inWords(any)}`,
    none && `none of ${inWords(none)}`,
  ].filter((words) => words !== undefined)
  const origin = rule === undefined ? '' : ` (clinical rule book ${rule})`
  return `${row}: ${indicator}, variant ${variant}, on ${on.join(' and ')}, when ${conditions.join('; ')}${origin}`
}
