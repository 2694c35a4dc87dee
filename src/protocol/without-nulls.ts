import { isJsonObject } from './json-object.js'

type Members = Record<string, unknown>

const given = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))

/**
 * A request body without the members that are null, at the three levels that the service checks: the body itself,
 * `context` and `fhirAuthorization`. Some clients write null for each member that they do not use.
 *
 * Shape:   `prefetch` stays as sent, because null under a prefetch key says that a search found nothing.
 * Edge:    a `fhirAuthorization` of nulls alone is absent; an empty one stays and is refused.
 * Missing: a required member that is null is then missing, and is refused by its name.
 * Source:  conformance P5
 */
export function withoutNulls(body: object): Members {
  const members = given(body as Members)
  const { context, fhirAuthorization } = members
  if (isJsonObject(context)) members['context'] = given(context)
  if (isJsonObject(fhirAuthorization)) {
    const authorization = given(fhirAuthorization)
    const onlyNulls = Object.keys(fhirAuthorization).length > 0 && Object.keys(authorization).length === 0
    if (onlyNulls) delete members['fhirAuthorization']
    else members['fhirAuthorization'] = authorization
  }
  return members
}
