import type { LabelledReading } from './labelled-readings.js'
import type { FileTally } from './quiet-run.js'

/** The results of one run. */
export interface QuietRun {
  files: readonly FileTally[]
  labelled: readonly LabelledReading[]
}

const total = (files: readonly FileTally[], of: (file: FileTally) => number): number =>
  files.reduce((sum, file) => sum + of(file), 0)

/** One line on the run: the number of patients, and whether the service was quiet. */
export function quietSummary({ files, labelled }: QuietRun): string {
  const right = labelled.filter(({ agrees }) => agrees).length
  return (
    `${total(files, ({ patients }) => patients)} patients, ${total(files, ({ cards }) => cards.length)} cards, ` +
    `${total(files, ({ errors }) => errors.length)} errors, ${right} of ${labelled.length} labels read as labelled`
  )
}

/** Did the run give no card and no error, and does every reading agree with its label? */
export const isQuiet = ({ files, labelled }: QuietRun): boolean =>
  files.every(({ cards, errors }) => cards.length === 0 && errors.length === 0) &&
  labelled.every(({ agrees }) => agrees)

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

/**
 * The figures as a page.
 *
 * Privacy: counts only, nothing of any patient.
 */
export function quietPage(run: QuietRun): string {
  const rows = run.files.map((each) =>
    row([
      each.file.replace('.ndjson.gz', ''),
      each.patients,
      each.withoutPatient,
      each.resources,
      each.cards.length,
      each.errors.length,
      each.meanMs.toFixed(2),
      each.worstMs.toFixed(1),
    ]),
  )
  const labels = run.labelled.map(({ id, label, reading, agrees }) =>
    row([id, label, reading, agrees ? 'yes' : '**no**']),
  )
  return `# The quiet test on public patients

Several hundred public FHIR R4 patients, none of whom has mastitis, run through the service with \`npm run quiet -- <folder>\`. Every one
must get no card, and none may end in an error. ${quietSummary(run)}.

How it is run: patient-view with complete prefetch. The clock stands at the newest date in the patient's own resources (birth dates, plans and
\`meta\` left out), so that nothing is hidden merely by being old. Records without a Patient are counted and skipped. The time is that of one
evaluation, from the parsed request to the cards, on a machine shared with other work: it shows the order of magnitude; the benchmark measures.

${row(['file', 'patients', 'without Patient', 'resources', 'cards', 'errors', 'mean ms', 'worst ms'])}
${row(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:'])}
${rows.join('\n')}

## Labelled breastfeeding observations

Each is read alone. "nothing" means that no statement about this mother's feeding was read: right for other observations, for entries in error,
and for resources about the infant.

${row(['resource', 'label', 'reading', 'agrees'])}
${row(['---', '---', '---', '---'])}
${labels.join('\n')}

The generated women without breast signs are in \`test/properties/quiet.test.ts\`.
`
}
