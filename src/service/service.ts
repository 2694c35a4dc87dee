import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from '../http/app.js'
import { MemoryAudit } from '../audit/memory-audit.js'
import { openAudit } from '../audit/open-audit.js'
import type { AuditLog, AuditOptions } from '../audit/audit-options.js'
import type { OpenAudit } from '../audit/open-audit.js'
import type { TokenMemory } from '../audit/token-memory.js'
import type { Audit } from '../audit/trace.js'
import { makeDecide } from '../decide.js'
import { ConfigError } from '../errors.js'
import { makeEgress } from '../gather/egress.js'
import { type FormMemory, makeFormMemory } from '../gather/form-memory.js'
import { makeGather, type Gather } from '../gather/gather.js'
import { buildAdminApp } from '../http/admin/admin-app.js'
import { makeAuditors } from '../http/admin/ask-auditor.js'
import type { Metrics } from '../http/admin/metrics.js'
import { AddressCounts } from '../http/address-limit.js'
import { BodyBytes } from '../http/body-bytes.js'
import type { NoteCall } from '../http/call.js'
import { discoveryWith } from '../protocol/discovery.js'
import { templatesWith, type PrefetchTemplate } from '../protocol/prefetch-templates.js'
import { mountAt } from '../http/mount.js'
import { publishedRoutes } from '../http/published-routes.js'
import { servesSmart } from '../http/smart-routes.js'
import { makeTrust } from '../http/trust/make-trust.js'
import type { TrustedKeys } from '../http/trust/make-trust.js'
import { webMounts } from '../http/web-mounts.js'
import type { Library } from './library.js'
import { loadLibrary } from './load-library.js'
import { needsRestart } from './reload.js'
import { sandboxRouter } from '../sandbox/sandbox-router.js'
import type { Settings } from '../config/settings.js'
import { makeWorkLine } from './work-line.js'
import type { WorkLine } from './work-line.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const cardsDir = join(root, 'cards')
const fixturesDir = join(root, 'fhir-fixtures')
const webDir = join(root, 'dist', 'web')
/** The arguments of Node.js that start the auditor program, compiled or from source as this process runs. */
const auditorProgram = [
  ...process.execArgv,
  fileURLToPath(new URL(`../auditor/main${extname(import.meta.url)}`, import.meta.url)),
]

/** The whole service, ready for a server to listen. */
export interface Service {
  /** Answers a request by the settings and content in force when it arrives. */
  app: RequestListener
  /** The express app in force, which a test compares with the OpenAPI description. */
  express: () => ReturnType<typeof buildApp>
  /** Answers on the admin listener; absent where none is configured. */
  admin?: RequestListener
  lifecycle: { stopping: boolean; refusing: boolean }
  /**
   * Puts other settings in force, with the cards and the site as they are on disk now; calls in progress end under the
   * settings that they started with.
   *
   * Throws: `ConfigError`, `CardError`, or `RecordUnavailable` when the change cannot be recorded; then nothing has
   *         changed.
   */
  reload: (settings: Settings) => Promise<void>
  close: () => Promise<void>
}

/** The parts that the service takes from outside; the clock is the time of day in milliseconds since 1970. */
export interface Outside {
  note: NoteCall
  clock?: () => number
  log?: AuditLog
  /** Is the event loop behind? */
  isLate?: () => boolean
}

/** Everything that a reload replaces at once. */
interface InForce {
  settings: Settings
  library: Library
  /** The prefetch templates with the codes of the site. */
  templates: readonly PrefetchTemplate[]
  keys: TrustedKeys
  app: ReturnType<typeof buildApp>
}

/** The parts that every app of this process shares; a reload keeps them. */
interface Kept {
  clock: () => number
  audit: Audit & Partial<OpenAudit>
  gather: Gather
  forms: FormMemory
  tokens: TokenMemory
  lifecycle: Service['lifecycle']
  note: NoteCall
  bodyBytes: BodyBytes
  addressCounts: AddressCounts
  line: WorkLine
  /** The mounted FHIR server of the invented patients, in development only. */
  demo: readonly ReturnType<typeof mountAt>[]
  isLate?: () => boolean
  metrics?: Metrics
}

const noLog: AuditLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Builds the service from its rooms: content, audit, outbound guard, trust, and the app. No other place names all of
 * them; the process and the tests of the whole service start here.
 *
 * Throws: `ConfigError` or `CardError` with every problem that prevents the start.
 */
export async function makeService(
  settings: Settings,
  { note, clock = () => Date.now(), log = noLog, isLate }: Outside,
): Promise<Service> {
  const first = libraryFor(settings)
  const line = makeWorkLine()
  const egress = makeEgress({ ...settings, line })
  const trust = await makeTrust({ settings, egress, clock })
  const { metrics, noteAll } = await metricsFor(settings, note)
  const audit = await auditFor(settings, first, { clock, log, ...(metrics && { meter: metrics.meter }) })
  const { tokens = trust.tokens } = audit
  const templates = () => inForce.templates
  const forms = makeFormMemory((change) => log.warn('FHIR server is asked for less', change))
  const gather = makeGather({ settings, clock, egress, templates, forms })
  const lifecycle = { stopping: false, refusing: false }
  const kept: Kept = {
    ...{ clock, audit, gather, forms, tokens, lifecycle, note: noteAll, bodyBytes: new BodyBytes(), line },
    addressCounts: new AddressCounts(),
    ...(isLate && { isLate }),
    ...(metrics && { metrics }),
    demo: settings.mode === 'development' ? [mountAt('/fhir', sandboxRouter({ fixturesDir, clock }))] : [],
  }
  let inForce = putInForce(kept, settings, first, trust.keys)
  const { archive } = audit
  const admin =
    metrics &&
    buildAdminApp({
      ...{ settings, registry: metrics.registry, note },
      ...(archive && { archive }),
      auditors: makeAuditors({ settings, program: auditorProgram }),
    })
  return {
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
      inForce = putInForce(kept, fresh, content, keys)
    },
    async close() {
      await audit.close()
      await egress.close()
    },
  }
}

/** Builds the app from settings, content and keys, and tells the metrics which content is in force. */
function putInForce(kept: Kept, settings: Settings, library: Library, keys: TrustedKeys): InForce {
  const { clock, audit, gather, tokens, lifecycle, bodyBytes, addressCounts, line, isLate, metrics } = kept
  const parts = { settings, library: () => library, audit, clock, bodyBytes, addressCounts, line }
  const templates = templatesWith(library.localSearches)
  const app = buildApp({
    discovery: discoveryWith(templates),
    mounts: [
      publishedRoutes(cardsDir, library),
      ...webMounts({ ...parts, cardsDir, fixturesDir, webDir }),
      ...kept.demo,
    ],
    ...{ settings, bodyBytes, addressCounts, line, audit, clock, lifecycle, note: kept.note },
    ...(isLate && { isLate }),
    decide: makeDecide({ gather, library: () => library, audit, line, clock: () => performance.now() }),
    trust: { keys, tokens },
    ready: async () => !lifecycle.stopping && (await audit.ready()),
    serversAskedForLess: () => kept.forms.serversAskedForLess(),
  })
  metrics?.clientsInForce(settings.clients.map(({ id }) => id))
  metrics?.contentInForce(library.pack.version, library.pack.hash)
  return { settings, library, templates, keys, app }
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

/** Makes the counters, which are loaded only where a reader exists, and the function that informs log and counters. */
async function metricsFor(
  { admin, clients }: Settings,
  note: NoteCall,
): Promise<{ metrics?: Metrics; noteAll: NoteCall }> {
  if (!admin) return { noteAll: note }
  const { makeMetrics } = await import('../http/admin/metrics.js')
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
