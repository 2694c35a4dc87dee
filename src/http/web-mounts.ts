import { Router } from 'express'
import type { Audit } from '../audit/trace.js'
import { ProtocolError } from '../errors.js'
import type { Library } from '../service/library.js'
import { hookNames } from '../protocol/hook-request.js'
import { makeDemoPatients } from '../sandbox/demo-patients.js'
import type { Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
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

/** The parts that the pages and their routes are built from. */
export interface WebParts {
  settings: Settings
  library: () => Library
  audit: Audit
  clock: () => number
  cardsDir: string
  fixturesDir: string
  /** The bytes of all request bodies of the process. */
  bodyBytes: BodyBytes
  addressCounts: AddressCounts
  /** The work line in which all calls wait for their turn. */
  line: WorkLine
  /** The folder of the built pages. */
  webDir: string
}

/** Mounts the pages and their routes; in production only those for production. */
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
    ...(servesSmart(settings) ? [smartRoutes({ ...parts, line, withBody })] : []),
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
 * GET /cards.json: the content of all card pages.
 *
 * Shape:   serialized before the process listens, because serializing takes longer than one turn of the event loop may.
 * Privacy: public, without patient data.
 */
function catalogueRoute({ cardsDir, library, settings }: WebParts): Router {
  const router = Router()
  const answer = sharedJson(catalogue(cardsDir, library().pack, settings.mode === 'development'))
  router.all('/cards.json', named('/cards.json'), only('GET', 'HEAD'), shared(answer))
  return router
}

/** Makes a value at its first use, so that the workbench of development does not slow the start. */
function lazily<Thing>(make: () => Thing): () => Thing {
  let made: Thing | undefined
  return () => (made ??= make())
}

/** Builds the workbench, whose calls run as the first client, like every call without a token. */
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
    read: (body) => readOneText(body, library().words, library().parameters['loss.minWeeks']),
    client,
    withBody,
  })
}
