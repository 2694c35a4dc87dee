import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Failure, PageHead } from '../shared/page-head.js'
import { maySignIn, mayTakeCodes } from './allowed.js'
import { configurationFor } from './configuration.js'
import { keepPending } from './pending.js'
import { challengeOf, secret } from './pkce.js'

interface Endpoints {
  authorization_endpoint?: string
  token_endpoint?: string
  code_challenge_methods_supported?: readonly string[]
  issuer?: string
  authorization_response_iss_parameter_supported?: boolean
}

/**
 * Starts a launch: from the EHR's `iss` and `launch` to its sign-in page.
 *
 * Edge:   a server that this service does not list is never asked anything: the service refuses to say more.
 * Throws: an `Error` with a sentence for the reader.
 * Source: https://hl7.org/fhir/smart-app-launch/app-launch.html
 */
async function signInAddress(query: URLSearchParams): Promise<string> {
  const [iss, launch] = [query.get('iss') ?? '', query.get('launch')]
  if (launch === null) throw new Error('This page is opened by an EHR, with iss and launch in its address.')
  const configuration = await configurationFor(iss)
  const { iss: base } = configuration
  const response = await fetch(`${base}/.well-known/smart-configuration`, {
    headers: { Accept: 'application/json' },
    credentials: 'omit',
    redirect: 'error',
  })
  if (!response.ok) throw new Error('The EHR did not say where to sign in.')
  const endpoints = (await response.json()) as Endpoints
  const { authorization_endpoint: signIn = '', token_endpoint: tokenEndpoint = '' } = endpoints
  if (!maySignIn(signIn, configuration)) throw new Error('The sign-in address of the EHR is not safe.')
  if (!mayTakeCodes(tokenEndpoint, configuration))
    throw new Error(
      'The token address of the EHR is not on the list; add its origin to smart.issuers (tokenOrigins).',
    )
  if (!endpoints.code_challenge_methods_supported?.includes('S256'))
    throw new Error('The EHR does not support PKCE with S256, which this app insists on.')
  const [state, verifier] = [secret(32), secret(48)]
  const { issuer, authorization_response_iss_parameter_supported: namesItself = false } = endpoints
  keepPending({
    state,
    verifier,
    iss: base,
    tokenEndpoint,
    namesItself,
    ...(issuer !== undefined && { issuer }),
  })
  const address = new URL(signIn)
  const parameters = {
    response_type: 'code',
    client_id: configuration.clientId,
    redirect_uri: configuration.redirectUri,
    scope: configuration.scope,
    state,
    aud: iss,
    launch,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return address.href
}

function Launch() {
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    signInAddress(new URLSearchParams(location.search)).then(
      (address) => location.replace(address),
      (error: unknown) => setFailure(error instanceof Error ? error.message : 'The launch failed.'),
    )
  }, [])
  return (
    <>
      <PageHead here="Breast check" places={[]} />
      <main id="main">
        <h1>Opening from the EHR</h1>
        {failure === undefined ? <p role="status">One moment …</p> : <Failure says={failure} />}
      </main>
    </>
  )
}

const page = document.getElementById('page')
if (page) render(<Launch />, page)
