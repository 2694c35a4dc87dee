import { Router } from 'express'
import type { ErrorCode } from '../errors.js'
import { errorCatalogue } from '../protocol/error-catalogue.js'
import { hookNames } from '../protocol/hook-request.js'
import { schemaRef, schemas } from './openapi-schemas.js'
import { named, only } from './routes.js'
import { shared, sharedJson } from './shared-answer.js'

type Schema = keyof typeof schemas

/** The error codes that any path may return. */
const everywhere: readonly ErrorCode[] = [
  'PROTOCOL_METHOD',
  'PROTOCOL_PATH_MALFORMED',
  'HEADERS_TOO_LARGE',
  'HTTP_TIMEOUT',
  'LIMIT_RATE',
  'LIMIT_OVERLOAD',
  'INTERNAL',
]
const atTheDoor: readonly ErrorCode[] = ['AUTH_REFUSED', 'SHUTTING_DOWN']
const ofBodies: readonly ErrorCode[] = [
  'PROTOCOL_BODY_NOT_JSON',
  'PROTOCOL_BODY_NOT_OBJECT',
  'PROTOCOL_BODY_TOO_DEEP',
  'PROTOCOL_BODY_TOO_LARGE',
  'PROTOCOL_MEDIA_TYPE',
  'PROTOCOL_ENCODING',
  'PROTOCOL_SERVICE_UNKNOWN',
  'RECORD_UNAVAILABLE',
  'RECORD_STORE_LOST',
]
const ofCalls: readonly ErrorCode[] = [
  'PROTOCOL_FIELD_INVALID',
  'PROTOCOL_FIELD_MISSING',
  'PROTOCOL_HOOK_NOT_SERVED',
  'PROTOCOL_FHIR_SERVER_INVALID',
  'DATA_UNAVAILABLE',
  'DEADLINE_PASSED',
]

const content = (type: string, schema: Schema): object => ({ [type]: { schema: schemaRef(schema) } })

/** The error responses of an operation: one for each status, with the codes that lead to the status. */
function errorAnswers(codes: readonly ErrorCode[]): Record<string, object> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) {
    const { status } = errorCatalogue[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([one], [other]) => one - other)
      .map(([status, these]) => [
        String(status),
        {
          description: these.map((code) => `\`${code}\`: ${errorCatalogue[code].means}`).join(' '),
          content: content('application/fhir+json', 'OperationOutcome'),
        },
      ]),
  )
}

/** A GET operation without a token and with one success response. */
function openGet(summary: string, type: string, schema: Schema, more: object = {}): object {
  const good = { description: summary, content: content(type, schema) }
  const get = { summary, security: [], responses: { 200: good, ...errorAnswers(everywhere) }, ...more }
  return { get }
}

/** An operation of the SMART app: a POST with JSON in request and response. */
function smartPost(summary: string): object {
  const responses = {
    200: { description: summary, content: content(json, 'AnyJson') },
    ...errorAnswers([...everywhere, ...ofBodies, 'PROTOCOL_FIELD_MISSING', 'PROTOCOL_FIELD_INVALID']),
  }
  const requestBody = { required: true, content: content(json, 'AnyJson') }
  return { post: { summary, security: [], requestBody, responses, 'x-smart-app': true } }
}

/** A page for people, which exists once the pages are built. */
function page(summary: string, more: object = {}): object {
  const good = { description: summary, content: { 'text/html': { schema: { type: 'string' } } } }
  const responses = { 200: good, ...errorAnswers([...everywhere, 'PROTOCOL_PATH_UNKNOWN']) }
  return { get: { summary, security: [], responses, 'x-page': true, ...more } }
}

const json = 'application/json'
const serviceId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { enum: hookNames.map((hook) => `mastitis-${hook}`) },
}
const kind = { name: 'kind', in: 'path', required: true, schema: { type: 'string' } }

/** Every path of the public listener; a test compares the paths with the running app. */
const paths = {
  '/cds-services': openGet('The services and the data each needs', json, 'Discovery', {
    description: 'Open by default; with `discovery: protected` it needs a token like any call.',
    security: [{}, { clientToken: [] }],
    responses: {
      200: { description: 'The services', content: content(json, 'Discovery') },
      ...errorAnswers([...everywhere, ...atTheDoor]),
    },
  }),
  '/cds-services/{id}': {
    parameters: [serviceId],
    post: {
      summary: 'Calls a hook; answers cards, possibly none',
      requestBody: { required: true, content: content(json, 'HookRequest') },
      responses: {
        200: { description: 'Cards, possibly none', content: content(json, 'CardsAnswer') },
        ...errorAnswers([...everywhere, ...atTheDoor, ...ofBodies, ...ofCalls]),
      },
    },
  },
  '/cds-services/{id}/feedback': {
    parameters: [serviceId],
    post: {
      summary: 'Tells what became of cards',
      requestBody: { required: true, content: content(json, 'Feedback') },
      responses: {
        200: {
          description: 'Which items were kept, and which were refused',
          content: content(json, 'FeedbackAnswer'),
        },
        ...errorAnswers([...everywhere, ...atTheDoor, ...ofBodies, 'PROTOCOL_FEEDBACK_INVALID']),
      },
    },
  },
  '/health/live': openGet('Is the process alive? Depends on nothing', json, 'Health'),
  '/health/ready': openGet('May it be given work?', json, 'Health', {
    responses: {
      200: { description: 'Ready', content: content(json, 'Health') },
      503: { description: 'Not ready', content: content(json, 'Health') },
      ...errorAnswers(everywhere),
    },
  }),
  '/openapi.json': openGet('This description', json, 'AnyJson'),
  '/CodeSystem/card-kind': openGet('The kinds of cards', 'application/fhir+json', 'FhirResource'),
  '/CodeSystem/breast-check': openGet(
    'The codes of the breast check that this service defines',
    'application/fhir+json',
    'FhirResource',
  ),
  '/Questionnaire/breast-check': openGet(
    'The breast check as a FHIR Questionnaire',
    'application/fhir+json',
    'FhirResource',
  ),
  '/CodeSystem/override-reason': openGet(
    'The override reasons offered',
    'application/fhir+json',
    'FhirResource',
  ),
  '/cards/{kind}/attributes': {
    parameters: [kind],
    ...openGet('Source attributes of a card', json, 'AnyJson', {
      responses: {
        200: { description: 'The attributes', content: content(json, 'AnyJson') },
        ...errorAnswers([...everywhere, 'PROTOCOL_PATH_UNKNOWN']),
      },
    }),
  },
  '/cards.json': openGet('Every card with its logic, numbers and evidence', json, 'AnyJson'),
  '/cards': page('All cards'),
  '/cards/{name}': {
    parameters: [{ ...kind, name: 'name' }],
    ...page('One card with its logic and evidence'),
  },
  '/smart/launch.html': page('Launches the SMART app'),
  '/smart/app.html': page('The SMART app'),
  '/smart/configuration': openGet(
    'What the SMART app needs to know, for the server that launched it',
    json,
    'AnyJson',
    {
      parameters: [{ name: 'iss', in: 'query', required: true, schema: { type: 'string', format: 'uri' } }],
      responses: {
        200: { description: 'The configuration of this launch', content: content(json, 'AnyJson') },
        ...errorAnswers([...everywhere, 'PROTOCOL_FIELD_MISSING', 'PROTOCOL_FIELD_INVALID']),
      },
    },
  ),
  '/smart/evaluate': smartPost('Evaluates what the SMART app read with the token of its user'),
  '/': page('The workbench', { 'x-development-only': true }),
  '/assets/{name}': {
    parameters: [{ ...kind, name: 'name' }],
    ...openGet('A script or style sheet of the pages', 'text/javascript', 'AnyJson', {
      responses: {
        200: { description: 'The file' },
        ...errorAnswers([...everywhere, 'PROTOCOL_PATH_UNKNOWN']),
      },
    }),
  },
  '/workbench/start': openGet('What the workbench offers: stories, orders, numbers', json, 'AnyJson', {
    'x-development-only': true,
  }),
  '/workbench/evaluate': {
    post: {
      summary: 'Evaluates an invented patient for the workbench',
      security: [],
      'x-development-only': true,
      requestBody: { required: true, content: content(json, 'AnyJson') },
      responses: {
        200: { description: 'Facts, findings and cards', content: content(json, 'AnyJson') },
        ...errorAnswers([...everywhere, ...ofBodies, 'PROTOCOL_FIELD_INVALID']),
      },
    },
  },
  '/workbench/read': {
    post: {
      summary: 'Reads one text as the cards read it',
      security: [],
      'x-development-only': true,
      requestBody: { required: true, content: content(json, 'AnyJson') },
      responses: {
        200: { description: 'What was read, and what could not be read', content: content(json, 'AnyJson') },
        ...errorAnswers([...everywhere, ...ofBodies, 'PROTOCOL_FIELD_INVALID']),
      },
    },
  },
  '/evidence/charter': openGet('The charter of the service', 'text/plain', 'AnyJson'),
  '/evidence/after-loss': openGet('Care after a loss', 'text/plain', 'AnyJson'),
} as const satisfies Record<string, object>

/** The OpenAPI 3.1 description of the public listener. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'mastitis-cds',
    version: '1',
    summary: 'CDS Hooks service for lactational mastitis',
    description:
      'CDS Hooks 2.0.1. Errors are OperationOutcomes with a stable code; docs/generated/errors.md explains each.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  security: [{ clientToken: [] }],
  paths,
  components: {
    securitySchemes: {
      clientToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A JWT of the calling EHR for exactly this URL, signed with ES384 or RS384, used once.',
      },
    },
    schemas,
  },
} as const

/** GET /openapi.json */
export function openapiRoute(): Router {
  const router = Router()
  router.all('/openapi.json', named('/openapi.json'), only('GET', 'HEAD'), shared(sharedJson(openapi)))
  return router
}
