import { budgets } from '../protocol/limits.js'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'

/** The parameters of one search, without the patient. */
export type SearchParameters = PrefetchTemplate['parameters']

/** What a FHIR server refused in a search: its parameters, or the permission to see what the search asks for. */
export type Objection = 'parameters' | 'permission'

const parameterStatuses: ReadonlySet<number> = new Set([400, 405, 414, 422, 501])

/**
 * Tells from the status of a refusal whether a smaller search may be answered.
 *
 * Missing: undefined for every other status, for example 401 and 404, after which no smaller search helps.
 */
export function objectionOf(status: number | undefined): Objection | undefined {
  if (status === undefined) return undefined
  if (status === 403) return 'permission'
  return parameterStatuses.has(status) ? 'parameters' : undefined
}

/** One way of asking for the data of a template, in one search or in several. */
interface SearchForm {
  name: string
  /** The objections after which the form is tried. */
  after: readonly Objection[]
  /** The form leaves out filters, so what the server hides from the token cannot be noticed. */
  unfiltered?: true
  searches: (parameters: SearchParameters, granted: readonly string[]) => readonly SearchParameters[]
}

const pageSize = 50

const without = (parameters: SearchParameters, ...names: readonly string[]): SearchParameters =>
  parameters.filter(([name]) => !names.includes(name))

/** Is this parameter a filter, and no instruction about the result? */
const isFilter = ([name]: SearchParameters[number]): boolean => !name.startsWith('_')

const withSmallPages = (parameters: SearchParameters): SearchParameters =>
  parameters.map(([name, value]) =>
    name === '_count' && Number(value) > pageSize ? [name, String(pageSize)] : [name, value],
  )

/** Divides a search into searches that have one value of each filter, or of the filter `only`. */
function oneValueEach(parameters: SearchParameters, only?: string): readonly SearchParameters[] {
  return parameters.reduce<readonly SearchParameters[]>(
    (searches, parameter) => {
      const [name, value] = parameter
      const isDivided = isFilter(parameter) && (only === undefined || name === only)
      const values = isDivided ? value.split(',') : [value]
      return searches.flatMap((search) => values.map((each) => [...search, [name, each] as const]))
    },
    [[]],
  )
}

/** Adds the categories that the scopes grant, unless the search names categories of its own. */
const withCategories = (parameters: SearchParameters, granted: readonly string[]): SearchParameters =>
  granted.length === 0 || parameters.some(([name]) => name === 'category')
    ? parameters
    : [['category', granted.join(',')], ...parameters]

/**
 * The forms of a search, in the order in which they are tried: first each part alone is left out that servers often
 * refuse, then all such parts together.
 *
 * Edge: without `_sort` every page is needed. Without `_count` the server chooses the size of its pages. Without
 *       filters the server sends more than was asked for, and the facts room leaves the rest aside.
 */
const forms: readonly SearchForm[] = [
  { name: 'without _sort', after: ['parameters'], searches: (all) => [without(all, '_sort')] },
  { name: `_count of ${pageSize}`, after: ['parameters'], searches: (all) => [withSmallPages(all)] },
  { name: 'without _count', after: ['parameters'], searches: (all) => [without(all, '_count')] },
  {
    name: 'without _include',
    after: ['parameters', 'permission'],
    searches: (all) => [without(all, '_include')],
  },
  { name: 'one value a search', after: ['parameters'], searches: (all) => oneValueEach(all) },
  {
    name: 'filters alone, one value a search',
    after: ['parameters'],
    searches: (all) => oneValueEach(all.filter(isFilter)),
  },
  { name: 'patient alone', after: ['parameters'], unfiltered: true, searches: () => [[]] },
  {
    name: 'granted categories',
    after: ['permission'],
    searches: (all, granted) => [withCategories(all, granted)],
  },
  {
    name: 'one category a search',
    after: ['permission'],
    searches: (all, granted) => oneValueEach(withCategories(all, granted), 'category'),
  },
]

/** The name of the form that asks for a template as discovery writes the template. */
export const asWritten = 'as written'

/** A form of one search, written out. */
export interface WrittenForm extends Omit<SearchForm, 'searches'> {
  searches: readonly SearchParameters[]
}

/**
 * Writes the forms of one search, from the search as written to the smallest.
 *
 * Shape: `granted` are the categories that the scopes grant, empty without such scopes. Forms that ask for the same are
 *        one form, tried after the objections of both; forms that need more searches than the budget are left out.
 */
export function formsOf(
  parameters: SearchParameters,
  granted: readonly string[],
): readonly [WrittenForm, ...WrittenForm[]] {
  const first: WrittenForm = { name: asWritten, after: [], searches: [parameters] }
  const asked = new Map<string, WrittenForm>()
  for (const form of forms) {
    const searches = form.searches(parameters, granted)
    const text = JSON.stringify(searches)
    const same = asked.get(text)
    const isNoHelp = searches.length > budgets.fhirSearchParts.most || text === JSON.stringify(first.searches)
    if (same) asked.set(text, { ...same, after: [...same.after, ...form.after] })
    else if (!isNoHelp) asked.set(text, { ...form, searches })
  }
  return [first, ...asked.values()]
}
