import type { FileProblem } from '../../errors.js'
import { schemaCheck, type ContentSchemas } from './content-schemas.js'
import { readYaml, schemaProblems, type ContentFile, type YamlFile } from './yaml-file.js'

/** The value of a parameter. */
export type ParameterValue = number | string | boolean

/** A local code that the site adds to a set of `cards/codes/`. */
export interface SiteCode {
  system: string
  code: string
  display?: string
}

/** The changes of one site; every part may be absent. */
export interface Site {
  file: string
  acceptedDrafts?: { role: string; on: string }
  parameters: ReadonlyMap<string, { value: ParameterValue; reason?: string; line: number }>
  cards: ReadonlyMap<string, { shown: boolean; reason?: string; line: number }>
  localCodes: ReadonlyMap<string, readonly SiteCode[]>
  /** The site holds a licence for CPT numbers. */
  cptLicence: boolean
  /** Languages in which texts are read, the usual one first. */
  languages: readonly string[]
  /** The line of the file that names the languages. */
  languagesLine: number
}

interface SiteSource {
  acceptedDrafts?: { role: string; on: string }
  parameters?: Readonly<Record<string, ParameterValue | { value: ParameterValue; reason?: string }>>
  cards?: Readonly<Record<string, { shown: boolean; reason?: string }>>
  localCodes?: Readonly<Record<string, readonly SiteCode[]>>
  cptLicence?: boolean
  languages?: readonly string[]
}

const noSite: Site = {
  file: 'site.yaml',
  parameters: new Map(),
  cards: new Map(),
  localCodes: new Map(),
  cptLicence: false,
  languages: ['en'],
  languagesLine: 1,
}

/**
 * Reads a site.yaml whose keys the schema has checked; each value is checked where it is used.
 *
 * Missing: without a file, or with an empty one, the site changes nothing.
 */
export function readSite(
  file: ContentFile | undefined,
  schemas: ContentSchemas,
): { site: Site; problems: readonly FileProblem[] } {
  if (!file) return { site: noSite, problems: [] }
  const yaml = readYaml(file)
  if (yaml.problems.length === 0 && yaml.value === null)
    return { site: { ...noSite, file: file.file }, problems: [] }
  const problems = schemaProblems(yaml, schemaCheck(schemas, 'site'))
  if (problems.length > 0) return { site: { ...noSite, file: file.file }, problems }
  return { site: siteOf(yaml, yaml.value as SiteSource), problems }
}

function siteOf(yaml: YamlFile, source: SiteSource): Site {
  const { acceptedDrafts, parameters = {}, cards = {}, localCodes = {}, cptLicence = false } = source
  const { languages = noSite.languages } = source
  return {
    file: yaml.file,
    ...(acceptedDrafts && { acceptedDrafts }),
    parameters: new Map(
      Object.entries(parameters).map(([name, entry]) => [
        name,
        {
          ...(typeof entry === 'object' ? entry : { value: entry }),
          line: yaml.lineOf(['parameters', name]),
        },
      ]),
    ),
    cards: new Map(
      Object.entries(cards).map(([kind, entry]) => [kind, { ...entry, line: yaml.lineOf(['cards', kind]) }]),
    ),
    localCodes: new Map(Object.entries(localCodes)),
    cptLicence,
    languages,
    languagesLine: yaml.lineOf(['languages']),
  }
}
