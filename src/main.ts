import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'winston'
import { loadSettings } from './config/config.js'
import { CardError, ConfigError } from './errors.js'
import { endOnUnexpectedErrors } from './http/fatal.js'
import { logCalls, makeLogger } from './http/logger.js'
import { startLoopWatch } from './http/loop-guard.js'
import { makePublicServer, serverTimeouts, stopGracefully } from './http/server.js'
import { nodeProblem } from './service/node-version.js'
import { makeReload } from './service/reload.js'
import { makeService } from './service/service.js'
import type { Settings } from './config/settings.js'

/** Starts the service and keeps it running until a signal; all parts of the service are checked before it listens. */
async function serve(settings: Settings): Promise<void> {
  const log = makeLogger(settings.logLevel)
  endOnUnexpectedErrors(log)
  const wrongNode = nodeProblem(process.versions.node)
  if (wrongNode && settings.mode === 'production') throw new ConfigError([wrongNode])
  if (wrongNode) log.warn('node is not safe', { says: wrongNode.says, next: wrongNode.fix })
  const { app, admin, lifecycle, reload, close } = await makeService(settings, {
    note: logCalls(log),
    log,
    isLate: startLoopWatch().isLate,
  })
  const server = makePublicServer(app, settings)
  server.listen(settings.port, settings.host, () => {
    const { port } = server.address() as AddressInfo
    const base = settings.publicUrl.replace(/:0$/, `:${port}`)
    const pages = settings.mode === 'development' ? { open: `${base}/` } : {}
    log.info('listening', { port, mode: settings.mode, discovery: `${base}/cds-services`, ...pages })
  })
  const closeAdmin = admin && settings.admin ? listenForAdmin(admin, settings.admin, log) : undefined
  const drainMs = settings.mode === 'production' ? 2_000 : 0
  stopGracefully({
    server,
    lifecycle,
    logger: log,
    drainMs,
    close: async () => {
      closeAdmin?.()
      await close()
    },
  })
  const reloading = makeReload({ readSettings: loadSettings, apply: reload, log })
  process.on('SIGHUP', () => void reloading())
}

/**
 * Starts the admin listener, for counters and for questions to the audit; returns the function that ends the listener.
 */
function listenForAdmin(
  app: RequestListener,
  { port, host }: NonNullable<Settings['admin']>,
  log: Logger,
): () => void {
  const server = createServer({ ...serverTimeouts, requireHostHeader: true }, app)
  server.listen(port, host, () => {
    log.info('admin listening', { port: (server.address() as AddressInfo).port })
  })
  return () => {
    server.close()
    server.closeAllConnections()
  }
}

try {
  await serve(loadSettings())
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof CardError)) throw error
  process.stderr.write(`The service does not start:\n${error.message}\n`)
  process.exitCode = 1
}
