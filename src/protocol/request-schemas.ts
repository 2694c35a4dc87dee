import { Ajv } from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { HookName } from './hook-request.js'

/** The parts of a request body that the schemas check, without nulls; all other parts stay unchecked. */
export interface CheckedBody {
  hook: string
  hookInstance: string
  fhirServer?: string
  fhirAuthorization?: { access_token: string; token_type: string; [other: string]: unknown }
  prefetch?: Record<string, unknown>
  context: {
    userId: string
    patientId: string
    encounterId?: string
    selections?: string[]
    draftOrders?: { resourceType: 'Bundle'; entry?: unknown }
  }
}

const text = { type: 'string', minLength: 1, maxLength: 4096 }

const contextFields = {
  userId: { ...text, maxLength: 1024 },
  // ids become steps of FHIR paths, in which "." and ".." would lead elsewhere
  patientId: { type: 'string', minLength: 1, maxLength: 128, pattern: '^(?!\\.{1,2}$)[A-Za-z0-9.-]+$' },
  encounterId: { type: 'string', maxLength: 1024 },
}
const draftOrders = {
  type: 'object',
  required: ['resourceType'],
  properties: { resourceType: { const: 'Bundle' } },
}
const selections = { type: 'array', minItems: 1, maxItems: 5000, items: { type: 'string', minLength: 1 } }

const contexts: Record<HookName, object> = {
  'patient-view': { type: 'object', required: ['userId', 'patientId'], properties: contextFields },
  'order-select': {
    type: 'object',
    required: ['userId', 'patientId', 'selections', 'draftOrders'],
    properties: { ...contextFields, selections, draftOrders },
  },
  'order-sign': {
    type: 'object',
    required: ['userId', 'patientId', 'draftOrders'],
    properties: { ...contextFields, draftOrders },
  },
}

const body = (context: object): object => ({
  type: 'object',
  required: ['hook', 'hookInstance', 'context'],
  properties: {
    hook: text,
    hookInstance: text,
    context,
    fhirServer: text,
    fhirAuthorization: {
      type: 'object',
      required: ['access_token', 'token_type'],
      properties: {
        access_token: { type: 'string', maxLength: 16384 },
        token_type: { type: 'string', pattern: '^[Bb][Ee][Aa][Rr][Ee][Rr]$' },
      },
    },
    prefetch: { type: 'object' },
  },
})

const ajv = new Ajv({
  strict: true,
  allErrors: false,
  verbose: false,
  messages: true,
  ownProperties: true,
  meta: false, // a test checks these schemas against the meta-schema, so a start need not
  validateSchema: false,
})

const checks = new Map<HookName, ValidateFunction<CheckedBody>>()

/** The check of request bodies of a hook, compiled at the first call of the hook so that a start takes less time. */
export function bodyCheck(hook: HookName): ValidateFunction<CheckedBody> {
  const check = checks.get(hook) ?? ajv.compile<CheckedBody>(body(contexts[hook]))
  checks.set(hook, check)
  return check
}

/**
 * Names the place and the rule at which a check failed.
 *
 * Privacy: the place is made of property names of the schemas and array positions; neither place nor rule holds a
 *          value.
 */
export function failure(errors: readonly ErrorObject[] | null | undefined): {
  missing: boolean
  path: string
  rule: string
} {
  const first = errors?.[0]
  if (!first) return { missing: false, path: '', rule: 'is not valid' }
  const missing = first.keyword === 'required'
  const name = missing ? `/${String(first.params['missingProperty'])}` : ''
  return { missing, path: `${first.instancePath}${name}`, rule: first.message ?? `breaks "${first.keyword}"` }
}
