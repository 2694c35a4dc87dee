import type { SmartConfiguration } from '../../../src/workbench/smart-views.js'
import { askJson, Refused } from '../shared/ask-json.js'

/**
 * Asks the service what the app must know, for the FHIR server that launched it.
 *
 * Throws: an `Error` with a sentence for the reader; a server that may not launch the app is told apart.
 */
export async function configurationFor(iss: string): Promise<SmartConfiguration> {
  try {
    return await askJson<SmartConfiguration>(`/smart/configuration?iss=${encodeURIComponent(iss)}`)
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 400) throw error
    throw new Error('This EHR is not on the list of servers that may open the app. Nothing was sent to it.')
  }
}
