import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBench } from './bench.js'
import { builtBeforeChanges } from './build-age.js'
import { help, readOptions } from './options.js'
import type { Options } from './options.js'
import { page, sectionLines, targetLines } from './page.js'
import type { Done } from './page.js'
import type { Section } from './section.js'
import { callBack } from './sections/call-back.js'
import { concurrency } from './sections/concurrency.js'
import { cpuRatios } from './sections/cpu-ratios.js'
import { linear } from './sections/linear.js'
import { memory } from './sections/memory.js'
import { profile } from './sections/profile.js'
import { recording } from './sections/recording.js'
import { start } from './sections/start.js'
import { tokens } from './sections/tokens.js'

/** In the order of the page. */
const sections: readonly Section[] = [
  ...[cpuRatios, tokens, callBack, concurrency, recording],
  ...[start, memory, linear, profile],
]
const names = sections.map(({ name }) => name)
const pageFolder = 'docs/generated'

const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n\n`)
}
const secondsSince = (begun: number): string => `${((performance.now() - begun) / 1000).toFixed(0)} s`

/** Runs one section with servers of its own, and tells how far it is. */
async function runSection(section: Section, quick: boolean): Promise<Done> {
  const begun = performance.now()
  const say = (line: string): void => {
    process.stderr.write(`${section.name}, ${secondsSince(begun)}: ${line}\n`)
  }
  const { bench, close } = openBench(quick, say)
  try {
    const done = { section, part: await section.run(bench) }
    print(sectionLines(done))
    say('done')
    return done
  } finally {
    await close()
  }
}

/** A profile answers a question, why a target is not met; otherwise it is there when asked for. */
function wanted({ name }: Section, { only, profile: asked }: Options, done: readonly Done[]): boolean {
  if (only !== undefined) return name === only
  return name !== profile.name || asked || done.some(({ part }) => part.verdicts.some(({ met }) => !met))
}

/** Writes what is known so far, so that a run that is broken off loses nothing of those before it. */
function writePage(runs: readonly (readonly Done[])[], quick: boolean): void {
  writeFileSync(join(pageFolder, 'bench.md'), page(runs, quick))
  for (const [name, text] of runs.at(-1)?.flatMap(({ part }) => [...(part.files ?? [])]) ?? [])
    writeFileSync(join(pageFolder, name), text)
}

async function run(options: Options): Promise<void> {
  const begun = performance.now()
  const runs: Done[][] = []
  for (let number = 1; number <= options.runs; number += 1) {
    if (options.runs > 1) process.stderr.write(`run ${number} of ${options.runs}\n`)
    const done: Done[] = []
    for (const section of sections)
      if (wanted(section, options, done)) done.push(await runSection(section, options.quick))
    runs.push(done)
    print(targetLines(runs))
    if (options.write) writePage(runs, options.quick)
  }
  process.stderr.write(`in all ${secondsSince(begun)}\n`)
}

process.once('SIGINT', () => process.exit(130)) // so that servers and folders go too
const args = process.argv.slice(2)
const options = readOptions(args, names)
if (args.includes('--help')) process.stdout.write(help(names))
else if (typeof options === 'string') {
  process.stderr.write(`${options}\n\n${help(names)}`)
  process.exitCode = 1
} else if (builtBeforeChanges() && options.write) {
  process.stderr.write('dist is older than src, so the page would name the wrong commit: npm run build\n')
  process.exitCode = 1
} else {
  if (builtBeforeChanges()) process.stderr.write('dist is older than src: what was built is measured\n')
  await run(options)
}
