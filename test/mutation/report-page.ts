import { explanations, type Mutant } from './survivors.js'

const killed: ReadonlySet<string> = new Set(['Killed', 'Timeout'])
const survived: ReadonlySet<string> = new Set(['Survived', 'NoCoverage'])

const folderOf = (file: string): string => file.split('/').slice(0, -1).join('/')
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

function scoreRow(name: string, mutants: readonly Mutant[]): string {
  const dead = mutants.filter(({ status }) => killed.has(status)).length
  const alive = mutants.filter(({ status }) => survived.has(status)).length
  return row([name, dead + alive, dead, alive, percent(dead, dead + alive)])
}

const code = (text: string): string => `\`${text.replaceAll(/\s+/g, ' ').replaceAll('`', "'").slice(0, 90)}\``

const line = ({ file, line: place, mutator, original, replacement }: Mutant): string =>
  `- ${file.replace('src/assess/', '')}:${place} ${mutator}: ${code(original)} → ${code(replacement)}`

/** The committed report: the score, what survived and why, and plainly what nobody has explained. */
export function reportPage(mutants: readonly Mutant[]): string {
  const alive = mutants.filter(({ status }) => survived.has(status))
  const groups = explanations.map(({ title, because, covers }, place) => {
    const own = alive.filter(
      (mutant) => covers(mutant) && !explanations.slice(0, place).some((earlier) => earlier.covers(mutant)),
    )
    return { title, because, own }
  })
  const unexplained = alive.filter((mutant) => !explanations.some(({ covers }) => covers(mutant)))
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

## Survivors that were looked at

${groups.map(({ title, because, own }) => `**${title}** (${own.length}). ${because}`).join('\n\n')}

## Survivors not explained

${unexplained.length} survivors. Each is either a table that is missing or a line that is not needed; nobody has decided which.

${unexplained.map(line).join('\n')}
`
}
