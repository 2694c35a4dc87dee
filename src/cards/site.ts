import type { Problem } from '../errors.js'
import { schemaCheck, type ContentSchemas } from './content-schemas.js'
import { readYaml, schemaProblems, type ContentFile, type YamlFile } from './yaml-file.js'

export type ParameterValue = number | string | boolean

/** A local code that the site adds to a set of `cards/codes/`. */
export interface LocalCode {
  system: string
  code: string
  display?: string
}

/** What one site changes; every part may be absent. */
export interface Site {
  file: string
  acceptedDrafts?: { role: string; on: string }
  parameters: ReadonlyMap<string, { value: ParameterValue; reason?: string; line: number }>
  cards: ReadonlyMap<string, { shown: boolean; reason?: string; line: number }>
  localCodes: ReadonlyMap<string, readonly LocalCode[]>
  /** The site holds a licence for CPT numbers. */
  cptLicence: boolean
}

interface SiteSource {
  acceptedDrafts?: { role: string; on: string }
  parameters?: Readonly<Record<string, ParameterValue | { value: ParameterValue; reason?: string }>>
  cards?: Readonly<Record<string, { shown: boolean; reason?: string }>>
  localCodes?: Readonly<Record<string, readonly LocalCode[]>>
  cptLicence?: boolean
}

const noSite: Site = {
  file: 'site.yaml',
  parameters: new Map(),
  cards: new Map(),
  localCodes: new Map(),
  cptLicence: false,
}

/**
 * Reads a site.yaml whose keys the schema knows; values are checked where they are used.
 *
 * Missing: no file, or an empty one, is a site that changes nothing.
 */
export function readSite(
  file: ContentFile | undefined,
  schemas: ContentSchemas,
): { site: Site; problems: readonly Problem[] } {
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
  }
}
