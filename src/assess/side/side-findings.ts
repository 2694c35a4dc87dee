import type { FindingDefinition } from '../definition.js'
import { clockDefinitions } from './definitions/clock-definitions.js'
import { doneDefinitions } from './definitions/done-definitions.js'
import { ibcDefinitions } from './definitions/ibc-definitions.js'
import { sharedDefinitions } from './definitions/shared-definitions.js'
import { signDefinitions, stageDefinitions } from './definitions/stage-definitions.js'

/** Every finding that is asked of one breast, and those shared by both that are worked out from them. */
export const sideFindings: readonly FindingDefinition[] = [
  ...stageDefinitions,
  ...signDefinitions,
  ...clockDefinitions,
  ...doneDefinitions,
  ...ibcDefinitions,
  ...sharedDefinitions,
]
