import type { Kind } from '../kind.js'
import { auditors } from './auditors.js'
import { callers } from './callers.js'
import { charts } from './charts.js'
import { cheapCalls } from './cheap-calls.js'
import { doors } from './doors.js'
import { bodies } from './json.js'
import { pieces } from './pieces.js'
import { servers } from './servers.js'

/** Every kind of attack, from the door to the record. */
export const kinds: readonly Kind[] = [
  ...doors,
  ...cheapCalls,
  ...bodies,
  ...pieces,
  ...callers,
  ...charts,
  ...servers,
  ...auditors,
]
