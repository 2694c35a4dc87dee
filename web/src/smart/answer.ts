import type { Pending } from './pending.js'

const denied = 'The EHR did not allow it'

/**
 * Checks the answer of the sign-in page and gives its code.
 *
 * Edge:   an answer with another state, or from another authorization server than the one that was asked, is stopped
 *         before the code is sent anywhere.
 * Throws: an `Error` with a sentence for the reader.
 * Source: RFC 6749, 4.1.2; RFC 9207, 2.4.
 */
export function codeIn(
  answer: URLSearchParams,
  pending: Pending | undefined,
): { code: string; pending: Pending } {
  const code = answer.get('code')
  if (code === null && !answer.has('error'))
    throw new Error('Open this page from the EHR: it needs a patient.')
  if (!pending || answer.get('state') !== pending.state)
    throw new Error(
      'This answer does not belong to a launch of this window. Nothing was sent; open the app again.',
    )
  if (!isFromAskedServer(answer.get('iss'), pending))
    throw new Error('This answer comes from another sign-in server. Nothing was sent; open the app again.')
  if (code === null) throw new Error(`${denied}: ${answer.get('error')?.slice(0, 60) ?? ''}.`)
  return { code, pending }
}

/** Does the answer name the server that was asked? A server that says it always names itself must. */
function isFromAskedServer(named: string | null, { iss, issuer, namesItself }: Pending): boolean {
  if (named === null) return !namesItself
  return named === (issuer ?? iss)
}
