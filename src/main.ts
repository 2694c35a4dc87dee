import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import type { Logger } from 'winston'
import { loadSettings } from './config.js'
import { CardError, ConfigError } from './errors.js'
import { endOnUnexpectedErrors } from './http/fatal.js'
import { logCalls, makeLogger } from './http/logger.js'
import { answerBrokenRequests, serverTimeouts, stopGracefully } from './http/server.js'
import { makeReload } from './reload.js'
import { makeService } from './service.js'
import type { Settings } from './settings.js'

// What lives is small (ADR 0059): a full collection would come every 1,500 calls and slow down all calls of that moment,
// and a young one has too little to do to be shared with a thread that must be woken and waited for. Nothing a call makes
// belongs into the old generation from the beginning: once dead there, it would keep alive what it refers to.
setFlagsFromString('--heap-growing-percent=400')
setFlagsFromString('--no-parallel-scavenge')
setFlagsFromString('--no-allocation-site-pretenuring')

/** Starts the service and keeps it running until a signal; what it needs is checked before it listens. */
async function serve(settings: Settings): Promise<void> {
  const log = makeLogger(settings.logLevel)
  endOnUnexpectedErrors(log)
  const { app, messages, admin, lifecycle, reload, close } = await makeService(settings, {
    note: logCalls(log),
    log,
  })
  const server = createServer({ ...serverTimeouts, ...messages }, app)
  answerBrokenRequests(server)
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

/** Listens for those who run the service: counters, and questions to the audit. Gives what ends it. */
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
