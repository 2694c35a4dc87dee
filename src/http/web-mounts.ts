import { Router } from 'express'
import type { Audit } from '../audit/trace.js'
import type { CardPack } from '../cards/card-pack.js'
import { ProtocolError } from '../errors.js'
import type { Library } from '../library.js'
import { hookNames } from '../protocol/hook-request.js'
import { makeDemoPatients } from '../sandbox/demo-patients.js'
import type { Settings } from '../settings.js'
import { writtenCodes } from '../workbench/breast-check.js'
import { catalogue } from '../workbench/catalogue.js'
import type { Catalogue } from '../workbench/catalogue-views.js'
import { makeAsk } from '../workbench/ask.js'
import { readDraftOrders, readStories } from '../workbench/stories.js'
import { makeWhatIf } from '../workbench/what-if.js'
import { makeWithBody } from './body.js'
import { named, only } from './routes.js'
import { sendJson } from './send.js'
import { servesSmart, smartOrigins, smartRoutes } from './smart-routes.js'
import { readWebFiles } from './web-files.js'
import { webRoutes } from './web-routes.js'
import type { PageRoute } from './web-routes.js'
import { makeTurns } from './turns.js'
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
  const withBody = makeWithBody(
    settings.limits,
    new WorkGate(room),
    makeTurns(() => performance.now()),
  )
  const inDevelopment = settings.mode === 'development'
  const pages: readonly PageRoute[] = [
    ...(inDevelopment ? [{ path: '/', file: 'index.html' }] : []),
    { path: '/cards', file: 'cards.html' },
    { path: '/cards/:name', file: 'cards.html', check: knownKind(parts) },
    ...(servesSmart(settings) ? smartPages(settings) : []),
  ]
  const codes = lazily(() => writtenCodes(parts.cardsDir))
  return [
    webRoutes(readWebFiles(webDir), pages),
    catalogueRoute(parts),
    ...(servesSmart(settings) ? [smartRoutes({ ...parts, codes, withBody })] : []),
    ...(inDevelopment ? [workbench(parts, withBody)] : []),
  ]
}

const smartPages = (settings: Settings): readonly PageRoute[] => [
  { path: '/smart/launch.html', file: 'smart-launch.html', connect: smartOrigins(settings) },
  { path: '/smart/app.html', file: 'smart-app.html', connect: smartOrigins(settings) },
]

const knownKind =
  ({ library }: WebParts) =>
  (name: string): void => {
    if (!library().pack.cards.some(({ kind }) => kind === name))
      throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'There is no such card; /cards lists all.')
  }

/** GET /cards.json: everything the card pages show. Privacy: public, no patient is in it. */
function catalogueRoute({ cardsDir, library, settings }: WebParts): Router {
  const router = Router()
  const made = new WeakMap<CardPack, Catalogue>()
  router.all('/cards.json', named('/cards.json'), only('GET', 'HEAD'), (_req, res) => {
    const { pack } = library()
    const known = made.get(pack) ?? catalogue(cardsDir, pack, settings.mode === 'development')
    made.set(pack, known)
    sendJson(res, 200, known)
  })
  return router
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
