import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { builtBeforeChanges } from '../build-age.js'
import type { Line } from './attack.js'
import { limits } from './kind.js'
import { kinds } from './kinds/all.js'
import { help, readOptions } from './options.js'

const options = readOptions(process.argv.slice(2), kinds)
if (typeof options === 'string') {
  process.stderr.write(`${options}\n\n${help}`)
  process.exit(2)
}
if (options.help) process.stdout.write(help)
else if (options.list)
  for (const { name, sends } of kinds) process.stdout.write(`${name.padEnd(20)} ${sends}\n`)
else if (builtBeforeChanges()) {
  process.stderr.write('The sources are newer than dist/: npm run build\n')
  process.exitCode = 2
} else process.exitCode = (await attackAll(options.kinds, options.seconds)) ? 0 : 1

/** Attacks with all of these kinds, says what came of each, and whether all of it may be. */
async function attackAll(asked: typeof kinds, seconds: number): Promise<boolean> {
  mkdirSync('data', { recursive: true })
  const root = mkdtempSync(join('data', 'attack-')) // beside the usual audit: records go to a real disk
  const remove = (): void => rmSync(root, { recursive: true, force: true })
  process.once('exit', remove)
  process.once('SIGINT', () => process.exit(130))
  const lines: Line[] = []
  for (const [place, kind] of asked.entries()) {
    process.stderr.write(`${place + 1}/${asked.length} ${kind.name}: ${kind.sends}\n`)
    const line = { ...(await inItsOwnProcess([kind.name, root, String(seconds)])), kind }
    lines.push(line)
    process.stdout.write(`${shown(line)}\n`)
  }
  const failed = lines.filter(({ faults }) => faults.length > 0)
  process.stdout.write(
    failed.length === 0
      ? `all ${lines.length} kinds hold\n`
      : `${failed.length} of ${lines.length} kinds do not hold: ${failed.map(({ kind }) => kind.name).join(', ')}\n`,
  )
  return failed.length === 0
}

/** Makes one attack in a process of its own, which is less urgent to the machine than what it attacks. */
function inItsOwnProcess(args: readonly string[]): Promise<Line> {
  const child = fork('bench/attack/one-kind.ts', args, { execArgv: ['--import', 'tsx'] })
  return new Promise((done, failed) => {
    child.once('message', (line) => {
      const { answers, ...seen } = line as Line & { answers: [string, number][] }
      done({ ...seen, answers: new Map(answers) })
    })
    child.once('exit', (code) => failed(new Error(`the attack ended with ${code ?? 'a signal'}`)))
  })
}

/** One line of the table. */
function shown({ kind, answers, stallMs, residentMiB, p99Ms, liveMs, hooks, ended, faults }: Line): string {
  const sent = [...answers].map(([what, times]) => `${what} × ${times}`).join(', ')
  return [
    kind.name.padEnd(18),
    `stall ${stallMs.toFixed(0).padStart(5)} of ${limits.stallMs[kind.calls]} ms`,
    `memory ${residentMiB.toFixed(0).padStart(4)} MiB`,
    `other client p99 ${p99Ms.toFixed(0).padStart(5)} ms of ${hooks} hooks, live ${liveMs.toFixed(0)} ms`,
    ended === '' ? 'alive' : 'DEAD',
    `answered: ${sent}`,
    faults.length === 0 ? 'holds' : `FAILS: ${faults.join('; ')}`,
  ].join(' | ')
}
