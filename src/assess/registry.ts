import { allowedFindings } from './allowed/allowed-findings.js'
import { reviewFindings } from './allowed/review-findings.js'
import { askFindings } from './asks/red-flag-unreadable.js'
import type { FindingDefinition } from './definition.js'
import { draftFindings } from './drafts/draft-findings.js'
import type { FindingScope } from './finding-names.js'
import { findingNames } from './finding-names.js'
import { feedingFindings } from './patient/feeding-findings.js'
import { lactationFindings } from './patient/lactation-findings.js'
import { recordFindings } from './patient/record-findings.js'
import { sepsisFindings } from './sepsis/sepsis-findings.js'
import { sideFindings } from './side/side-findings.js'

/** Every finding the service can make, with all that a reviewer needs to judge it. */
export const findingDefinitions: readonly FindingDefinition[] = [
  ...lactationFindings,
  ...feedingFindings,
  ...recordFindings,
  ...allowedFindings,
  ...reviewFindings,
  ...sepsisFindings,
  ...sideFindings,
  ...askFindings,
  ...draftFindings,
]

const inScope = (scope: FindingScope): readonly FindingDefinition[] =>
  findingDefinitions.filter(({ name }) => findingNames[name] === scope)

/** The findings by what they are asked of, sorted once at start. */
export const definitionsOf: Readonly<Record<FindingScope, readonly FindingDefinition[]>> = {
  patient: inScope('patient'),
  side: inScope('side'),
  draft: inScope('draft'),
}
