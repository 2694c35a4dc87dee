import type { SmartConfiguration } from '../../../src/workbench/smart-views.js'
import { askJson } from '../shared/ask-json.js'
import { mayTakeCodes } from './allowed.js'
import { takePending } from './pending.js'
import { deniedTypes } from './scopes.js'

/** A signed-in user at one patient. Privacy: lives in memory alone and ends with the page. */
export interface Session {
  iss: string
  token: string
  patientId: string
  scope: string
  configuration: SmartConfiguration
  /** The invocation whose card opened the app, if the EHR passed it on. */
  appContext?: string
}

interface TokenAnswer {
  access_token?: string
  patient?: string
  scope?: string
  appContext?: string
}

const denied = 'The EHR did not allow it'

/**
 * Ends a launch: from the EHR's `code` and `state` to a session.
 *
 * Edge:   a state that is not ours stops everything before the code is sent anywhere; the kept secrets are used once.
 * Throws: an `Error` with a sentence for the reader.
 */
export async function openSession(query: URLSearchParams): Promise<Session> {
  const pending = takePending()
  if (query.has('error')) throw new Error(`${denied}: ${query.get('error')?.slice(0, 60) ?? ''}.`)
  const code = query.get('code')
  if (code === null) throw new Error('Open this page from the EHR: it needs a patient.')
  if (!pending || query.get('state') !== pending.state)
    throw new Error(
      'This answer does not belong to a launch of this window. Nothing was sent; open the app again.',
    )
  const configuration = await askJson<SmartConfiguration>('/smart/configuration')
  if (!mayTakeCodes(pending.tokenEndpoint, configuration))
    throw new Error('The token address is not on the list.')
  const response = await fetch(pending.tokenEndpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: configuration.redirectUri,
      client_id: configuration.clientId,
      code_verifier: pending.verifier,
    }),
    credentials: 'omit',
    redirect: 'error',
  })
  if (!response.ok) throw new Error(`${denied}: the code was refused.`)
  const { access_token: token, patient, scope = '', appContext } = (await response.json()) as TokenAnswer
  if (token === undefined || patient === undefined) throw new Error('The EHR named no patient.')
  const missing = deniedTypes(scope)
  if (missing.length > 0)
    throw new Error(
      `${denied} to read ${missing.join(', ')}. Without them nothing can be said, so nothing was read.`,
    )
  return {
    ...{ iss: pending.iss, token, patientId: patient, scope, configuration },
    ...(appContext !== undefined && { appContext }),
  }
}
