const reference = /^(?:Practitioner|PractitionerRole|Patient|RelatedPerson)\/[A-Za-z0-9\-.]{1,64}$/

/**
 * The reference of the signed-in user, from the `fhirUser` of an ID token.
 *
 * Shape:   relative to the FHIR server that launched the app.
 * Edge:    the token came straight from the token endpoint, so its signature is not checked. A user of another server, or of
 *          another kind, is nobody here.
 * Missing: undefined without a token or a user that can be named as performer.
 * Source:  https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html; OpenID Connect Core 3.1.3.7
 */
export function fhirUserIn(idToken: string | undefined, iss: string): string | undefined {
  const [, payload] = idToken?.split('.') ?? []
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    const user = typeof claims === 'object' && claims !== null && 'fhirUser' in claims ? claims.fhirUser : ''
    if (typeof user !== 'string') return undefined
    const relative = user.startsWith(`${iss}/`) ? user.slice(iss.length + 1) : user
    return reference.test(relative) ? relative : undefined
  } catch {
    return undefined
  }
}
