import type { ErrorCode } from '../errors.js'
import { errorCatalogue } from './error-catalogue.js'
import type { IssueCode } from './error-catalogue.js'

/** The OperationOutcome of FHIR, as the body of an error response. */
export interface OperationOutcome {
  resourceType: 'OperationOutcome'
  issue: readonly {
    severity: 'fatal' | 'error'
    code: IssueCode
    details: { coding: readonly { system: string; code: ErrorCode }[]; text: string }
    diagnostics?: string
    expression?: readonly string[]
  }[]
}

const system = 'urn:mastitis-cds:error'

/**
 * Builds the body of an error response: the stable code, the problem, its place, and the next step.
 *
 * Shape:   `expression` is a JSON pointer into the request; `diagnostics` holds the next step, and for 412 the prefetch
 *          keys.
 * Privacy: holds words of this service, field names and prefetch keys, and never a value of the request.
 * Source:  https://hl7.org/fhir/R4/operationoutcome.html
 */
export function operationOutcome(
  code: ErrorCode,
  text: string,
  { path, keys }: { path?: string | undefined; keys?: readonly string[] } = {},
): OperationOutcome {
  const { issue, next, status, clause } = errorCatalogue[code]
  const where = keys ? `Prefetch keys: ${keys.join('; ')}. ` : ''
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: status >= 500 ? 'fatal' : 'error',
        code: issue,
        details: { coding: [{ system, code }], text },
        diagnostics: `${where}${next}${clause === undefined ? '' : ` See ${clause}`}`,
        ...(path !== undefined && { expression: [path === '' ? '/' : path] }),
      },
    ],
  }
}
