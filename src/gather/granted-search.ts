import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { Grant } from './scopes.js'
import type { SearchParameters } from './search-forms.js'

/**
 * The categories in which the data of a key are filed: together they hold everything that the key asks for.
 *
 * Missing: a key without a line is never complete under a scope that grants a part of its type.
 * Source:  https://hl7.org/fhir/R4/observation-vitalsigns.html for vital signs;
 *          https://hl7.org/fhir/us/core/STU7/scopes.html for the other categories
 */
const filedUnder: ReadonlyMap<string, readonly string[]> = new Map([
  ['conditions', ['problem-list-item', 'health-concern', 'encounter-diagnosis']],
  ['lactationStatus', ['social-history', 'survey', 'exam']],
  ['temperatures', ['vital-signs']],
  ['vitalSigns', ['vital-signs']],
  ['laboratory', ['laboratory']],
  ['breastSigns', ['exam', 'survey', 'imaging']],
])

/** The search that the scopes allow for a template. */
export interface GrantedSearch {
  parameters: SearchParameters
  /** The categories that the scopes grant; empty when the scopes name none. */
  categories: readonly string[]
  /** Can the search find everything that the template asks for? */
  isWhole: boolean
}

const codeOf = (token: string): string => token.slice(token.lastIndexOf('|') + 1)

/**
 * Cuts the search of a template down to what the scopes grant.
 *
 * Missing: undefined when the scopes grant nothing of what the template asks for.
 */
export function grantedSearch(
  { key, parameters }: PrefetchTemplate,
  grant: Grant,
): GrantedSearch | undefined {
  if (grant === 'nothing') return undefined
  if (grant === 'all') return { parameters, categories: [], isWhole: true }
  const { categories } = grant
  if (categories.length === 0) return { parameters, categories, isWhole: false }
  const granted = new Set(categories.map(codeOf))
  const permitted = parameters.map(([name, value]) =>
    name === 'category'
      ? ([
          name,
          value
            .split(',')
            .filter((each) => granted.has(codeOf(each)))
            .join(','),
        ] as const)
      : ([name, value] as const),
  )
  if (permitted.some(([, value]) => value === '')) return undefined
  const isWhole = filedUnder.get(key)?.every((each) => granted.has(each)) ?? false
  return { parameters: permitted, categories, isWhole }
}
