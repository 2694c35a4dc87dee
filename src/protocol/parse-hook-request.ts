import { ProtocolError } from '../errors.js'
import type { FhirAuthorization, HookRequest } from './hook-request.js'
import { isJsonObject } from './json-object.js'
import { breastCheckKey } from './breast-check.js'
import { prefetchTemplates } from './prefetch-templates.js'
import { bodyCheck, failure } from './request-schemas.js'
import type { CheckedBody } from './request-schemas.js'
import { serviceById } from './services.js'
import { withoutNulls } from './without-nulls.js'

/** The largest number of entries in one Bundle; a larger Bundle is refused. */
export const maxBundleEntries = 5000

const spec = 'https://cds-hooks.hl7.org/2.0/#http-request_1'
const access = 'https://cds-hooks.hl7.org/2.0/#fhir-resource-access'

/**
 * Reads the body of a CDS Hooks request, and refuses a malformed member instead of guessing its meaning.
 *
 * Shape:   unknown fields are ignored; `prefetch` values stay unchecked. An empty `access_token` is no token.
 * Missing: an optional member that is null is absent; a required one that is null is missing.
 * Throws:  `ProtocolError` with the JSON pointer and the rule.
 * Privacy: errors name fields and rules, never values.
 * Source:  https://cds-hooks.hl7.org/2.0/#http-request_1
 */
export function parseHookRequest(serviceId: string, sent: unknown): HookRequest {
  const service = serviceById(serviceId)
  if (!service) throw unknownService()
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw notAnObject()
  const body: unknown = withoutNulls(sent)
  refuseForeignHook(service.hook, sent)
  const check = bodyCheck(service.hook)
  if (!check(body)) {
    const { missing, path, rule } = failure(check.errors)
    throw new ProtocolError(
      missing ? 'PROTOCOL_FIELD_MISSING' : 'PROTOCOL_FIELD_INVALID',
      missing ? `${path} is required.` : `${path === '' ? 'The body' : path} ${rule}.`,
      path,
      spec,
    )
  }
  const { context, fhirServer, hookInstance } = body
  const authorization = readAuthorization(body)
  if (fhirServer !== undefined) refuseUnusableServer(fhirServer)
  return {
    serviceId: service.id,
    hook: service.hook,
    hookInstance,
    patientId: context.patientId,
    userId: context.userId,
    ...(context.encounterId && { encounterId: context.encounterId }),
    draftOrders: entries(context.draftOrders, '/context/draftOrders'),
    selections: context.selections ?? [],
    ...(fhirServer !== undefined && { fhirServer }),
    ...(authorization && { fhirAuthorization: authorization }),
    prefetch: readPrefetch(body.prefetch),
  }
}

function refuseForeignHook(hook: string, body: object): void {
  const asked: unknown = (body as { hook?: unknown }).hook
  if (typeof asked === 'string' && asked !== '' && asked !== hook)
    throw new ProtocolError('PROTOCOL_HOOK_NOT_SERVED', `This service serves ${hook} only.`, '/hook', spec)
}

/**
 * Reads the token that the client gives the service. Members that some clients omit or send as null are read only when
 * well formed.
 */
function readAuthorization({
  fhirAuthorization: sent,
  fhirServer,
  context,
}: CheckedBody): FhirAuthorization | undefined {
  if (!sent) return undefined
  if (fhirServer === undefined)
    throw new ProtocolError(
      'PROTOCOL_FHIR_SERVER_INVALID',
      '/fhirServer is required beside fhirAuthorization.',
      '/fhirServer',
      access,
    )
  const { expires_in: expiresIn, scope, patient } = sent
  if (typeof patient === 'string' && patient !== context.patientId)
    throw new ProtocolError(
      'PROTOCOL_FIELD_INVALID',
      '/fhirAuthorization/patient must be the patient of the context.',
      '/fhirAuthorization/patient',
      access,
    )
  return {
    accessToken: sent.access_token,
    ...(typeof expiresIn === 'number' && { expiresInSeconds: expiresIn }),
    ...(typeof scope === 'string' && { scope }),
    ...(typeof patient === 'string' && { patient }),
  }
}

/** Refuses a `fhirServer` that is no base URL; the gather room checks the client's allow-list later. */
function refuseUnusableServer(fhirServer: string): void {
  const url = URL.canParse(fhirServer) ? new URL(fhirServer) : undefined
  const web = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!web || url.username !== '' || url.password !== '' || /[#\\\s]/.test(fhirServer))
    throw new ProtocolError(
      'PROTOCOL_FHIR_SERVER_INVALID',
      '/fhirServer must be an absolute http or https URL without user-info and fragment.',
      '/fhirServer',
      access,
    )
}

/** The keys of discovery, and the key of a breast check, which has no template: an EHR that has one sends it. */
const readPrefetchKeys: readonly string[] = [...prefetchTemplates.map(({ key }) => key), breastCheckKey]

/** Takes the values of the prefetch keys in discovery and of `breastCheck`, and ignores all other keys without reading them. */
function readPrefetch(prefetch: Record<string, unknown> | undefined): ReadonlyMap<string, unknown> {
  const read = new Map<string, unknown>()
  if (!prefetch) return read
  for (const key of readPrefetchKeys) {
    if (!Object.hasOwn(prefetch, key)) continue
    const value = prefetch[key]
    refuseHugeBundle(value, '/prefetch')
    read.set(key, value)
  }
  return read
}

/** Lists the entries of a draft Bundle in their order, without those that hold no resource. */
function entries(bundle: { entry?: unknown } | undefined, path: string): readonly unknown[] {
  if (!bundle || !Array.isArray(bundle.entry)) return []
  refuseHugeBundle(bundle, path)
  return bundle.entry.filter(
    (entry: unknown) => isJsonObject(entry) && entry['resource'] !== undefined && entry['resource'] !== null,
  )
}

function refuseHugeBundle(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null || !('entry' in value)) return
  if (Array.isArray(value.entry) && value.entry.length > maxBundleEntries)
    throw new ProtocolError(
      'PROTOCOL_BODY_TOO_LARGE',
      `A Bundle holds more than ${maxBundleEntries} entries.`,
      path,
    )
}

/** The error for a service id that discovery does not list. */
export const unknownService = (): ProtocolError =>
  new ProtocolError(
    'PROTOCOL_SERVICE_UNKNOWN',
    'No service has this id.',
    undefined,
    'https://cds-hooks.hl7.org/2.0/#discovery',
  )

const notAnObject = (): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_NOT_OBJECT', 'The body must be a JSON object.', '', spec)
