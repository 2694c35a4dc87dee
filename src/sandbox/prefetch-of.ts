import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { prefetchTemplates } from '../protocol/prefetch-templates.js'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import type { Addresses } from './patient-bundle.js'
import { search } from './search.js'

/**
 * The prefetch of a client for one patient, from the resources of a Bundle.
 *
 * Shape: every key of discovery, as the searches would have answered; resources of other patients in the Bundle are
 *        kept, as careless clients do. Each resource keeps its address; a Patient whose address is a URN stands in a
 *        Bundle, because other resources may name her by it. The Medications of the Bundle stand where they are included
 *        with orders, whichever resource names them, because no server can be asked for the others.
 */
export function prefetchOf(
  resources: readonly FhirResource[],
  patientId: string,
  templates: readonly PrefetchTemplate[] = prefetchTemplates,
  addresses: Addresses = new Map(),
): Record<string, FhirResource | null> {
  const patients = { ids: () => [patientId], of: () => resources }
  const entryOf = (resource: FhirResource): BundleEntry => {
    const fullUrl = addresses.get(resource)
    return { ...(fullUrl !== undefined && { fullUrl }), resource }
  }
  const read = (type: string): FhirResource | null => {
    const found = resources.find(({ resourceType, id }) => resourceType === type && id === patientId)
    if (!found) return null
    return addresses.get(found)?.startsWith('urn:')
      ? { resourceType: 'Bundle', type: 'collection', entry: [entryOf(found)] }
      : found
  }
  const answer = ({ type, parameters }: PrefetchTemplate): FhirResource | null => {
    if (parameters.length === 0) return read(type)
    const query = new URLSearchParams([
      ['patient', patientId],
      ...parameters.map(([name, value]): [string, string] => [name, value]),
    ])
    const found = search(type, query, patients)
    const included = query.has('_include')
      ? resources.filter(({ resourceType }) => resourceType === 'Medication')
      : []
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      entry: [
        ...found.map((resource) => ({ ...entryOf(resource), search: { mode: 'match' as const } })),
        ...included.map((resource) => ({ ...entryOf(resource), search: { mode: 'include' as const } })),
      ],
    }
    return bundle
  }
  return Object.fromEntries(templates.map((template) => [template.key, answer(template)]))
}
