import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './app.js'
import { MemoryAudit } from './audit/memory-audit.js'
import { openAudit } from './audit/open-audit.js'
import type { AuditLog, AuditOptions, OpenAudit } from './audit/open-audit.js'
import type { Audit } from './audit/trace.js'
import { makeAnswer } from './decide.js'
import { ConfigError } from './errors.js'
import { makeEgress } from './gather/egress.js'
import { makeGather } from './gather/gather.js'
import { buildAdminApp } from './http/admin/admin-app.js'
import type { Metrics } from './http/admin/metrics.js'
import type { NoteCall } from './http/call.js'
import { makeExpressMessages } from './http/message-classes.js'
import type { MessageClasses } from './http/message-classes.js'
import { mountAt } from './http/mount.js'
import { publishedRoutes } from './http/published-routes.js'
import { servesSmart } from './http/smart-routes.js'
import { makeTrust } from './http/trust/make-trust.js'
import type { TrustedKeys } from './http/trust/make-trust.js'
import { webMounts } from './http/web-mounts.js'
import { writeAnswer } from './http/written-answer.js'
import type { Library } from './library.js'
import { loadLibrary } from './load-library.js'
import { needsRestart } from './reload.js'
import { sandboxRouter } from './sandbox/sandbox-router.js'
import type { Settings } from './settings.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cardsDir = join(root, 'cards')
const fixturesDir = join(root, 'fhir-fixtures')
const webDir = join(root, 'dist', 'web')

/** The whole service, ready to be listened to. */
export interface Service {
  /** What its server makes of each call. */
  messages: MessageClasses
  /** Answers a request by the settings and content in force when it arrives. */
  app: RequestListener
  /** The express app in force, to hold its routes against the OpenAPI description. */
  express: () => ReturnType<typeof buildApp>
  /** Answers on the admin listener; absent where none is configured. */
  admin?: RequestListener
  lifecycle: { stopping: boolean; refusing: boolean }
  /**
   * Puts other settings, and the cards and site as they are on disk now, in force; calls in progress end as they began.
   *
   * Throws: `ConfigError`, `CardError`, or `RecordUnavailable` when the change cannot be recorded; nothing has changed then.
   */
  reload: (settings: Settings) => Promise<void>
  close: () => Promise<void>
}

/** What the service is told from outside; the clock is the time of day in milliseconds since 1970. */
export interface Outside {
  note: NoteCall
  clock?: () => number
  log?: AuditLog
}

/** Everything that a reload replaces at once. */
interface InForce {
  settings: Settings
  library: Library
  keys: TrustedKeys
  app: ReturnType<typeof buildApp>
}

const noLog: AuditLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Puts the rooms together: content, audit, outbound guard, trust, and the app over them. The one place that names them
 * all; the process and the tests of the whole start here.
 *
 * Throws: `ConfigError` or `CardError` with everything that keeps it from starting.
 */
export async function makeService(
  settings: Settings,
  { note, clock = () => Date.now(), log = noLog }: Outside,
): Promise<Service> {
  const first = libraryFor(settings)
  const egress = makeEgress(settings)
  const trust = await makeTrust({ settings, egress, clock })
  const { metrics, noteAll } = await metricsFor(settings, note)
  const audit = await auditFor(settings, first, { clock, log, ...(metrics && { meter: metrics.meter }) })
  const { replay = trust.replay } = audit
  const gather = makeGather({ settings, clock, egress })
  const lifecycle = { stopping: false, refusing: false }
  const library = (): Library => inForce.library
  const demo =
    settings.mode === 'development' ? [mountAt('/fhir', sandboxRouter({ fixturesDir, clock }))] : []
  const messages = makeExpressMessages()
  const build = (current: Settings, content: Library, keys: TrustedKeys): InForce => {
    const pages = webMounts({ settings: current, library, audit, clock, cardsDir, fixturesDir, webDir })
    const app = buildApp({
      mounts: [publishedRoutes(cardsDir, () => library().pack), ...pages, ...demo],
      settings: current,
      decide: makeAnswer(
        { gather, library: () => content, audit, clock: () => performance.now() },
        writeAnswer,
      ),
      audit,
      trust: { keys, replay },
      clock,
      lifecycle,
      note: noteAll,
      ready: async () => !lifecycle.stopping && (await audit.ready()),
    })
    messages.adopt(app)
    metrics?.clientsInForce(current.clients.map(({ id }) => id))
    metrics?.contentInForce(content.pack.version, content.pack.hash)
    return { settings: current, library: content, keys, app }
  }

  let inForce = build(settings, first, trust.keys)
  const { archive } = audit
  const admin =
    metrics &&
    buildAdminApp({ settings, registry: metrics.registry, ...(archive && { archive }), library, note })
  return {
    messages: messages.classes,
    app: (req, res) => {
      inForce.app(req, res)
    },
    ...(admin && { admin }),
    express: () => inForce.app,
    lifecycle,
    async reload(fresh) {
      const problems = needsRestart(inForce.settings, fresh)
      if (problems.length > 0) throw new ConfigError(problems)
      const content = libraryFor(fresh)
      const before = { clients: inForce.settings.clients, keys: inForce.keys }
      const { keys } = await makeTrust({ settings: fresh, egress, clock, before })
      await audit.reloaded?.(fresh, content.pack)
      inForce = build(fresh, content, keys)
    },
    async close() {
      await audit.close()
      await egress.close()
    },
  }
}

const libraryFor = (settings: Settings): Library => {
  const { mode, canonicalBase, siteFile, publicUrl } = settings
  return loadLibrary({
    cardsDir,
    mode,
    canonicalBase,
    ...(siteFile !== undefined && { site: siteFile }),
    ...(servesSmart(settings) && { smartLaunchUrl: `${publicUrl}/smart/launch.html` }),
  })
}

/** The audit that the settings ask for: durable, except for `memory:` in development. */
async function auditFor(
  settings: Settings,
  { pack }: Library,
  told: Pick<AuditOptions, 'clock' | 'log' | 'meter'>,
): Promise<Audit & Partial<OpenAudit>> {
  if (settings.audit.database.startsWith('memory:')) return new MemoryAudit()
  return openAudit({ settings, engine: engineVersion(), pack, ...told })
}

/** Counters, loaded only where somebody can read them; and the one function that log and counters are told by. */
async function metricsFor(
  { admin, clients }: Settings,
  note: NoteCall,
): Promise<{ metrics?: Metrics; noteAll: NoteCall }> {
  if (!admin) return { noteAll: note }
  const { makeMetrics } = await import('./http/admin/metrics.js')
  const metrics = makeMetrics(
    engineVersion(),
    clients.map(({ id }) => id),
  )
  const noteAll: NoteCall = (line) => {
    note(line)
    metrics.noteCall(line)
  }
  return { metrics, noteAll }
}

const engineVersion = (): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
