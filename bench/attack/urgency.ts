import { setPriority } from 'node:os'

/**
 * Makes this process less urgent than others: whoever attacks has a machine of its own, and here takes what the service and
 * the other client leave.
 */
export const yieldToOthers = (): void => setPriority(10)
