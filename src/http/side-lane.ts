import type { Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import { makeWithBody } from './body.js'
import type { WithBody } from './body.js'
import type { BodyBytes } from './body-bytes.js'
import { doorLimits } from './door-limits.js'
import { WorkGate } from './work-gate.js'

/** The limits for requests of pages: one in progress, a few waiting. */
const room = { concurrent: 1, waiting: 16, waitMs: 2_000 } as const

/**
 * Makes the intake of bodies from pages, which anyone may send: a separate gate, so that pages cannot slow the hooks.
 *
 * Shape:  one request at a time. `line` comes from `lineOfPages`, so all pages together have the turns of one client.
 * Throws: the same errors as the intake of the hooks.
 */
export function makeSideLane(limits: Settings['limits'], held: BodyBytes, line: WorkLine): WithBody {
  const bodyBytes = Math.min(limits.bodyBytes, doorLimits.pageBodyBytes.most)
  return makeWithBody({
    limits: { ...limits, bodyBytes },
    gate: new WorkGate(room),
    line,
    openBody: (req) => held.openForAddress(req.ip),
  })
}

/** The work line for pages: the work of all pages waits under one name, as the work of one more client. */
export const lineOfPages = (line: WorkLine): WorkLine => ({
  begin: (_whose, work) => line.begin('the pages', work),
  goOn: (_whose, work) => line.goOn('the pages', work),
})
