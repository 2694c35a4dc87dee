import type { ErrorObject, ValidateFunction } from 'ajv'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { FileProblem } from '../../errors.js'

/** A content file as read from disk; `file` is the path that messages show. */
export interface ContentFile {
  file: string
  content: string
}

/** The keys and indices that lead to a value of a file. */
export type Path = readonly (string | number)[]

/** A parsed YAML file, with the line of each value. */
export interface YamlFile {
  file: string
  value: unknown
  /** The line of the value at a path, or else of its nearest parent; 1 is the first line. */
  lineOf: (path: Path) => number
  problems: readonly FileProblem[]
}

const parsed = new WeakMap<ContentFile, YamlFile>()

/**
 * Parses a YAML file and keeps its line numbers; once for each file, however many libraries are made from it.
 *
 * Edge: syntax errors and duplicate keys become problems; the value is then undefined.
 */
export function readYaml(file: ContentFile): YamlFile {
  const known = parsed.get(file) ?? parse(file)
  parsed.set(file, known)
  return known
}

/** Keeps a value that is already parsed; the file is then parsed only for its line numbers. */
export function takeParsed(file: ContentFile, value: unknown): void {
  parsed.set(file, withLines(file, value))
}

function parse({ file, content }: ContentFile): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })
  const problems = document.errors.map(({ message, pos }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    says: `is not valid YAML: ${message}`,
    fix: 'correct the syntax',
  }))
  return withLines({ file, content }, problems.length > 0 ? undefined : document.toJS(), problems)
}

function withLines(
  { file, content }: ContentFile,
  value: unknown,
  problems: readonly FileProblem[] = [],
): YamlFile {
  let line: YamlFile['lineOf'] | undefined
  return { file, value, lineOf: (path) => (line ??= linesIn(content))(path), problems }
}

/**
 * Makes the function that finds the line of a value; the file is parsed only at the first call, which most files never
 * need.
 */
function linesIn(content: string): YamlFile['lineOf'] {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
}

/** The problems of a file by a JSON schema, each with its line. */
export function schemaProblems(yaml: YamlFile, validate: ValidateFunction): readonly FileProblem[] {
  if (yaml.problems.length > 0) return yaml.problems
  if (validate(yaml.value)) return []
  return (validate.errors ?? []).map((error) => ({
    file: yaml.file,
    line: yaml.lineOf(pathOf(error.instancePath)),
    says: `${error.instancePath || 'the file'} ${saysOf(error)}`,
    fix: fixOf(error),
  }))
}

const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/u.test(step) ? Number(step) : step))

function saysOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'additionalProperties')
    return `has the unknown key "${String(params['additionalProperty'])}"`
  if (keyword === 'required') return `lacks "${String(params['missingProperty'])}"`
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`
  return message ?? 'is not allowed'
}

function fixOf({ keyword, params }: ErrorObject): string {
  if (keyword === 'additionalProperties') return 'remove or correct the key'
  if (keyword === 'required') return `add "${String(params['missingProperty'])}"`
  return 'change the value as the schema says'
}
