import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { makeSite } from './site.js'
import type { Site } from './site.js'
import { startStub } from './stub-process.js'
import type { Stub } from './stub-process.js'

/** The service under attack, with the FHIR server it may ask. */
export interface Target extends Site {
  base: string
  port: number
  adminBase: string
  fhirBase: string
  pid: number
  lives: () => boolean
  /** How it ended, with the last of what it said; empty while it lives. */
  lastWords: () => string
  /** The longest stall of its event loop since it was asked last, in ms. */
  lap: () => Promise<number>
  stop: () => Promise<void>
}

/**
 * The options of node that a hospital runs the service with, the limit of the heap included.
 *
 * Throws: when the manifest does not set them in one line.
 */
export function deployedOptions(): readonly string[] {
  const manifest = readFileSync('deploy/kubernetes/deployment.yaml', 'utf8')
  const options = /NODE_OPTIONS, value: ([^}]+?) *}/.exec(manifest)?.[1]
  if (options === undefined) throw new Error('deployment.yaml: no line NODE_OPTIONS was found')
  return options.replaceAll(/["']/g, '').split(' ')
}

const portOf = (output: string, message: string): number | undefined => {
  const line = output.split('\n').find((each) => each.includes(`"message":"${message}"`))
  const port = line === undefined ? undefined : /"port":(\d+)/.exec(line)?.[1]
  return port === undefined ? undefined : Number(port)
}

/** Where the two listeners of the service are, once it has said so. Throws with its output when it ends before. */
async function listening(
  lives: () => boolean,
  output: () => string,
): Promise<{ port: number; admin: number }> {
  while (lives()) {
    const [port, admin] = [portOf(output(), 'listening'), portOf(output(), 'admin listening')]
    if (port !== undefined && admin !== undefined) return { port, admin }
    await wait(20)
  }
  throw new Error(`the service ended:\n${output()}`)
}

/**
 * Starts the service as it is deployed, with a stub FHIR server; `entry` is what node runs.
 *
 * Shape: what it says goes to a file: it waits for nobody to read it, as it would for a busy reader of a pipe.
 */
export async function startTarget(
  root: string,
  entry: readonly string[],
  prepare?: (site: Site) => Promise<void>,
): Promise<Target> {
  const { stub, site } = await siteWithStub(root)
  await prepare?.(site)
  const inside = pathToFileURL(resolve('bench/attack/inside.mjs')).href
  const [program = '', ...before] = [...entry].reverse()
  const log = join(site.folder, 'output.log')
  const said = openSync(log, 'a')
  const child = fork(program, {
    execArgv: [...deployedOptions(), '--import', inside, ...before.reverse()],
    env: { PATH: process.env.PATH ?? '', ATTACKED: 'yes', ...site.env },
    stdio: ['ignore', said, said, 'ipc'],
  })
  closeSync(said)
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  const output = (): string => readFileSync(log, 'utf8')
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
  })
  const lives = (): boolean => child.exitCode === null && child.signalCode === null
  const { port, admin } = await listening(lives, output)
  return {
    ...site,
    base: `http://127.0.0.1:${port}`,
    port,
    adminBase: `http://127.0.0.1:${admin}`,
    fhirBase: `https://127.0.0.1:${stub.port}`,
    pid: child.pid ?? 0,
    lives,
    lastWords: () =>
      lives() ? '' : `ended with ${child.exitCode ?? child.signalCode ?? ''}: ${lastLine(output())}`,
    lap: () => lapOf(child),
    stop: async () => {
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
      await ended
      process.off('exit', end)
      stub.stop()
    },
  }
}

async function siteWithStub(root: string): Promise<{ stub: Stub; site: Site }> {
  const stub = await startStub()
  const site = await makeSite(root, stub.port)
  stub.serve(site.tls)
  return { stub, site }
}

/** The line that names a crash, else the last one. */
function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return (
    lines.find((line) => /FATAL|heap out of memory|"level":"error"/.test(line)) ??
    lines.at(-1) ??
    ''
  ).slice(0, 300)
}

function lapOf(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    const late = setTimeout(() => done(Number.NaN), 10_000)
    const told = (message: unknown): void => {
      const { stallMs } = message as { stallMs?: number }
      if (stallMs === undefined) return
      clearTimeout(late)
      child.off('message', told)
      done(stallMs)
    }
    child.on('message', told)
    if (!child.connected) {
      clearTimeout(late)
      done(Number.NaN)
    } else child.send('lap', () => undefined)
  })
}
