import type { FileProblem } from '../../errors.js'
import { schemaCheck } from './content-schemas.js'
import type { Content } from './load-content.js'
import { readYaml, schemaProblems } from './yaml-file.js'

/** A promise as cases.yaml writes it; the schema has checked each value. */
export interface CaseSource {
  case: string
  patient: string
  hook?: 'patient-view' | 'order-select' | 'order-sign'
  drafts?: readonly string[]
  expect: 'shown' | 'hidden' | 'asks'
  indicator?: 'info' | 'warning' | 'critical'
  because: string
}

/** The promises of each kind of card, and the problems of their files. */
export interface ReadCases {
  byKind: ReadonlyMap<string, readonly CaseSource[]>
  problems: readonly FileProblem[]
}

/**
 * Reads the promises of all cards, for `cards check` and the pages. No answer needs a promise, so a start does not
 * read them.
 *
 * Missing: a card without cases.yaml, or with a file that has problems, has no entry.
 */
export function readCases({ folders, schemas }: Content): ReadCases {
  const validate = schemaCheck(schemas, 'cases')
  const read = folders.flatMap(({ kind, cases }) => {
    if (!cases) return []
    const yaml = readYaml(cases)
    return [{ kind, cases: yaml.value as readonly CaseSource[], problems: schemaProblems(yaml, validate) }]
  })
  return {
    byKind: new Map(
      read.filter(({ problems }) => problems.length === 0).map(({ kind, cases }) => [kind, cases]),
    ),
    problems: read.flatMap(({ problems }) => problems),
  }
}
