import { Router } from 'express'
import type { Audit } from '../audit/trace.js'
import { ProtocolError } from '../errors.js'
import type { Library } from '../service/library.js'
import { hookNames } from '../protocol/hook-request.js'
import { makeDemoPatients } from '../sandbox/demo-patients.js'
import type { Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import { writtenCodes } from '../workbench/breast-check.js'
import { catalogue } from '../workbench/catalogue.js'
import { makeAsk } from '../workbench/ask.js'
import { readDraftOrders, readStories } from '../workbench/stories.js'
import { makeWhatIf } from '../workbench/what-if.js'
import type { AddressCounts } from './address-limit.js'
import type { BodyBytes } from './body-bytes.js'
import type { WithBody } from './body.js'
import { named, only } from './routes.js'
import { shared, sharedJson } from './shared-answer.js'
import { lineOfPages, makeSideLane } from './side-lane.js'
import { launchOrigins } from './smart-launch.js'
import { servesSmart, smartRoutes } from './smart-routes.js'
import { readWebFiles } from './web-files.js'
import { webRoutes } from './web-routes.js'
import type { PageRoute } from './web-routes.js'
import { readOneText } from '../workbench/read-one-text.js'
import { workbenchRoutes } from './workbench-routes.js'

/** What the pages and the routes behind them are made of. */
export interface WebParts {
  settings: Settings
  library: () => Library
  audit: Audit
  clock: () => number
  cardsDir: string
  fixturesDir: string
  /** Bytes of bodies of the whole process. */
  bodyBytes: BodyBytes
  addressCounts: AddressCounts
  /** Where the work of all calls waits for its turn. */
  line: WorkLine
  /** The built pages. */
  webDir: string
}

/** The pages, and the routes behind them: in production only those that are meant for it. */
export function webMounts(parts: WebParts): readonly Router[] {
  const { settings, webDir, bodyBytes } = parts
  const line = lineOfPages(parts.line)
  const withBody = makeSideLane(settings.limits, bodyBytes, line)
  const inDevelopment = settings.mode === 'development'
  const pages: readonly PageRoute[] = [
    ...(inDevelopment ? [{ path: '/', file: 'index.html' }] : []),
    { path: '/cards', file: 'cards.html' },
    { path: '/cards/:name', file: 'cards.html', check: knownKind(parts) },
    ...(servesSmart(settings) ? smartPages(settings) : []),
  ]
  return [
    webRoutes(readWebFiles(webDir), pages),
    catalogueRoute(parts),
    ...(servesSmart(settings)
      ? [smartRoutes({ ...parts, line, codes: writtenCodes(parts.cardsDir), withBody })]
      : []),
    ...(inDevelopment ? [workbench({ ...parts, line }, withBody)] : []),
  ]
}

const smartPages = (settings: Settings): readonly PageRoute[] => [
  { path: '/smart/launch.html', file: 'smart-launch.html', connect: launchOrigins('iss', settings) },
  { path: '/smart/app.html', file: 'smart-app.html', connect: launchOrigins('server', settings) },
]

const knownKind =
  ({ library }: WebParts) =>
  (name: string): void => {
    if (!library().pack.cards.some(({ kind }) => kind === name))
      throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'There is no such card; /cards lists all.')
  }

/**
 * GET /cards.json: everything the card pages show.
 *
 * Shape:   written out before the process listens, for it takes longer than a call may hold the others up.
 * Privacy: public, no patient is in it.
 */
function catalogueRoute({ cardsDir, library, settings }: WebParts): Router {
  const router = Router()
  const answer = sharedJson(catalogue(cardsDir, library().pack, settings.mode === 'development'))
  router.all('/cards.json', named('/cards.json'), only('GET', 'HEAD'), shared(answer))
  return router
}

/** Makes a thing when it is first asked for: the workbench of development adds nothing to the start. */
function lazily<Thing>(make: () => Thing): () => Thing {
  let made: Thing | undefined
  return () => (made ??= make())
}

/** The workbench asks as the first client, like every call without a token. */
function workbench(parts: WebParts, withBody: WithBody): Router {
  const { settings, library, audit, line, clock, cardsDir, fixturesDir } = parts
  const [client] = settings.clients
  if (!client) throw new Error('there is no client to ask as')
  const whatIf = lazily(() => makeWhatIf(cardsDir, library))
  const orders = lazily(() => readDraftOrders(fixturesDir))
  const stories = lazily(() => readStories(fixturesDir))
  const patients = makeDemoPatients(fixturesDir, clock)
  const ask = lazily(() =>
    makeAsk({ client, library, audit, line, clock, patients, orders: orders(), whatIf: whatIf() }),
  )
  return workbenchRoutes({
    ask: (body) => ask()(body),
    start: () => ({
      stories: stories(),
      orders: [...orders().keys()],
      hooks: hookNames,
      knobs: whatIf().knobs(),
    }),
    read: (body) => readOneText(body, library().words),
    client,
    withBody,
  })
}
