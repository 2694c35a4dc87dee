import type { ParameterName, Parameters } from '../../assess/parameters.js'
import type { FileProblem } from '../../errors.js'
import { forbiddenIn } from './forbidden-phrases.js'
import { nameFix } from './nearest-name.js'
import { parameterTypes } from './parameter-types.js'
import type { ParameterValue, Site } from './site.js'
import type { YamlFile } from './yaml-file.js'

/** One entry of parameters.yaml: its default, its range, its meaning and its source. */
export interface ParameterEntry {
  value: ParameterValue
  unit: string
  range?: readonly [number, number]
  choices?: readonly (string | boolean)[]
  kind?: 'text' | 'url' | 'zone'
  reason_needed_for?: ParameterValue
  means: string
  since: string
  source: string
}

const longestTextValue = 400

/**
 * Reads the parameters in force: the defaults of parameters.yaml, overridden by the site.
 *
 * Edge:   both ends of a range are allowed.
 * Source: clinical 9; "the linter refuses values outside the range"
 */
export function readParameters(
  yaml: YamlFile,
  site: Site,
  canonicalBase: string,
): {
  parameters: Parameters
  entries: ReadonlyMap<string, ParameterEntry>
  problems: readonly FileProblem[]
} {
  const problems: FileProblem[] = [...yaml.problems]
  const entries = new Map(Object.entries((yaml.value ?? {}) as Record<string, ParameterEntry>))
  const known = new Set<string>(Object.keys(parameterTypes))
  for (const name of entries.keys()) {
    if (known.has(name)) continue
    const fix = nameFix(name, known, 'src/assess/parameters.ts')
    problems.push({ file: yaml.file, line: yaml.lineOf([name]), says: `unknown parameter "${name}"`, fix })
  }
  const values: Record<string, ParameterValue> = {}
  for (const [name, type] of Object.entries(parameterTypes)) {
    const entry = entries.get(name)
    if (!entry) {
      problems.push({ file: yaml.file, says: `lacks the parameter "${name}"`, fix: 'add it' })
      continue
    }
    const says = entryProblem(entry, type) ?? valueProblem(entry, entry.value, type)
    if (says !== undefined) {
      problems.push({
        file: yaml.file,
        line: yaml.lineOf([name]),
        says: `${name}: ${says}`,
        fix: 'correct the entry',
      })
    }
    values[name] = entry.value
  }
  problems.push(...siteProblems(site, entries, known))
  for (const [name, { value }] of site.parameters) if (entries.has(name)) values[name] = value
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') values[name] = value.replaceAll('{canonicalBase}', canonicalBase)
  }
  return { parameters: values as unknown as Parameters, entries, problems }
}

function siteProblems(
  site: Site,
  entries: ReadonlyMap<string, ParameterEntry>,
  known: ReadonlySet<string>,
): readonly FileProblem[] {
  const problems: FileProblem[] = []
  for (const [name, { value, reason, line }] of site.parameters) {
    const at = { file: site.file, line }
    const entry = entries.get(name)
    if (!entry) {
      const fix = nameFix(name, known, 'cards/parameters.yaml')
      problems.push({ ...at, says: `unknown parameter "${name}"`, fix })
      continue
    }
    const says = valueProblem(entry, value, parameterTypes[name as ParameterName])
    if (says !== undefined) problems.push({ ...at, says: `${name} ${says}`, fix: allowedValues(entry) })
    if (entry.reason_needed_for === value && reason === undefined) {
      const fix = `write ${name}: { value: ${String(value)}, reason: … }`
      problems.push({ ...at, says: `${name}: ${String(value)} needs a recorded reason`, fix })
    }
  }
  return problems
}

function entryProblem(entry: ParameterEntry, type: string): string | undefined {
  if (!entry.means || !entry.since || !entry.source || !entry.unit)
    return 'needs unit, means, since and source'
  if (type === 'number' && !entry.range) return 'needs a range'
  if (type !== 'number' && !entry.choices && !entry.kind) return 'needs choices or a kind'
  return undefined
}

function valueProblem(entry: ParameterEntry, value: ParameterValue, type: string): string | undefined {
  if (typeof value !== type) return `must be a ${type}`
  const { range, choices, kind } = entry
  if (range && !(Number(value) >= range[0] && Number(value) <= range[1])) return 'is outside the safe range'
  if (choices && !choices.includes(value as string | boolean)) return 'is none of the choices'
  if (kind === 'url' && !isSafeUrl(String(value))) return 'must be an https URL'
  if (kind === 'zone' && !isZone(String(value))) return 'must be an IANA time zone'
  if (kind === 'text') return textProblem(String(value))
  return undefined
}

function textProblem(value: string): string | undefined {
  if (value.length < 3 || value.length > longestTextValue)
    return `must have 3 to ${longestTextValue} characters`
  if (/[<>\r\n[\]`|]/u.test(value)) return 'must be plain text in one line'
  const says = forbiddenIn(value)
  return says.length > 0 ? says.join(', ') : undefined
}

const allowedValues = ({ range, choices, kind }: ParameterEntry): string => {
  if (range) return `use ${range[0]} to ${range[1]}`
  if (choices) return `use ${choices.join(' or ')}`
  return kind === 'zone' ? 'use a name such as Europe/Berlin' : 'change the text'
}

const isSafeUrl = (value: string): boolean =>
  value.startsWith('{canonicalBase}/') || (URL.canParse(value) && new URL(value).protocol === 'https:')

function isZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
