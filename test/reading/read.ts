import { parseArgs } from 'node:util'
import { readLine } from './corpora.js'
import { linesIn, verdicts } from './labels.js'
import { scoresOf, tallyOf, type Score } from './score.js'
import { textWords } from './word-files.js'

const usage = `npm run read -- DIR [--verbose] [--kind exam] [--family E12] [--languages en,de]

Scores how the labelled lines of DIR (test/reading/corpus/README.md) are read. Exit: 0 every line right, 1 some not.`

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      verbose: { type: 'boolean', default: false },
      kind: { type: 'string' },
      family: { type: 'string' },
      languages: { type: 'string', default: 'en' },
      help: { type: 'boolean', default: false },
    },
  })
  const [dir] = positionals
  if (values.help || dir === undefined) {
    say(usage)
    return values.help ? 0 : 2
  }
  const { kind, family } = values
  const lines = linesIn(dir).filter(
    (line) => (!kind || line.kind === kind) && (!family || line.family.split('-')[0] === family),
  )
  const words = textWords(values.languages.split(','))
  const scores = scoresOf(lines, (line) => readLine(line, words))
  const wrong = scores.filter(({ verdict }) => verdict !== 'right')
  if (values.verbose) for (const score of wrong) say(shown(score))
  const row = (name: string, cells: readonly string[]): string =>
    name.padEnd(42) + cells.map((cell) => cell.padStart(12)).join('')
  say(row('family', ['lines', ...verdicts]))
  for (const [name, counts] of tallyOf(scores)) {
    const sum = verdicts.reduce((total, verdict) => total + counts[verdict], 0)
    say(row(name, [String(sum), ...verdicts.map((verdict) => String(counts[verdict] || '.'))]))
  }
  say(`${scores.length - wrong.length} passed, ${wrong.length} failed`)
  return wrong.length === 0 ? 0 : 1
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function shown({ line, verdict, faults, read }: Score): string {
  const readings = read.readings.map(({ term, state, side, value, rule }) =>
    [term, state, value, side, `(${rule ?? ''})`].filter(Boolean).join(' '),
  )
  const unread = read.unread.map(({ why }) => `unread: ${why}`)
  return [
    `${line.id} ${verdict}: ${JSON.stringify(line.text)}`,
    `    ${faults.map(({ what }) => what).join('; ')}`,
    `    read: ${[...readings, ...unread].join('; ') || 'nothing'}`,
  ].join('\n')
}

process.exitCode = main()
