import type { FileProblem } from '../../errors.js'
import type { CompiledCard } from '../card-pack.js'
import type { CardSource } from '../card-source.js'
import { citedSources } from './compile-card.js'
import type { CardFolder } from './load-content.js'
import { nameFix } from './nearest-name.js'
import type { Site } from './site.js'

/** Checks that each cited source has a heading in evidence.md: "## ABM36" or "## ABM36: …". */
export function evidenceProblems({ kind, evidence }: CardFolder, source: CardSource): readonly FileProblem[] {
  const file = `cards/${kind}/evidence.md`
  if (!evidence) return [{ file, says: 'does not exist', fix: 'write one heading per source' }]
  const headings = new Set(
    evidence.content.split('\n').flatMap((line) => /^##\s+([A-Z][A-Z0-9]+)\b/u.exec(line)?.[1] ?? []),
  )
  return citedSources(source)
    .filter((key) => !headings.has(key))
    .map((key) => ({ file, says: `has no heading for the source ${key}`, fix: `add "## ${key}"` }))
}

/** Checks all cards together: their places, and the cards that they replace. `cards` stand in their order. */
export function acrossCards(cards: readonly CompiledCard[]): readonly FileProblem[] {
  const kinds = cards.flatMap(({ kind, variants }) => [
    kind,
    ...variants.map(({ name }) => `${kind}/${name}`),
  ])
  return cards.flatMap((card, place) => {
    const file = `cards/${card.kind}/card.yaml`
    const twin = cards[place - 1]
    const same =
      twin?.order === card.order
        ? [{ file, says: `has the same order as "${twin.kind}"`, fix: 'give each card its own place' }]
        : []
    const replaced = card.rows
      .flatMap(({ replaces }) => replaces)
      .filter((kind) => !kinds.includes(kind))
      .map((kind) => ({
        file,
        says: `replaces the unknown card "${kind}"`,
        fix: nameFix(kind, kinds, 'cards/'),
      }))
    return [...same, ...replaced]
  })
}

/** The kinds that a site switched off, with the recorded reason, and the problems in those switches. */
export function siteSwitches(
  site: Site,
  cards: readonly CompiledCard[],
): { off: ReadonlyMap<string, string>; problems: readonly FileProblem[] } {
  const problems: FileProblem[] = []
  const off = new Map<string, string>()
  const kinds = cards.map(({ kind }) => kind)
  for (const [kind, { shown, reason, line }] of site.cards) {
    const at = { file: site.file, line }
    const card = cards.find((one) => one.kind === kind)
    if (!card) {
      problems.push({ ...at, says: `unknown card "${kind}"`, fix: nameFix(kind, kinds, 'cards/') })
      continue
    }
    if (shown) continue
    off.set(kind, reason ?? 'switched off by the site')
    if (card.redFlag && reason === undefined) {
      const says = `switches off the red-flag card "${kind}" without a recorded reason`
      problems.push({ ...at, says, fix: `write ${kind}: { shown: false, reason: … }` })
    }
  }
  return { off, problems }
}
