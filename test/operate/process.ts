import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { serviceEntry } from '../entry.js'

/** A running service, as its supervisor sees it. */
export interface RunningService {
  base: string
  child: ChildProcess
  output: () => string
  /** The first line of the log after `from` characters that holds this text. */
  logged: (text: string, from?: number) => Promise<string>
  /** The exit code, once the process has ended. */
  ended: Promise<number | null>
  /** Sends SIGTERM and waits for the end. */
  stop: () => Promise<number | null>
}

export interface StartOptions {
  env?: Record<string, string>
  /** Options of node itself, such as a memory limit. */
  nodeOptions?: readonly string[]
  /** A shell command that runs before, in the same shell, such as `ulimit`. */
  before?: string
}

/**
 * Starts the real process, on a free port, and waits until it listens.
 *
 * Throws: with the process's own output when it ends before that.
 */
export async function startService({
  env = {},
  nodeOptions = [],
  before,
}: StartOptions = {}): Promise<RunningService> {
  const { PATH = '' } = process.env
  const args = [...nodeOptions, ...serviceEntry]
  const dieWithTest = '$(command -v setpriv >/dev/null && echo setpriv --pdeathsig KILL)'
  const command = `${before === undefined ? '' : `${before}; `}exec ${dieWithTest} "$0" "$@"`
  const child = spawn('bash', ['-c', command, process.execPath, ...args], {
    env: { PATH, PORT: '0', AUDIT_DATABASE: 'memory:', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const waiting = new Set<() => void>()
  const onOutput = (chunk: Buffer): void => {
    output += chunk.toString()
    for (const look of [...waiting]) look()
  }
  child.stdout.on('data', onOutput)
  child.stderr.on('data', onOutput)
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      resolve(code)
      onOutput(Buffer.alloc(0))
    })
  })
  const logged = (text: string, from = 0): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = output
          .slice(from)
          .split('\n')
          .slice(0, -1)
          .find((each) => each.includes(text))
        if (line === undefined && child.exitCode === null && child.signalCode === null) return
        waiting.delete(look)
        if (line === undefined) reject(new Error(`the process ended without saying "${text}":\n${output}`))
        else resolve(line)
      }
      waiting.add(look)
      look()
    })
  const { port } = JSON.parse(await logged('"message":"listening"')) as { port: number }
  return {
    base: `http://127.0.0.1:${port}`,
    child,
    output: () => output,
    logged,
    ended,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
