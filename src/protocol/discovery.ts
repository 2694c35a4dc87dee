import type { HookName, ServiceId } from './hook-request.js'
import { type PrefetchTemplate, prefetchTemplates, templateQuery } from './prefetch-templates.js'
import { allServices } from './services.js'

/** The version of CDS Hooks that this service implements, and the version of the hook definitions that it serves. */
export const specVersion = '2.0.1'
export const hookVersion = '1.0'

/** One entry of the discovery response. */
export interface DiscoveredService {
  hook: HookName
  id: ServiceId
  title: string
  description: string
  usageRequirements: string
  version: string
  hookVersion: string
  prefetch: Readonly<Record<string, string>>
}

const usageRequirements =
  'FHIR R4. Supply every prefetch key, or a fhirServer (with fhirAuthorization where it asks for a token) that serves the ' +
  'same queries; both may be mixed. Patient, Condition, Observation and MedicationRequest are required: if they can be had ' +
  'neither way the answer is 412. Advice for clinicians; not a certified medical device.'

/** The discovery response. */
export interface Discovery {
  services: readonly DiscoveredService[]
}

/**
 * Makes the discovery response, which asks with the templates in force.
 *
 * Source: https://cds-hooks.hl7.org/2.0/#discovery
 */
export function discoveryWith(templates: readonly PrefetchTemplate[]): Discovery {
  const prefetch = Object.freeze(
    Object.fromEntries(
      templates.map((template) => [template.key, templateQuery(template, '{{context.patientId}}')]),
    ),
  )
  return Object.freeze({
    services: allServices.map(({ hook, id, title, description }) => ({
      hook,
      id,
      title,
      description,
      usageRequirements,
      version: specVersion,
      hookVersion,
      prefetch,
    })),
  })
}

/** The discovery response of a site that adds no codes. */
export const discovery: Discovery = discoveryWith(prefetchTemplates)
