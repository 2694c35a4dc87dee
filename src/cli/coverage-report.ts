import { subjects, type CoveredCode } from './code-coverage.js'

const whole = new Intl.NumberFormat('en-US')
const longestBar = 24

/** A bar for a count, beside the largest one; the smallest count that is not 0 still shows. */
const bar = (count: number, most: number): string =>
  '█'
    .repeat(count === 0 ? 0 : Math.max(1, Math.round((count / Math.max(most, 1)) * longestBar)))
    .padEnd(longestBar)

const means = {
  code: 'known',
  words: 'known by its words',
  'not searched': 'known by its words, but no search asks for it',
  unknown: 'NOT KNOWN',
} as const

/** Does the code need a line in `site.yaml`? Words can be left out of a chart, and no search asks for them. */
const needsLine = ({ knowledge }: CoveredCode): boolean =>
  knowledge === 'unknown' || knowledge === 'not searched'

const codeText = ({ resource, system, code, display }: CoveredCode): string =>
  `${resource} ${system === '' ? '' : `${system}|`}${code}${display === '' ? '' : ` "${display}"`}`

const usesOf = (codes: readonly CoveredCode[]): number => codes.reduce((sum, { count }) => sum + count, 0)

/** The codes of one subject that need a line, the most frequent first, each with its bar. */
function tableOf(codes: readonly CoveredCode[], most: number): readonly string[] {
  return [...codes]
    .sort((one, other) => other.count - one.count)
    .map(
      (one) =>
        `  ${whole.format(one.count).padStart(9)} ${bar(one.count, most)} ${codeText(one)}: ${means[one.knowledge]}`,
    )
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The lines for `site.yaml`: those whose set the words tell, then those for which a person must choose the set. */
function lines(codes: readonly CoveredCode[]): readonly string[] {
  const entry = ({ system, code, display }: CoveredCode): string =>
    `    - { system: ${quoted(system)}, code: ${quoted(code)}${display === '' ? '' : `, display: ${quoted(display)}`} }`
  const sets = [...new Set(codes.flatMap(({ set }) => set ?? []))].sort()
  const open = codes.filter(({ set }) => set === undefined)
  return [
    'localCodes:',
    ...sets.flatMap((set) => [`  ${set}:`, ...codes.filter((one) => one.set === set).map(entry)]),
    ...open.flatMap((one) => [
      `  # SET: # ${one.subject}: choose a set of docs/generated/codes.md`,
      `  #${entry(one).slice(3)}`,
    ]),
  ]
}

/**
 * The report on the codes of a site: how many are known, a picture of what is not, and the lines for `site.yaml`.
 *
 * Shape: lines of text; `all` is the number of rows of the file.
 */
export function coverageReport(
  file: string,
  all: number,
  covered: readonly CoveredCode[],
): readonly string[] {
  const missing = covered.filter(needsLine)
  const most = Math.max(0, ...missing.map(({ count }) => count))
  const share = (codes: readonly CoveredCode[]): string =>
    `${whole.format(codes.length)} ${codes.length === 1 ? 'code' : 'codes'}, ${whole.format(usesOf(codes))} uses`
  const head = [
    `${file}: ${whole.format(all)} codes, ${whole.format(covered.length)} of them are the business of this service.`,
    '',
    'subject          known                       not known, or not searched',
    ...subjects.map((subject) => {
      const own = covered.filter((one) => one.subject === subject)
      return `${subject.padEnd(16)} ${share(own.filter((one) => !needsLine(one))).padEnd(27)} ${share(own.filter(needsLine))}`
    }),
  ]
  if (missing.length === 0) return [...head, '', 'Every code that concerns the service is known.']
  const tables = subjects.flatMap((subject) => {
    const own = missing.filter((one) => one.subject === subject)
    return own.length === 0 ? [] : ['', subject, ...tableOf(own, most)]
  })
  return [
    ...head,
    ...tables,
    '',
    'To paste into site.yaml, after a clinician has looked at each line:',
    '',
    ...lines(missing),
  ]
}
