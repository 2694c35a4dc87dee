import type { SmartConfiguration } from '../../../src/workbench/smart-views.js'
import { mayTakeCodes } from './allowed.js'
import { codeIn } from './answer.js'
import { configurationFor } from './configuration.js'
import { keepPending, takePending } from './pending.js'
import { deniedTypes } from './scopes.js'
import { fhirUserIn } from './fhir-user.js'

/** A signed-in user at one patient. Privacy: lives in memory alone and ends with the page. */
export interface Session {
  iss: string
  token: string
  patientId: string
  scope: string
  configuration: SmartConfiguration
  /** The reference of the user, who stands as performer of what is written; absent where the EHR does not say. */
  user?: string
  /** The id of the encounter that the EHR opened the app in. */
  encounter?: string
  /** The invocation whose card opened the app, if the EHR passed it on. */
  appContext?: string
}

interface TokenAnswer {
  access_token?: string
  patient?: string
  scope?: string
  appContext?: string
  id_token?: string
  encounter?: string
}

const denied = 'The EHR did not allow it'

/**
 * Where the page goes on after the sign-in page: to itself, but named by its FHIR server, so that its policy lets it talk
 * to that server alone.
 *
 * Privacy: the answer of the sign-in page stands behind the `#`, which is not sent anywhere.
 * Throws:  an `Error` with a sentence for the reader.
 */
export function addressOfLaunch(answer: URLSearchParams): string {
  const { pending } = codeIn(answer, takePending())
  keepPending(pending)
  return `${location.pathname}?server=${encodeURIComponent(pending.iss)}#${answer.toString()}`
}

/**
 * Ends a launch: from the EHR's `code` and `state` to a session.
 *
 * Edge:   a state that is not ours stops everything before the code is sent anywhere; the kept secrets are used once.
 * Throws: an `Error` with a sentence for the reader.
 */
export async function openSession(answer: URLSearchParams): Promise<Session> {
  const { code, pending } = codeIn(answer, takePending())
  const configuration = await configurationFor(pending.iss)
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
  const answered = (await response.json()) as TokenAnswer
  const { access_token: token, patient, scope = '', appContext, encounter } = answered
  if (token === undefined || patient === undefined) throw new Error('The EHR named no patient.')
  const missing = deniedTypes(scope)
  if (missing.length > 0)
    throw new Error(
      `${denied} to read ${missing.join(', ')}. Without them nothing can be said, so nothing was read.`,
    )
  const user = fhirUserIn(answered.id_token, pending.iss)
  return {
    ...{ iss: pending.iss, token, patientId: patient, scope, configuration },
    ...(user !== undefined && { user }),
    ...(typeof encounter === 'string' && { encounter }),
    ...(appContext !== undefined && { appContext }),
  }
}
