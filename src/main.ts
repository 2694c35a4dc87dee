import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Router } from 'express'
import { buildApp } from './app.js'
import { MemoryAudit } from './audit/memory-audit.js'
import { loadSettings } from './config.js'
import { makeDecide } from './decide.js'
import { CardError, ConfigError } from './errors.js'
import { makeEgress } from './gather/egress.js'
import { makeGather } from './gather/gather.js'
import { logCalls, makeLogger } from './http/logger.js'
import { publishedRoutes } from './http/published-routes.js'
import { makeTrust } from './http/trust/make-trust.js'
import { answerBrokenRequests, serverTimeouts, stopGracefully } from './http/server.js'
import { loadLibrary } from './load-library.js'
import { sandboxRouter } from './sandbox/sandbox-router.js'
import type { Settings } from './settings.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cardsDir = join(root, 'cards')
const fixturesDir = join(root, 'fhir-fixtures')
const clock = (): number => Date.now()

/** Starts the service and keeps it running until a signal; what it needs is checked before it listens. */
async function serve(settings: Settings): Promise<void> {
  const logger = makeLogger(settings.logLevel)
  const library = loadLibrary({
    cardsDir,
    mode: settings.mode,
    canonicalBase: settings.canonicalBase,
    ...(settings.siteFile !== undefined && { site: settings.siteFile }),
  })
  const audit = new MemoryAudit()
  const egress = makeEgress(settings)
  const gather = makeGather({ settings, clock, egress })
  const decide = makeDecide({ gather, library: () => library, audit, clock: () => performance.now() })
  const trust = await makeTrust({ settings, egress, clock })
  const lifecycle = { stopping: false, refusing: false }
  const demo =
    settings.mode === 'development' ? [Router().use('/fhir', sandboxRouter({ fixturesDir, clock }))] : []
  const app = buildApp({
    mounts: [publishedRoutes(cardsDir, () => library.pack), ...demo],
    settings,
    decide,
    audit,
    trust,
    clock,
    lifecycle,
    note: logCalls(logger),
    ready: async () => !lifecycle.stopping && (await audit.ready()),
  })
  const server = createServer(serverTimeouts, app)
  answerBrokenRequests(server)
  server.listen(settings.port, settings.host, () => {
    const { port } = server.address() as AddressInfo
    const base = settings.publicUrl.replace(/:0$/, `:${port}`)
    logger.info('listening', { port, mode: settings.mode, discovery: `${base}/cds-services` })
  })
  stopGracefully({
    server,
    lifecycle,
    logger,
    drainMs: settings.mode === 'production' ? 2_000 : 0,
    close: async () => {
      await audit.close()
      await egress.close()
    },
  })
}

try {
  await serve(loadSettings())
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof CardError)) throw error
  process.stderr.write(`The service does not start:\n${error.message}\n`)
  process.exitCode = 1
}
