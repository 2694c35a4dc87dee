/** The stable codes of every refusal and failure of the service; `protocol/error-catalogue.ts` describes each. */
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
 * The error for a wrong request, with the field, the rule and the next step.
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

/** A key whose data could not be read: the code of the reason, and what the code means. */
export interface UnreadKey {
  key: string
  why: string
  says: string
}

/**
 * The error for required data that could not be read (412), with the prefetch keys and why each could not be read, but
 * never their content.
 */
export class DataUnavailable extends Error {
  readonly code: ErrorCode = 'DATA_UNAVAILABLE'
  constructor(readonly unread: readonly UnreadKey[]) {
    const keys = unread.map(({ key }) => key).join(', ')
    super(`Required data could not be read: ${keys}. Supply these prefetch keys or a reachable fhirServer.`)
    this.name = 'DataUnavailable'
  }

  /** Each key with what its reason means. */
  get keys(): readonly string[] {
    return this.unread.map(({ key, says }) => `${key} (${says})`)
  }
}

/** The error for a call whose deadline passed between two steps (503); the call is abandoned and returns no cards. */
export class DeadlinePassed extends Error {
  readonly code: ErrorCode = 'DEADLINE_PASSED'
  constructor() {
    super('The call was past its deadline before its cards were chosen, so it was given up. Retry later.')
    this.name = 'DeadlinePassed'
  }
}

/** The error for a record that neither the audit store nor its spool took (503); the call returns no cards. */
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

/** The error for a store that changed while the process runs (503); nothing is written until the next start. */
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

/** One problem in a settings or content file: its place, and the fix. */
export interface FileProblem {
  file: string
  line?: number
  says: string
  fix: string
}

/** Writes a problem as one line: "cards/ultrasound/card.yaml:12 unknown finding "faild"; use one of ...". */
export const problemLine = ({ file, line, says, fix }: FileProblem): string =>
  `${file}${line === undefined ? '' : `:${line}`} ${says}; ${fix}`

/** The error for malformed cards or value sets, with all problems at once; the service does not start. */
export class CardError extends Error {
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(problemLine).join('\n'))
    this.name = 'CardError'
  }
}

/** The error for malformed or unsafe settings, with all problems at once; the service does not start. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(problemLine).join('\n'))
    this.name = 'ConfigError'
  }
}
