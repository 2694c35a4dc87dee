import type { Kind } from './kind.js'

/** What the command line asks for. */
export interface Options {
  kinds: readonly Kind[]
  list: boolean
  help: boolean
  /** How long each kind attacks. */
  seconds: number
}

/** The text of `--help`. */
export const help = `npm run attack -- [--only <kind>]… [--list] [--seconds <n>]

Starts the service as it is deployed (production, tokens required, the options of node of deploy/kubernetes), once for each kind of
attack, and attacks it on 127.0.0.1. Meanwhile another client calls steadily. A line for each kind says what was sent and what
was seen. Build the service first (npm run build); all kinds take some five minutes.

A line fails when the process ends, when its event loop stalls for more than 150 ms (calls that are accepted) or 50 ms (calls that
are refused), when it takes more than 512 MiB of resident memory, or when the other client waits more than 300 ms at p99 or is
refused. The command ends with 1 when a line failed.

  --only <kind>   this kind alone; may be given several times
  --list          names all kinds and what they send
  --seconds <n>   how long each kind attacks; 5 unless said otherwise

Example:
  npm run attack -- --only many-drafts --only fhir-large --seconds 10
`

/** Reads the command line; the text says what is wrong with it. */
export function readOptions(args: readonly string[], kinds: readonly Kind[]): Options | string {
  const rest = [...args]
  const only: string[] = []
  const options = { list: false, help: false, seconds: 5 }
  while (rest.length > 0) {
    const flag = rest.shift() ?? ''
    if (flag === '--list') options.list = true
    else if (flag === '--help') options.help = true
    else if (flag === '--seconds') options.seconds = Number(rest.shift())
    else if (flag === '--only') only.push(rest.shift() ?? '')
    else return `${flag} is not known.`
  }
  const unknown = only.find((name) => !kinds.some((kind) => kind.name === name))
  if (unknown !== undefined) return `--only ${unknown} is no kind; --list names all.`
  if (!(options.seconds > 0 && options.seconds <= 60)) return '--seconds takes a number up to 60.'
  return { ...options, kinds: only.length === 0 ? kinds : kinds.filter(({ name }) => only.includes(name)) }
}
