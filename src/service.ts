import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './app.js'
import { MemoryAudit } from './audit/memory-audit.js'
import { makeDecide } from './decide.js'
import { makeEgress } from './gather/egress.js'
import { makeGather } from './gather/gather.js'
import type { NoteCall } from './http/call.js'
import { mountAt } from './http/mount.js'
import { publishedRoutes } from './http/published-routes.js'
import { makeTrust } from './http/trust/make-trust.js'
import { loadLibrary } from './load-library.js'
import { sandboxRouter } from './sandbox/sandbox-router.js'
import type { Settings } from './settings.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cardsDir = join(root, 'cards')
const fixturesDir = join(root, 'fhir-fixtures')

/** The whole service, ready to be listened to. */
export interface Service {
  app: ReturnType<typeof buildApp>
  lifecycle: { stopping: boolean; refusing: boolean }
  close: () => Promise<void>
}

/**
 * Puts the rooms together: content, audit, outbound guard, trust, and the app over them. The one place that names them
 * all; the process and the tests of the whole start here.
 *
 * Throws: `ConfigError` or `CardError` with everything that keeps it from starting.
 */
export async function makeService(
  settings: Settings,
  { note, clock = () => Date.now() }: { note: NoteCall; clock?: () => number },
): Promise<Service> {
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
    settings.mode === 'development' ? [mountAt('/fhir', sandboxRouter({ fixturesDir, clock }))] : []
  const app = buildApp({
    mounts: [publishedRoutes(cardsDir, () => library.pack), ...demo],
    settings,
    decide,
    audit,
    trust,
    clock,
    lifecycle,
    note,
    ready: async () => !lifecycle.stopping && (await audit.ready()),
  })
  const close = async (): Promise<void> => {
    await audit.close()
    await egress.close()
  }
  return { app, lifecycle, close }
}
