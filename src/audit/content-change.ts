import type { CardPack } from '../cards/card-pack.js'

type Value = string | number | boolean

/** The clinical content in force, in a form for comparing two versions. */
export interface ContentSnapshot {
  pack: { version: string; hash: string }
  cards: Readonly<Record<string, { version: string; status: string; hash: string }>>
  parameters: Readonly<Record<string, Value>>
  /** The SHA-256 of every content file. */
  files: Readonly<Record<string, string>>
  switchedOff: Readonly<Record<string, string>>
  draftsAccepted: boolean
}

/** The differences between two versions of the content. */
export interface ContentDiff {
  cardsAdded: readonly string[]
  cardsRemoved: readonly string[]
  /** Lines such as "ultrasound 1.1.0 → 1.2.0"; equal versions mean that the text changed without a new version. */
  cardsChanged: readonly string[]
  /** Lines such as "lump.days 14 → 10". */
  parametersChanged: readonly string[]
  /** Other files whose content changed: code sets, sources, reasons, the site's settings. */
  filesChanged: readonly string[]
  switchesChanged: readonly string[]
}

/**
 * The body of a `content-change` record; version control tells who proposed and approved the change (product decision
 * 13).
 */
export interface ContentChangeBody {
  engine: string
  content: ContentSnapshot
  /** Absent for the first content of a store, and when the store could not be read. */
  previous?: ContentSnapshot['pack']
  diff?: ContentDiff
}

/** Takes the content of a pack for a record. */
export function contentSnapshot(pack: CardPack): ContentSnapshot {
  return {
    pack: { version: pack.version, hash: pack.hash },
    cards: Object.fromEntries(
      pack.cards.map(({ kind, version, status, hash }) => [kind, { version, status, hash }]),
    ),
    parameters: { ...pack.parameters },
    files: Object.fromEntries(pack.fileHashes),
    switchedOff: Object.fromEntries(pack.switchedOff),
    draftsAccepted: pack.draftsAccepted,
  }
}

/** Lists the names in either of two tables whose values differ, as "name old → new". */
export function changedValues(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const shown = (value: unknown): string =>
    value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
  return names.flatMap((name) => {
    const [old, fresh] = [shown(before[name]), shown(after[name])]
    return old === fresh ? [] : [`${name} ${old} → ${fresh}`]
  })
}

/** Lists the differences between two versions of the content, in words for a committee. */
export function contentDiff(before: ContentSnapshot, after: ContentSnapshot): ContentDiff {
  const kinds = new Set([...Object.keys(before.cards), ...Object.keys(after.cards)])
  const cardFile = /^cards\/[^/]+\/card\.yaml$/
  const known = [...kinds].sort()
  return {
    cardsAdded: known.filter((kind) => !before.cards[kind]),
    cardsRemoved: known.filter((kind) => !after.cards[kind]),
    cardsChanged: known.flatMap((kind) => {
      const [old, fresh] = [before.cards[kind], after.cards[kind]]
      if (!old || !fresh || old.hash === fresh.hash) return []
      return [`${kind} ${old.version} → ${fresh.version}`]
    }),
    parametersChanged: changedValues(before.parameters, after.parameters),
    filesChanged: [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])]
      .filter((file) => !cardFile.test(file) && before.files[file] !== after.files[file])
      .sort(),
    switchesChanged: changedValues(
      { ...before.switchedOff, draftsAccepted: before.draftsAccepted },
      { ...after.switchedOff, draftsAccepted: after.draftsAccepted },
    ),
  }
}
