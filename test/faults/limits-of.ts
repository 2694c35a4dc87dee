import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import type { RunningService } from '../operate/process.js'

/** Can the limits of a running process be moved on this machine? */
export const canLimit = ((): boolean => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const pidOf = ({ child }: RunningService): string => String(child.pid)

const setSoft = (service: RunningService, name: 'fsize' | 'nofile', value: string): void => {
  execFileSync('prlimit', ['--pid', pidOf(service), `--${name}=${value}:`])
}

/** No file of this process takes another byte, as on a full disk; the store's and the spool's alike. */
export const fillDisk = (service: RunningService): void => setSoft(service, 'fsize', '0')
export const emptyDisk = (service: RunningService): void => setSoft(service, 'fsize', 'unlimited')

/** How many files and sockets the process has open. */
export const handlesOf = (service: RunningService): number => readdirSync(`/proc/${pidOf(service)}/fd`).length

/** The process gets no further file or socket beyond those it has: the limit is below all that it opened itself. */
export const takeHandles = (service: RunningService): void => setSoft(service, 'nofile', '3')
export const giveHandles = (service: RunningService): void => setSoft(service, 'nofile', '1024')
