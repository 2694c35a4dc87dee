import type { FindingDefinition, Subject } from './definition.js'
import type { Finding } from './finding.js'
import { absent } from './finding.js'
import type { FindingName, FindingScope } from './finding-names.js'
import { definitionsOf } from './registry.js'

/** Where a finding stands: in which scope, and at which place of its definitions. */
interface Place {
  scope: FindingScope
  at: number
}

const placeOf: ReadonlyMap<FindingName, Place> = new Map(
  (['patient', 'side', 'draft'] as const).flatMap((scope) =>
    definitionsOf[scope].map(({ name }, at): readonly [FindingName, Place] => [name, { scope, at }]),
  ),
)

const noDraft = absent('no draft order is evaluated')

type Visit = (finding: Finding, name: FindingName, all: ReadonlyMap<FindingName, Finding>) => void

/**
 * The findings of one scope, each worked out when it is first asked for: most calls ask for a third of them.
 *
 * Shape: a read-only map of every finding in the order of the registry. `below` holds the findings that scopes share: a
 *        breast those of the patient, a draft those of its breast. What was made is kept by place, not by name: each
 *        record of a call visits them all.
 */
export class ScopeFindings implements ReadonlyMap<FindingName, Finding> {
  private readonly made: (Finding | undefined)[]

  constructor(
    private readonly scope: FindingScope,
    private readonly subject: Subject,
    private readonly below?: ScopeFindings,
  ) {
    this.made = new Array<Finding | undefined>(definitionsOf[scope].length).fill(undefined)
  }

  get(name: FindingName): Finding | undefined {
    const place = placeOf.get(name)
    return place && this.inScope(place.scope)?.atPlace(place.at)
  }

  private inScope(scope: FindingScope): ScopeFindings | undefined {
    return scope === this.scope ? this : this.below?.inScope(scope)
  }

  private atPlace(at: number): Finding | undefined {
    return (this.made[at] ??= this.make(at))
  }

  private make(at: number): Finding | undefined {
    if (this.scope === 'draft' && this.subject.draft === undefined) return noDraft
    return definitionsOf[this.scope][at]?.find(this.subject)
  }

  has(name: FindingName): boolean {
    return this.get(name) !== undefined
  }

  get size(): number {
    return this.made.length + (this.below?.size ?? 0)
  }

  /** Everything, worked out. */
  private whole(): Map<FindingName, Finding> {
    const all = new Map<FindingName, Finding>()
    this.forEach((finding, name) => all.set(name, finding))
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

  /** Visits every finding without making a list of them first. */
  forEach(visit: Visit): void {
    this.visitAs(this, visit)
  }

  private visitAs(all: ScopeFindings, visit: Visit): void {
    this.below?.visitAs(all, visit)
    const definitions = definitionsOf[this.scope]
    for (let at = 0; at < definitions.length; at += 1) {
      const { name } = definitions[at] as FindingDefinition
      const finding = this.atPlace(at)
      if (finding) visit(finding, name, all)
    }
  }

  [Symbol.iterator](): MapIterator<[FindingName, Finding]> {
    return this.entries()
  }
}
