import type { FindingScope } from './definition.js'
import { findingDefinitions } from './registry.js'

/** The name of a finding, as a card writes it. */
export type FindingName = (typeof findingDefinitions)[number]['name']

/** Every finding that a card may name, with the scope of the finding. */
export const findingNames = Object.fromEntries(
  findingDefinitions.map(({ name, scope }) => [name, scope]),
) as Readonly<Record<FindingName, FindingScope>>
