import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import { roundsOf } from './bench.js'
import type { Part, Section, Verdict } from './section.js'
import { table } from './table.js'

/** A section with what it found. */
export interface Done {
  section: Section
  part: Part
}

/** Each target with what every run measured, and one sentence that says how it stands. */
export function targetLines(runs: readonly (readonly Done[])[]): readonly string[] {
  const [first = [], ...others] = runs.map((done) => done.flatMap(({ part }) => part.verdicts))
  if (first.length === 0) return []
  const targets = first.map((verdict, at) => [verdict, ...others.flatMap((run) => run[at] ?? [])])
  const isMet = (verdicts: readonly Verdict[]): boolean => verdicts.every(({ met }) => met)
  return [
    '## Targets',
    '',
    standing(targets.filter((verdicts) => !isMet(verdicts)).length, targets.length, runs.length),
    '',
    ...table(
      ['target', 'limit', ...runs.map((_, at) => (runs.length > 1 ? `run ${at + 1}` : 'measured')), 'met'],
      targets.map((verdicts) => [
        verdicts[0]?.target ?? '',
        verdicts[0]?.limit ?? '',
        ...verdicts.map(({ measured }) => measured),
        isMet(verdicts) ? 'yes' : '**not met**',
      ]),
    ),
  ]
}

function standing(missed: number, targets: number, runs: number): string {
  if (missed === 0)
    return `All targets are met in ${runs > 1 ? `each of ${runs} runs` : 'this run'} (${targets}).`
  const where = runs > 1 ? `in at least one of ${runs} runs` : 'in this run'
  return `Not met ${where}: ${missed} of ${targets}. The profile in the last section shows where the CPU of a call goes.`
}

export const sectionLines = ({ section, part }: Done): readonly string[] => [
  `## ${section.title}`,
  '',
  ...part.lines,
]

/** The whole page: how it was measured, how the targets stand in every run, then each section of the last run. */
export function page(runs: readonly (readonly Done[])[], quick: boolean): string {
  const times = runs.length
  const said = (command: string): string => execSync(command).toString().trim()
  const changed = said('git status --porcelain src cards') === '' ? '' : ' with changes not yet committed'
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}`
  return [
    '# Benchmark',
    '',
    `**Measured on ${new Date().toISOString().slice(0, 10)}, of commit ${said('git log -1 --format="%h (%as)"')}${changed}.** Figures of a later commit may differ; \`npm run bench\` measures them.`,
    '',
    `Made by \`npm run bench -- ${times > 1 ? `--runs ${times} ` : ''}--write${quick ? ' --quick' : ''}\` on ${machine}.` +
      (quick ? ' **A quick run: too few requests for figures to rely on.**' : ''),
    '',
    "CPU is user and system time of the server's process, all threads, as the operating system counts it. Servers that are compared took turns, " +
      `burst by burst, in ${roundsOf(quick)} rounds unless said otherwise; a ratio is the CPU per request as a multiple of bare Express's in the same round, the median of the rounds. ` +
      'Bare Express parses the same body and returns the same bytes. p50 and p99 are over all requests of all rounds, peak memory is the largest resident memory seen during them. ' +
      'Load, service and stub servers share the machine, so that requests/s says less than CPU per request.',
    '',
    ...targetLines(runs),
    ...(times > 1 ? ['', 'All that follows is of the last run.'] : []),
    ...(runs.at(-1) ?? []).flatMap((each) => ['', ...sectionLines(each)]),
    '',
  ].join('\n')
}
