import type { FindingDefinition, Subject } from './definition.js'
import type { Finding } from './finding.js'
import { absent } from './finding.js'
import { findingNames, type FindingName, type FindingScope } from './finding-names.js'
import { definitionsOf, findingDefinitions } from './registry.js'

const definitionOf: ReadonlyMap<FindingName, FindingDefinition> = new Map(
  findingDefinitions.map((definition) => [definition.name, definition]),
)

const noDraft = absent('no draft order is evaluated')

/**
 * The findings of one scope, each worked out when it is first asked for: most calls ask for a third of them.
 *
 * Shape: a read-only map of every finding in the order of the registry. `below` holds the findings that scopes share: a
 *        breast those of the patient, a draft those of its breast.
 */
export class ScopeFindings implements ReadonlyMap<FindingName, Finding> {
  private readonly made = new Map<FindingName, Finding>()

  constructor(
    private readonly scope: FindingScope,
    private readonly subject: Subject,
    private readonly below?: ScopeFindings,
  ) {}

  get(name: FindingName): Finding | undefined {
    const made = this.made.get(name)
    if (made) return made
    const finding = findingNames[name] === this.scope ? this.make(name) : this.below?.get(name)
    if (finding) this.made.set(name, finding)
    return finding
  }

  private make(name: FindingName): Finding | undefined {
    if (this.scope === 'draft' && this.subject.draft === undefined) return noDraft
    return definitionOf.get(name)?.find(this.subject)
  }

  has(name: FindingName): boolean {
    return this.get(name) !== undefined
  }

  get size(): number {
    return definitionsOf[this.scope].length + (this.below?.size ?? 0)
  }

  /** Everything, worked out. */
  private whole(): Map<FindingName, Finding> {
    const all = this.below?.whole() ?? new Map<FindingName, Finding>()
    for (const { name } of definitionsOf[this.scope]) {
      const finding = this.get(name)
      if (finding) all.set(name, finding)
    }
    return all
  }

  entries(): MapIterator<[FindingName, Finding]> {
    return this.whole().entries()
  }

  keys(): MapIterator<FindingName> {
    return this.whole().keys()
  }

  values(): MapIterator<Finding> {
    return this.whole().values()
  }

  /** Visits every finding without making a list of them first: each record of a call does this. */
  forEach(
    visit: (finding: Finding, name: FindingName, all: ReadonlyMap<FindingName, Finding>) => void,
  ): void {
    this.below?.forEach((finding, name) => visit(finding, name, this))
    for (const { name } of definitionsOf[this.scope]) {
      const finding = this.get(name)
      if (finding) visit(finding, name, this)
    }
  }

  [Symbol.iterator](): MapIterator<[FindingName, Finding]> {
    return this.entries()
  }
}
