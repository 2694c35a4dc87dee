import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportPage, survivorsOf } from './report-page.js'
import { outlived, readGroups, type Mutant } from './survivors.js'

interface Position {
  line: number
  column: number
}
interface Report {
  files: Record<
    string,
    {
      source: string
      mutants: readonly {
        mutatorName: string
        replacement?: string
        status: string
        location: { start: Position; end: Position }
      }[]
    }
  >
}

/** The source between two places, both counted from 1. */
function between(lines: readonly string[], start: Position, end: Position): string {
  const part = lines.slice(start.line - 1, end.line)
  const last = part.length - 1
  return part
    .map((text, place) =>
      text.slice(place === 0 ? start.column - 1 : 0, place === last ? end.column - 1 : undefined),
    )
    .join(' ')
}

/** One report, or several when the run was split by folder. */
const folder = 'dist/mutation'
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report).files)
const mutants = Object.entries(Object.assign({}, ...files) as Report['files']).flatMap(
  ([file, { source, mutants: list }]) => {
    const lines = source.split('\n')
    return list.map(({ mutatorName, replacement = '', status, location: { start, end } }): Mutant => ({
      file,
      line: start.line,
      status,
      mutator: mutatorName,
      original: between(lines, start, end),
      replacement,
      context: (lines[start.line - 1] ?? '').trim(),
    }))
  },
)
const groups = readGroups()
writeFileSync('docs/generated/mutation.md', reportPage(mutants, groups))
const alive = survivorsOf(mutants)
for (const change of groups.flatMap((group) => outlived(group, alive))) {
  process.stdout.write(`no longer survives: ${change}\n`)
}
