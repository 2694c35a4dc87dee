import { errorCatalogue } from '../../src/protocol/error-catalogue.js'
import type { ErrorEntry } from '../../src/protocol/error-catalogue.js'
import { authReasons } from '../../src/http/trust/auth-refused.js'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const entryLines = ([code, { status, issue, means, next, clause }]: [string, ErrorEntry]): string =>
  [
    `### ${code}`,
    '',
    `Status **${status}**, issue code \`${issue}\`${clause === undefined ? '' : `, [clause](${clause})`}.`,
    '',
    means,
    '',
    `**Do next:** ${next}`,
    '',
  ].join('\n')

/** The error catalogue: every code an answer can carry, and every reason a token can be refused for. */
export function errorPage(): string {
  const entries = Object.entries(errorCatalogue).sort(
    ([oneCode, one], [otherCode, other]) => one.status - other.status || (oneCode < otherCode ? -1 : 1),
  )
  const reasons = Object.entries(authReasons).map(([code, means]) => `| \`${code}\` | ${cell(means)} |`)
  return `# Errors

Every answer that is not 2xx is a FHIR OperationOutcome. \`issue[0].details.coding[0].code\` holds one of the codes below and stays the
same between releases; match it, not the text. \`issue[0].expression[0]\` is a JSON pointer into the request, where there is one. Every
answer carries \`X-Request-Id\`; the log line of the call carries the same id.

${entries.map(entryLines).join('\n')}
## Why a token was refused

The caller always gets the same 401. The log line of the call holds \`authReason\`, and the first twelve digits of the SHA-256 of the \`jti\`
and \`kid\` that were sent (\`jtiHash\`, \`kidHash\`), so that both sides can find the same call without the token being written anywhere.

| authReason | what it means and what to do |
|---|---|
${reasons.join('\n')}
`
}
