import type { Router } from 'express'
import type { Audit } from '../audit/trace.js'
import type { Library } from '../library.js'
import { hookNames } from '../protocol/hook-request.js'
import { makeDemoPatients } from '../sandbox/demo-patients.js'
import type { Settings } from '../settings.js'
import { makeAsk } from '../workbench/ask.js'
import { readDraftOrders, readStories } from '../workbench/stories.js'
import { makeWhatIf } from '../workbench/what-if.js'
import { makeWithBody } from './body.js'
import { readWebFiles } from './web-files.js'
import { webRoutes } from './web-routes.js'
import type { PageRoute } from './web-routes.js'
import { WorkGate } from './work-gate.js'
import { workbenchRoutes } from './workbench-routes.js'

/** What the pages and the routes behind them are made of. */
export interface WebParts {
  settings: Settings
  library: () => Library
  audit: Audit
  clock: () => number
  cardsDir: string
  fixturesDir: string
  /** The built pages. */
  webDir: string
}

/** Questions of pages that are worked on at once; the hooks have places of their own. */
const room = { concurrent: 8, waiting: 32, waitMs: 500 } as const

/** The pages, and the routes behind them: in production only those that are meant for it. */
export function webMounts(parts: WebParts): readonly Router[] {
  const { settings, webDir } = parts
  const withBody = makeWithBody(settings.limits, new WorkGate(room))
  const inDevelopment = settings.mode === 'development'
  const pages: readonly PageRoute[] = [...(inDevelopment ? [{ path: '/', file: 'index.html' }] : [])]
  return [webRoutes(readWebFiles(webDir), pages), ...(inDevelopment ? [workbench(parts, withBody)] : [])]
}

/** Makes a thing when it is first asked for: pages add nothing to the start of the service. */
function lazily<Thing>(make: () => Thing): () => Thing {
  let made: Thing | undefined
  return () => (made ??= make())
}

/** The workbench asks as the first client, like every call without a token. */
function workbench(parts: WebParts, withBody: ReturnType<typeof makeWithBody>): Router {
  const { settings, library, audit, clock, cardsDir, fixturesDir } = parts
  const [client] = settings.clients
  if (!client) throw new Error('there is no client to ask as')
  const whatIf = lazily(() => makeWhatIf(cardsDir, library))
  const orders = lazily(() => readDraftOrders(fixturesDir))
  const stories = lazily(() => readStories(fixturesDir))
  const patients = makeDemoPatients(fixturesDir, clock)
  const ask = lazily(() =>
    makeAsk({ client, library, audit, clock, patients, orders: orders(), whatIf: whatIf() }),
  )
  return workbenchRoutes({
    ask: (body) => ask()(body),
    start: () => ({
      stories: stories(),
      orders: [...orders().keys()],
      hooks: hookNames,
      knobs: whatIf().knobs(),
    }),
    client,
    withBody,
  })
}
