import { readFileSync } from 'node:fs'
import { readYaml } from '../cards/content/yaml-file.js'
import type { YamlFile } from '../cards/content/yaml-file.js'
import { buildSettings } from './build-settings.js'
import type { Variables } from './build-settings.js'
import { checkConfigFile, wording } from './file-schema.js'
import type { ConfigFile } from './file-schema.js'
import { refusals } from './refusals.js'
import { ConfigError } from '../errors.js'
import type { FileProblem } from '../errors.js'
import type { Settings } from './settings.js'

type Environment = Readonly<Record<string, string | undefined>>

/** The process environment; no other place reads it. */
export const environment = (): Environment => process.env

const logLevels = ['error', 'warn', 'info', 'debug']

/**
 * Reads the environment and the file that CONFIG names into the frozen settings of the process.
 *
 * Missing: without CONFIG the built-in development client applies, and calls need no token.
 * Throws:  `ConfigError` with every bad variable and key at once, each with its line and what to write instead.
 */
export function loadSettings(env: Environment = environment()): Settings {
  const problems: FileProblem[] = []
  const variables = readVariables(env, problems)
  const yaml = readConfigFile(env['CONFIG'], problems)
  if (problems.length > 0) throw new ConfigError(problems)
  const settings = buildSettings(variables, yaml?.value as ConfigFile | undefined, yaml?.file)
  for (const { path, says, fix } of refusals(settings))
    problems.push({
      file: yaml?.file ?? 'environment',
      ...(yaml && { line: yaml.lineOf(path) }),
      says: `${pathWords(path)} ${says}`,
      fix,
    })
  if (settings.mode === 'production' && /^memory:|:memory:$/.test(settings.audit.database))
    problems.push({
      file: 'environment',
      says: 'AUDIT_DATABASE keeps no record, and without a record production gives no advice',
      fix: 'write file:PATH or postgres://HOST/NAME',
    })
  if (env['NODE_ENV'] === 'production' && settings.mode !== 'production')
    problems.push({
      file: yaml?.file ?? 'environment',
      says: 'NODE_ENV is production, but the service would run in development mode',
      fix: 'set CONFIG to a file with "mode: production", or unset NODE_ENV',
    })
  if (problems.length > 0) throw new ConfigError(problems)
  return deepFreeze(settings)
}

function readVariables(env: Environment, problems: FileProblem[]): Variables {
  const bad = (name: string, fix: string): void => {
    problems.push({ file: 'environment', says: `${name} is not valid`, fix })
  }
  const port = env['PORT'] ?? '3000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) bad('PORT', 'write a number from 0 to 65535')
  const logLevel = env['LOG_LEVEL'] ?? 'info'
  if (!logLevels.includes(logLevel)) bad('LOG_LEVEL', `write one of ${logLevels.join(', ')}`)
  const database = env['AUDIT_DATABASE'] ?? databaseInFile(env['AUDIT_DATABASE_FILE'], bad)
  if (!/^(file:.+|postgres(ql)?:\/\/.+|memory:)/.test(database))
    bad('AUDIT_DATABASE', 'write file:PATH or postgres://HOST/NAME; in development memory: keeps no record')
  const host = env['HOST']
  if (host === '') bad('HOST', 'unset it, or write an address to listen on')
  return { port: Number(port), database, logLevel, ...(host !== undefined && { host }) }
}

/**
 * The address of the audit database from a file, because the address can hold a password; the default without a file.
 */
function databaseInFile(path: string | undefined, bad: (name: string, fix: string) => void): string {
  const own = 'file:./data/audit.db'
  if (path === undefined) return own
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    bad('AUDIT_DATABASE_FILE', 'name a file that this user can read')
    return own
  }
}

function readConfigFile(path: string | undefined, problems: FileProblem[]): YamlFile | undefined {
  if (path === undefined) return undefined
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch {
    problems.push({
      file: 'environment',
      says: `CONFIG names ${path}, which cannot be read`,
      fix: 'correct it',
    })
    return undefined
  }
  const yaml = readYaml({ file: path, content })
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return yaml
  if (!checkConfigFile(yaml.value))
    for (const error of checkConfigFile.errors ?? []) {
      if (error.keyword === 'anyOf' || !error.schemaPath.includes('/anyOf/')) {
        const at = pointerPath(error.instancePath)
        const { says, fix } = wording(error)
        problems.push({ file: path, line: yaml.lineOf(at), says: `${pathWords(at)} ${says}`, fix })
      }
    }
  return yaml
}

const pointerPath = (pointer: string): readonly (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))

const pathWords = (path: readonly (string | number)[]): string =>
  path.length === 0 ? 'the file' : path.join('.')

function deepFreeze<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object)
  return Object.freeze(value)
}
