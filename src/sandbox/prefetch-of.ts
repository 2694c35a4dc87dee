import type { Bundle, FhirResource } from 'fhir/r4.js'
import { prefetchTemplates } from '../protocol/prefetch-templates.js'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import { includedMedications, search } from './search.js'

/**
 * The prefetch of a client for one patient, from the resources of a Bundle.
 *
 * Shape: every key of discovery, as the searches would have answered; resources of other patients in the Bundle are
 *        kept, as careless clients do.
 */
export function prefetchOf(
  resources: readonly FhirResource[],
  patientId: string,
  templates: readonly PrefetchTemplate[] = prefetchTemplates,
): Record<string, FhirResource | null> {
  const patients = { ids: () => [patientId], of: () => resources }
  const answer = ({ type, parameters }: PrefetchTemplate): FhirResource | null => {
    if (parameters.length === 0)
      return resources.find(({ resourceType, id }) => resourceType === type && id === patientId) ?? null
    const query = new URLSearchParams([
      ['patient', patientId],
      ...parameters.map(([name, value]): [string, string] => [name, value]),
    ])
    const found = search(type, query, patients)
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      entry: [
        ...found.map((resource) => ({ resource, search: { mode: 'match' as const } })),
        ...includedMedications(found, query, patients).map((resource) => ({
          resource,
          search: { mode: 'include' as const },
        })),
      ],
    }
    return bundle
  }
  return Object.fromEntries(templates.map((template) => [template.key, answer(template)]))
}
