/** What the command line asks for. */
export interface Options {
  quick: boolean
  write: boolean
  /** How often everything is measured; a target is met when it is met every time. */
  runs: number
  /** The one section to run; absent: all. */
  only?: string
  /** Show where the CPU of a call goes even if every target is met. */
  profile: boolean
}

/** The text of `--help`. */
export const help = (
  sections: readonly string[],
): string => `npm run bench -- [--quick] [--only <section>] [--profile] [--runs <n>] [--write]

Starts a bare Express server, the service (node dist/main.js; build it first) and a stub FHIR server, lets them take turns
with the same calls, and prints requests/s, p50, p99, CPU per request, peak memory, the ratios, and whether each target is
met. Tables go to standard output, progress to standard error. One run of the whole takes ten to twenty minutes, by machine.

  --only <section>  one of: ${sections.join(', ')}
  --profile         also shows where the CPU of a call goes; without it only if a target is not met
  --runs <n>        measures everything so often; a target counts as met when it is met in every run
  --quick           fewer requests and rounds: does it run at all?
  --write           writes docs/generated/bench.md and its plot; not together with --only

Examples:
  npm run bench -- --only start
  npm run bench -- --runs 3 --write
`

/** Reads the command line; the text says what is wrong with it. */
export function readOptions(args: readonly string[], sections: readonly string[]): Options | string {
  const rest = [...args]
  const options: Options = { quick: false, write: false, profile: false, runs: 1 }
  while (rest.length > 0) {
    const flag = rest.shift() ?? ''
    if (flag === '--quick' || flag === '--write' || flag === '--profile')
      options[flag.slice(2) as 'quick' | 'write' | 'profile'] = true
    else if (flag === '--only') options.only = rest.shift() ?? ''
    else if (flag === '--runs') options.runs = Number(rest.shift())
    else return `${flag} is not known.`
  }
  if (!Number.isInteger(options.runs) || options.runs < 1) return '--runs takes a whole number from 1 on.'
  if (options.only !== undefined && !sections.includes(options.only))
    return `--only takes one of: ${sections.join(', ')}.`
  if (options.only !== undefined && options.write) return '--write writes the whole page: leave out --only.'
  return options
}
