import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from 'fhir/r4.js'
import type { DemoPatients } from './demo-patients.js'
import { includedMedications, search } from './search.js'

/** The status of a response, and its resource. */
export interface FhirAnswer {
  status: number
  resource: FhirResource
}

/** An error as an OperationOutcome. */
export function refusal(
  status: number,
  code: OperationOutcome['issue'][0]['code'],
  says: string,
): FhirAnswer {
  const issue = [{ severity: 'error' as const, code, diagnostics: says }]
  return { status, resource: { resourceType: 'OperationOutcome', issue } }
}

const typeName = /^[A-Z][A-Za-z]{1,60}$/
const defaultCount = 50
const maxCount = 1_000

/** Reads a whole number of at least `least` from a query, or else gives `otherwise`. */
function numberFrom(text: string | null, least: number, otherwise: number): number {
  const value = Number(text ?? Number.NaN)
  return Number.isInteger(value) && value >= least ? value : otherwise
}

/**
 * Answers a read.
 *
 * Edge: fixtures share ids between patients. A read of an id that several patients have finds nothing; a search finds
 *       all of them.
 */
export function answerRead(type: string, id: string, patients: DemoPatients): FhirAnswer {
  const owners = type === 'Patient' ? [id] : patients.ids()
  const found = owners.flatMap((owner) =>
    patients.of(owner).filter((resource) => resource.resourceType === type && resource.id === id),
  )
  const [only, another] = found
  if (!only) return refusal(404, 'not-found', `No such ${type}.`)
  if (another)
    return refusal(404, 'multiple-matches', 'Several demo patients use this id; search by patient.')
  return { status: 200, resource: only }
}

/**
 * Answers a type-level search with one page.
 *
 * Shape: a searchset with `total`, `self`, and `next` while pages remain. Included Medications come with the page that
 *        needs them and do not count in the total.
 */
export function answerSearch(
  type: string,
  query: URLSearchParams,
  base: string,
  patients: DemoPatients,
): FhirAnswer {
  if (!typeName.test(type)) return refusal(404, 'not-supported', 'No such resource type.')
  const matches = search(type, query, patients)
  const count = Math.min(numberFrom(query.get('_count'), 0, defaultCount), maxCount)
  const page = numberFrom(query.get('_page'), 1, 1)
  const shown = query.get('_summary') === 'count' ? [] : matches.slice((page - 1) * count, page * count)
  const entry = (resource: FhirResource, mode: 'match' | 'include'): BundleEntry => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id ?? ''}`,
    resource,
    search: { mode },
  })
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: matches.length,
    link: [{ relation: 'self', url: `${base}/${type}?${query.toString()}` }],
    entry: [
      ...shown.map((resource) => entry(resource, 'match')),
      ...includedMedications(shown, query, patients).map((resource) => entry(resource, 'include')),
    ],
  }
  if (shown.length > 0 && page * count < matches.length) {
    const next = new URLSearchParams(query)
    next.set('_page', String(page + 1))
    bundle.link?.push({ relation: 'next', url: `${base}/${type}?${next.toString()}` })
  }
  return { status: 200, resource: bundle }
}

/** Answers one GET of a batch entry: "Type?query" or "Type/id". */
function answerEntry(request: BundleEntry['request'], base: string, patients: DemoPatients): FhirAnswer {
  if (request?.method !== 'GET') return refusal(405, 'not-supported', 'The demo server only reads.')
  const [path = '', query = ''] = request.url.replace(`${base}/`, '').replace(/^\//, '').split('?', 2)
  const [type = '', id] = path.split('/')
  return id === undefined
    ? answerSearch(type, new URLSearchParams(query), base, patients)
    : answerRead(type, id, patients)
}

/** Answers a batch of reads and searches, entry by entry. */
export function answerBatch(batch: Bundle, base: string, patients: DemoPatients): FhirAnswer {
  const entry = (batch.entry ?? []).slice(0, 500).map(({ request }): BundleEntry => {
    const { status, resource } = answerEntry(request, base, patients)
    return { response: { status: String(status) }, resource }
  })
  return { status: 200, resource: { resourceType: 'Bundle', type: 'batch-response', entry } }
}
