import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import type { Part, Section, Verdict } from './section.js'
import { table } from './table.js'

/** A section with what it found. */
export interface Done {
  section: Section
  part: Part
}

/** Each target with what was measured, and one sentence that says how it stands. */
export function targetLines(done: readonly Done[]): readonly string[] {
  const verdicts = done.flatMap(({ part }) => part.verdicts)
  if (verdicts.length === 0) return []
  return [
    '## Targets',
    '',
    standing(verdicts),
    '',
    ...table(
      ['target', 'limit', 'measured', 'met'],
      verdicts.map(({ target, limit, measured, met }) => [
        target,
        limit,
        measured,
        met ? 'yes' : '**not met**',
      ]),
    ),
  ]
}

function standing(verdicts: readonly Verdict[]): string {
  const missed = verdicts.filter(({ met }) => !met).length
  return missed === 0
    ? `All targets are met in this run (${verdicts.length}).`
    : `Not met in this run: ${missed} of ${verdicts.length}. The profile in the last section shows where the CPU of a call goes.`
}

export const sectionLines = ({ section, part }: Done): readonly string[] => [
  `## ${section.title}`,
  '',
  ...part.lines,
]

/** The whole page: how it was measured, how the targets stand, then every section. */
export function page(done: readonly Done[], rounds: number, quick: boolean): string {
  const said = (command: string): string => execSync(command).toString().trim()
  const changed = said('git status --porcelain src cards') === '' ? '' : ' with changes not yet committed'
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}`
  return [
    '# Benchmark',
    '',
    `Made by \`npm run bench -- --write${quick ? ' --quick' : ''}\` at commit ${said('git rev-parse --short HEAD')}${changed} on ${machine}.` +
      (quick ? ' **A quick run: too few requests for figures to rely on.**' : ''),
    '',
    "CPU is user and system time of the server's process, all threads, as the operating system counts it. Servers that are compared took turns, " +
      `burst by burst, in one run of ${rounds} rounds unless said otherwise; a ratio is the CPU per request as a multiple of bare Express's in the same round, the median of the rounds. ` +
      'Bare Express parses the same body and returns the same bytes. p50 and p99 are over all requests of all rounds, peak memory is the largest resident memory seen during them. ' +
      'Load, service and stub servers share the machine, so that requests/s says less than CPU per request.',
    '',
    ...targetLines(done),
    ...done.flatMap((each) => ['', ...sectionLines(each)]),
    '',
  ].join('\n')
}
