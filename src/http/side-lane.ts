import type { Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import { makeWithBody } from './body.js'
import type { WithBody } from './body.js'
import type { BodyBytes } from './body-bytes.js'
import { doorLimits } from './door-limits.js'
import { WorkGate } from './work-gate.js'

/** One question of a page is worked on at once; a few more wait. */
const room = { concurrent: 1, waiting: 16, waitMs: 2_000 } as const

/**
 * The intake of bodies from pages, which may come from anybody: a lane of its own that cannot slow the hooks.
 *
 * Shape: one question at a time. `line` is that of `lineOfPages`, so all pages together have the turns of one client.
 * Throws: as the intake of the hooks.
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

/** The line for the work of pages: whoever it is for, it waits as that of one client more, the pages. */
export const lineOfPages = (line: WorkLine): WorkLine => ({
  begin: (_whose, work) => line.begin('the pages', work),
  goOn: (_whose, work) => line.goOn('the pages', work),
})
