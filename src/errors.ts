/** Stable codes of everything the service refuses or cannot do; the error catalogue is generated from these. */
export type ErrorCode =
  | 'PROTOCOL_BODY_NOT_JSON'
  | 'PROTOCOL_BODY_NOT_OBJECT'
  | 'PROTOCOL_BODY_TOO_DEEP'
  | 'PROTOCOL_BODY_TOO_LARGE'
  | 'PROTOCOL_FIELD_INVALID'
  | 'PROTOCOL_FIELD_MISSING'
  | 'PROTOCOL_HOOK_NOT_SERVED'
  | 'PROTOCOL_FHIR_SERVER_INVALID'
  | 'PROTOCOL_FEEDBACK_INVALID'
  | 'PROTOCOL_MEDIA_TYPE'
  | 'PROTOCOL_ENCODING'
  | 'PROTOCOL_METHOD'
  | 'PROTOCOL_SERVICE_UNKNOWN'
  | 'PROTOCOL_PATH_UNKNOWN'
  | 'PROTOCOL_PATH_MALFORMED'
  | 'AUTH_REFUSED'
  | 'LIMIT_RATE'
  | 'LIMIT_OVERLOAD'
  | 'HEADERS_TOO_LARGE'
  | 'HTTP_MALFORMED'
  | 'HTTP_TIMEOUT'
  | 'DATA_UNAVAILABLE'
  | 'RECORD_UNAVAILABLE'
  | 'SHUTTING_DOWN'
  | 'INTERNAL'

/** FHIR issue types that our OperationOutcomes use. */
export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'not-found'
  | 'not-supported'
  | 'too-long'
  | 'too-costly'
  | 'login'
  | 'throttled'
  | 'transient'
  | 'incomplete'
  | 'exception'

/**
 * What an integrator needs to know about one code; `docs/generated/errors.md` is built from these.
 *
 * Shape:  `means` and `next` are whole sentences; `clause` is a URL, absent where no standard asks for the answer.
 */
export interface ErrorEntry {
  status: number
  issue: IssueCode
  means: string
  next: string
  clause?: string
}

const cdsHooks = 'https://cds-hooks.hl7.org/2.0/'

/** Every code with its status, the clause behind it and what the integrator does next. */
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
      'The body is over the size limit (4 MiB by default, after decompression), has over 500,000 values, one object of a long body has over 10,000 members, or a Bundle that is read has over 5,000 entries.',
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
    means: 'A feedback item breaks the table of the standard; nothing of the post was stored.',
    next: 'Correct the item that `expression` points at and post all items again.',
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
    means: 'The Content-Encoding is not gzip, deflate, br or identity.',
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
    means: 'The service is working on as many calls as it may; this one waited 500 ms without a free place.',
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
    means: 'The headers took over 10 s to arrive, or the whole request over 15 s.',
    next: 'Send the request in one go; look for a slow or broken connection.',
  },
  DATA_UNAVAILABLE: {
    status: 412,
    issue: 'incomplete',
    means:
      'Required FHIR data came neither by prefetch nor from the FHIR server; `diagnostics` names the prefetch keys.',
    next: 'Supply these prefetch keys, or a fhirServer in the allow-list of this client with a token whose scopes cover them. Do not show this answer as "all clear".',
    clause: `${cdsHooks}#http-status-codes`,
  },
  RECORD_UNAVAILABLE: {
    status: 503,
    issue: 'transient',
    means: 'The audit record could not be kept, so no advice is given.',
    next: 'Retry later; the operator finds the store in the log and in /health/ready.',
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

/**
 * The request is wrong: which field, which rule, what to do.
 *
 * Privacy: `path` and `message` name fields and rules, never values.
 */
export class ProtocolError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly path?: string,
    readonly spec?: string,
  ) {
    super(message)
    this.name = 'ProtocolError'
  }
}

/** Required data could not be had (412): names the prefetch keys, never what was in them. */
export class DataUnavailable extends Error {
  readonly code: ErrorCode = 'DATA_UNAVAILABLE'
  constructor(readonly keys: readonly string[]) {
    super(
      `Required data could not be read: ${keys.join(', ')}. Supply these prefetch keys or a reachable fhirServer.`,
    )
    this.name = 'DataUnavailable'
  }
}

/** Neither the audit store nor its spool took the record (503): no record, no advice. */
export class RecordUnavailable extends Error {
  readonly code: ErrorCode = 'RECORD_UNAVAILABLE'
  constructor(options?: ErrorOptions) {
    super('The audit record could not be stored, so no advice is given. Retry later.', options)
    this.name = 'RecordUnavailable'
  }
}

/** One thing wrong in a settings or content file: where it is, and what to change. */
export interface Problem {
  file: string
  line?: number
  says: string
  fix: string
}

/** A problem as one line: "cards/ultrasound/card.yaml:12 unknown finding "faild"; use one of ...". */
export const problemLine = ({ file, line, says, fix }: Problem): string =>
  `${file}${line === undefined ? '' : `:${line}`} ${says}; ${fix}`

/** Cards or value sets are malformed: the service does not start; all problems are listed at once. */
export class CardError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'))
    this.name = 'CardError'
  }
}

/** A setting is malformed or unsafe: the service does not start; all problems are listed at once. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'))
    this.name = 'ConfigError'
  }
}
