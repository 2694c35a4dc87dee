import type { ErrorCode } from '../errors.js'

/** The FHIR issue types that the OperationOutcomes of this service use. */
export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'not-found'
  | 'not-supported'
  | 'too-long'
  | 'too-costly'
  | 'login'
  | 'forbidden'
  | 'throttled'
  | 'transient'
  | 'incomplete'
  | 'exception'

/**
 * The entry of one error code for integrators; `docs/generated/errors.md` is built from these entries.
 *
 * Shape: `means` and `next` are whole sentences; `clause` is a URL, absent where no standard asks for the error.
 */
export interface ErrorEntry {
  status: number
  issue: IssueCode
  means: string
  next: string
  clause?: string
}

const cdsHooks = 'https://cds-hooks.hl7.org/2.0/'

/**
 * Every error code with its status, the clause of the standard behind the code, and the next step of the integrator.
 */
export const errorCatalogue: Readonly<Record<ErrorCode, ErrorEntry>> = {
  PROTOCOL_BODY_NOT_JSON: {
    status: 400,
    issue: 'structure',
    means: 'The body is not JSON (RFC 8259) in UTF-8.',
    next: 'Send one JSON object in UTF-8; look for cut-off bodies and HTML error pages pasted into prefetch.',
    clause: `${cdsHooks}#use-of-json`,
  },
  PROTOCOL_BODY_NOT_OBJECT: {
    status: 400,
    issue: 'structure',
    means: 'The body is JSON, but not an object.',
    next: 'Send the CDS Hooks request object itself, not an array, a string or nothing.',
    clause: `${cdsHooks}#http-request_1`,
  },
  PROTOCOL_BODY_TOO_DEEP: {
    status: 400,
    issue: 'structure',
    means: 'Objects and arrays in the body are nested deeper than the limit (64 by default).',
    next: 'FHIR data never nest this deep: look for a loop in the code that builds the request.',
  },
  PROTOCOL_BODY_TOO_LARGE: {
    status: 413,
    issue: 'too-long',
    means:
      'The body is over the size limit (2 MiB by default, after decompression), has over 80,000 values, objects of over 5,000 shapes or one of over 1,000 members, or a Bundle that is read has over 5,000 entries.',
    next: 'Use the _count of the prefetch templates; leave a key out and give a fhirServer instead.',
  },
  PROTOCOL_FIELD_INVALID: {
    status: 400,
    issue: 'value',
    means: 'A field has the wrong type or form; `expression` points at it.',
    next: 'Correct the named field by the rule in the text.',
    clause: `${cdsHooks}#http-request_1`,
  },
  PROTOCOL_FIELD_MISSING: {
    status: 400,
    issue: 'required',
    means: 'A required field is missing; `expression` points at it.',
    next: 'Send the named field.',
    clause: `${cdsHooks}#http-request_1`,
  },
  PROTOCOL_HOOK_NOT_SERVED: {
    status: 400,
    issue: 'not-supported',
    means: 'The `hook` is not the one that this service id serves.',
    next: 'Call the service id that discovery lists for this hook.',
    clause: `${cdsHooks}#calling-a-cds-service`,
  },
  PROTOCOL_FHIR_SERVER_INVALID: {
    status: 400,
    issue: 'value',
    means:
      '`fhirServer` is not an absolute http(s) URL, holds user-info or a fragment, or is missing beside `fhirAuthorization`.',
    next: 'Send the base URL of the FHIR server, such as https://ehr.example.org/r4.',
    clause: `${cdsHooks}#fhir-resource-access`,
  },
  PROTOCOL_FEEDBACK_INVALID: {
    status: 400,
    issue: 'value',
    means: 'The body has no list of feedback items, or every item breaks the table of the standard.',
    next: 'Correct the items, beginning with the one that `expression` points at, and post them again.',
    clause: `${cdsHooks}#feedback`,
  },
  PROTOCOL_MEDIA_TYPE: {
    status: 415,
    issue: 'not-supported',
    means: 'The Content-Type is missing, not JSON, or names a charset other than UTF-8.',
    next: 'Send `Content-Type: application/json`.',
    clause: `${cdsHooks}#http-request_1`,
  },
  PROTOCOL_ENCODING: {
    status: 415,
    issue: 'not-supported',
    means: 'The Content-Encoding is not gzip, deflate or identity.',
    next: 'Send the body plain or compressed with gzip.',
  },
  PROTOCOL_METHOD: {
    status: 405,
    issue: 'not-supported',
    means: 'The path exists, but not with this method; `Allow` lists those that do.',
    next: 'POST to services and feedback, GET discovery.',
    clause: `${cdsHooks}#calling-a-cds-service`,
  },
  PROTOCOL_SERVICE_UNKNOWN: {
    status: 404,
    issue: 'not-found',
    means: 'No service has this id.',
    next: 'Take the id from discovery.',
    clause: `${cdsHooks}#discovery`,
  },
  PROTOCOL_PATH_UNKNOWN: {
    status: 404,
    issue: 'not-found',
    means: 'Nothing is served at this path.',
    next: 'Check the base URL: discovery is at {base}/cds-services.',
    clause: `${cdsHooks}#discovery`,
  },
  PROTOCOL_PATH_MALFORMED: {
    status: 400,
    issue: 'value',
    means: 'The path holds percent-encoding that cannot be decoded.',
    next: 'Encode the path as RFC 3986 says.',
  },
  AUTH_REFUSED: {
    status: 401,
    issue: 'login',
    means: 'The JSON Web Token is missing or not acceptable. The answer is the same for every cause.',
    next: 'Ask the operator for the reason code that the service logged for this request id, and look it up in docs/generated/errors.md.',
    clause: `${cdsHooks}#trusting-cds-clients`,
  },
  LIMIT_RATE: {
    status: 429,
    issue: 'throttled',
    means: 'More calls per minute than the limit of this client or address.',
    next: 'Wait for the seconds in Retry-After; ask the operator for a higher limit if the load is real.',
  },
  LIMIT_OVERLOAD: {
    status: 503,
    issue: 'transient',
    means:
      'The service has as much to do as it may: no place became free in time, too many bytes of bodies or unanswered requests are held, or it does not keep up.',
    next: 'Retry after the seconds in Retry-After, or go on without advice.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    issue: 'too-long',
    means: 'The header block is over 16 KiB.',
    next: 'Send fewer or shorter headers; look for cookies that do not belong here.',
  },
  HTTP_MALFORMED: {
    status: 400,
    issue: 'structure',
    means: 'What arrived is not an HTTP/1.1 request.',
    next: 'Check for a proxy that speaks another protocol or sends both Content-Length and Transfer-Encoding.',
  },
  HTTP_TIMEOUT: {
    status: 408,
    issue: 'transient',
    means:
      'The headers took over 10 s to arrive, or the whole request over 15 s; or a body over 1 s while others needed the bytes it held.',
    next: 'Send the request in one go; look for a slow or broken connection.',
  },
  DATA_UNAVAILABLE: {
    status: 412,
    issue: 'incomplete',
    means:
      'Required FHIR data came neither by prefetch nor from the FHIR server; `diagnostics` names the prefetch keys and why each could not be read.',
    next: 'Supply these prefetch keys, or a fhirServer in the allow-list of this client with a token whose scopes cover them. Do not show this answer as "all clear".',
    clause: `${cdsHooks}#http-status-codes`,
  },
  DEADLINE_PASSED: {
    status: 503,
    issue: 'transient',
    means:
      'The call was more than a second past its deadline (`clients[].deadline`) before its cards were chosen, so it was given up.',
    next: 'Retry after the seconds in Retry-After, or go on without advice. If it comes often, the process has too much to do: tell the operator.',
  },
  RECORD_UNAVAILABLE: {
    status: 503,
    issue: 'transient',
    means: 'The audit record could not be kept, so no advice is given.',
    next: 'Retry later; the operator finds the store in the log and in /health/ready.',
  },
  RECORD_STORE_LOST: {
    status: 503,
    issue: 'transient',
    means:
      'The store of the audit records was removed, replaced, cut off or taken over by a newer version while the service ran, so no advice is given until the service is started again.',
    next: 'Go on without advice; the operator finds in the log (`audit store lost`) what happened, puts the store back and starts the service again.',
  },
  AUDIT_TOO_COSTLY: {
    status: 503,
    issue: 'too-costly',
    means:
      'A question about the records took more time (10 minutes) or memory than the process that answers it may.',
    next: 'Ask for a shorter range, or ask on the command line, which has no such limits.',
  },
  AUDIT_FORBIDDEN: {
    status: 403,
    issue: 'forbidden',
    means: 'The role of this admin token may not ask this, or its client is another.',
    next: 'Ask what the role may, or use a token of another role; docs/audit.md lists them.',
  },
  SHUTTING_DOWN: {
    status: 503,
    issue: 'transient',
    means: 'This process is stopping and takes no new work.',
    next: 'Retry; another process answers.',
  },
  INTERNAL: {
    status: 500,
    issue: 'exception',
    means: 'A bug in this service.',
    next: 'Report the X-Request-Id of the answer to the operator.',
  },
}
