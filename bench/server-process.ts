import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  name: string
  port: number
  /** CPU seconds used so far, user and system, as the operating system counts them. */
  cpuSeconds(): number
  /** Resident memory in MiB. */
  memoryMiB(): number
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>
}

const ticksPerSecond = 100

const readProc = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8')

function cpuOf(pid: number): number {
  const fields = readProc(pid, 'stat').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

function residentMiB(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readProc(pid, 'status'))
  return Number(match?.[1] ?? 0) / 1024
}

const portIn = (text: string): number | undefined => {
  const match = /(?:listening on |"port":)(\d+)/.exec(text)
  return match ? Number(match[1]) : undefined
}

/**
 * Starts a server and waits for the line that names its port.
 *
 * Throws: with the server's own output when it ends before that line.
 */
export function startServer(
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const killWithBench = (): boolean => child.kill('SIGKILL')
  process.once('exit', killWithBench)
  void ended.then(() => process.off('exit', killWithBench))
  return new Promise((resolve, reject) => {
    let output = ''
    const onOutput = (chunk: Buffer): void => {
      if (output.length > 10_000) return
      output += chunk.toString()
      const port = portIn(output)
      const { pid } = child
      if (port === undefined || pid === undefined) return
      resolve({
        name,
        port,
        cpuSeconds: () => cpuOf(pid),
        memoryMiB: () => residentMiB(pid),
        stop: async () => {
          child.kill('SIGTERM')
          await ended
        },
      })
    }
    child.stdout?.on('data', onOutput)
    child.stderr?.on('data', onOutput)
    void ended.then((code) => reject(new Error(`${name} ended with code ${code ?? 'none'}:\n${output}`)))
  })
}
