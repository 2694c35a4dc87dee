import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { imageOptions } from './image-options.js'
import { startServer } from './server-process.js'
import type { ServerProcess } from './server-process.js'

/** How a service under measurement is set up; without `keys` it asks for no tokens. */
export interface ServiceOptions {
  name: string
  audit: 'on' | 'off'
  keys?: readonly JWK[]
  fhirServers?: readonly string[]
  /** Options of node itself, such as a profiler. */
  nodeOptions?: readonly string[]
}

/** What sections measure with. Every server ends with its section. */
export interface Bench {
  /** Fewer rounds and requests. */
  quick: boolean
  rounds: number
  /** Tells whoever waits how far it is. */
  say: (line: string) => void
  /** A new folder, gone at the end. */
  folder: () => string
  bare: () => Promise<ServerProcess>
  service: (options: ServiceOptions) => Promise<ServerProcess>
  stubFhir: () => Promise<ServerProcess>
}

/** How often servers that are compared take turns. */
export const roundsOf = (quick: boolean): number => (quick ? 3 : 5)

export const bareName = 'bare Express'
/** What the bench's client calls itself, and the URL that tokens are meant for. */
export const issuer = 'https://ehr.bench.invalid'
export const publicUrl = 'https://cds.bench.invalid'

/** Opens a bench; `close` ends every server that still runs, and removes what was written. */
export function openBench(quick: boolean, say: Bench['say']): { bench: Bench; close: () => Promise<void> } {
  mkdirSync('data', { recursive: true })
  const root = mkdtempSync(join('data', 'bench-')) // beside the usual audit: records go to a real disk
  const remove = (): void => rmSync(root, { recursive: true, force: true })
  process.once('exit', remove)
  const running: ServerProcess[] = []
  const nodeOptions = imageOptions()
  const start = async (
    name: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<ServerProcess> => {
    const server = await startServer(name, args, { NODE_OPTIONS: nodeOptions, ...env })
    running.push(server)
    return server
  }
  const folder = (): string => mkdtempSync(join(root, 'part-'))
  const ownTypeScript = (file: string): string[] => ['--import', 'tsx', file]
  const bench: Bench = {
    quick,
    rounds: roundsOf(quick),
    say,
    folder,
    bare: () => start(bareName, ownTypeScript('bench/bare-server.ts')),
    stubFhir: () => start('stub FHIR server', ownTypeScript('bench/stub-fhir.ts')),
    service: (options) =>
      start(
        options.name,
        [...(options.nodeOptions ?? []), 'dist/main.js'],
        serviceEnvironment(options, folder()),
      ),
  }
  return {
    bench,
    close: async () => {
      await Promise.all(running.map((server) => server.stop()))
      process.off('exit', remove)
      remove()
    },
  }
}

/** Writes the configuration of one service; its keys, database and spool are new. */
function serviceEnvironment(
  { audit, keys, fhirServers = [] }: ServiceOptions,
  folder: string,
): Record<string, string> {
  const client = { id: 'bench', iss: issuer, fhirServers, ...(keys && { jwks: { keys } }) }
  const settings = {
    mode: 'development',
    publicUrl,
    auth: keys ? 'required' : 'off',
    audit: { spoolDir: 'spool' },
    clients: [client],
  }
  const file = join(folder, 'config.yaml')
  writeFileSync(file, JSON.stringify(settings)) // JSON is YAML
  return {
    PORT: '0',
    CONFIG: file,
    AUDIT_DATABASE: audit === 'off' ? 'memory:' : `file:${join(folder, 'audit.db')}`,
  }
}
