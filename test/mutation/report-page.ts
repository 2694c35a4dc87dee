import { changeOf, covers, fileOf, type Group, type Mutant } from './survivors.js'

const killed: ReadonlySet<string> = new Set(['Killed', 'Timeout'])
const survived: ReadonlySet<string> = new Set(['Survived', 'NoCoverage'])

/** The mutants that no table noticed. */
export const survivorsOf = (mutants: readonly Mutant[]): readonly Mutant[] =>
  mutants.filter(({ status }) => survived.has(status))

const folderOf = (file: string): string => file.split('/').slice(0, -1).join('/')
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

function scoreRow(name: string, mutants: readonly Mutant[]): string {
  const dead = mutants.filter(({ status }) => killed.has(status)).length
  const alive = survivorsOf(mutants).length
  return row([name, dead + alive, dead, alive, percent(dead, dead + alive)])
}

const line = (mutant: Mutant): string =>
  `- ${fileOf(mutant)}:${mutant.line} \`${changeOf(mutant).replaceAll('`', "'")}\``

function section({ title, because, elsewhere }: Group, own: readonly Mutant[]): string {
  return `### ${title} (${own.length})

${because.trim()}

Elsewhere: ${elsewhere.trim()}

${own.map(line).join('\n')}
`
}

/** The committed report: the score, every survivor under the reason why it may survive, and those nobody has explained. */
export function reportPage(mutants: readonly Mutant[], groups: readonly Group[]): string {
  const alive = survivorsOf(mutants)
  const explained = groups.map((group, place) => ({
    group,
    own: alive.filter(
      (mutant) => covers(group, mutant) && !groups.slice(0, place).some((earlier) => covers(earlier, mutant)),
    ),
  }))
  const unexplained = alive.filter((mutant) => !groups.some((group) => covers(group, mutant)))
  const folders = [...new Set(mutants.map(({ file }) => folderOf(file)))].sort()
  const ignored = mutants.filter(({ status }) => status === 'Ignored').length
  return `<!-- Written by \`npm run mutation\`. -->

# Mutation testing of the rules

Stryker changes the rules of \`src/assess\` in one place at a time and runs the tables of \`test/assess\`. A change that no table notices
survives. Bar: 80 %.

Not mutated: texts (\`StringLiteral\`), because reasons are read by people and only some are held word for word; and ${ignored} mutants that
act while files load (constant lists) or are texts. The cases of the cards, the worked examples through the cards, the properties and the broken
charts do not run here; they would kill more.

${row(['folder', 'mutants', 'noticed', 'survived', 'score'])}
${row(['---', '---:', '---:', '---:', '---:'])}
${folders
  .map((folder) =>
    scoreRow(
      folder,
      mutants.filter(({ file }) => folderOf(file) === folder),
    ),
  )
  .join('\n')}
${scoreRow('**all**', mutants)}

## Survivors explained: ${alive.length - unexplained.length} of ${alive.length}

Each was read beside its source; \`test/mutation/survivors/\` holds the reasons and the list that each is true of.

${explained
  .filter(({ own }) => own.length > 0)
  .map(({ group, own }) => section(group, own))
  .join('\n')}
## Survivors not explained: ${unexplained.length}

${unexplained.length === 0 ? 'None.' : unexplained.map(line).join('\n')}
`
}
