/** Stable codes of everything the service refuses or cannot do; `protocol/error-catalogue.ts` describes each. */
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
  | 'DEADLINE_PASSED'
  | 'RECORD_UNAVAILABLE'
  | 'RECORD_STORE_LOST'
  | 'AUDIT_TOO_COSTLY'
  | 'AUDIT_FORBIDDEN'
  | 'SHUTTING_DOWN'
  | 'INTERNAL'

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

/** A call was past its deadline between two of its steps (503), so it was given up; nothing was advised. */
export class DeadlinePassed extends Error {
  readonly code: ErrorCode = 'DEADLINE_PASSED'
  constructor() {
    super('The call was past its deadline before its cards were chosen, so it was given up. Retry later.')
    this.name = 'DeadlinePassed'
  }
}

/** Neither the audit store nor its spool took the record (503): no record, no advice. */
export class RecordUnavailable extends Error {
  readonly code: ErrorCode = 'RECORD_UNAVAILABLE'
  constructor(
    options?: ErrorOptions,
    message = 'The audit record could not be stored, so no advice is given. Retry later.',
  ) {
    super(message, options)
    this.name = 'RecordUnavailable'
  }
}

/** The audit store is no longer the one the process began with (503): nothing is written until the next start. */
export class RecordStoreLost extends RecordUnavailable {
  override readonly code: ErrorCode = 'RECORD_STORE_LOST'
  constructor() {
    super(
      undefined,
      'The store of the audit records is not in its place, so no advice is given until the operator has put it back and started the service again.',
    )
    this.name = 'RecordStoreLost'
  }
}

/** One thing wrong in a settings or content file: where it is, and what to change. */
export interface FileProblem {
  file: string
  line?: number
  says: string
  fix: string
}

/** A problem as one line: "cards/ultrasound/card.yaml:12 unknown finding "faild"; use one of ...". */
export const problemLine = ({ file, line, says, fix }: FileProblem): string =>
  `${file}${line === undefined ? '' : `:${line}`} ${says}; ${fix}`

/** Cards or value sets are malformed: the service does not start; all problems are listed at once. */
export class CardError extends Error {
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(problemLine).join('\n'))
    this.name = 'CardError'
  }
}

/** A setting is malformed or unsafe: the service does not start; all problems are listed at once. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(problemLine).join('\n'))
    this.name = 'ConfigError'
  }
}
