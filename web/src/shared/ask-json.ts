/** A refusal of the service, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

interface Outcome {
  issue?: { diagnostics?: string; details?: { text?: string } }[]
}

function outcomeWords(body: unknown, status: number): string {
  const [issue] = (body as Outcome | undefined)?.issue ?? []
  return issue?.diagnostics ?? issue?.details?.text ?? `The service answered ${status}.`
}

/**
 * Gets JSON from the service, or posts it some.
 *
 * Throws: `Refused` with the words of the OperationOutcome.
 */
export async function askJson<Answer>(
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const post = { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(url, {
    ...(body !== undefined && post),
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
  })
  const answer = (await response.json().catch(() => undefined)) as unknown
  if (!response.ok) throw new Refused(response.status, outcomeWords(answer, response.status))
  return answer as Answer
}

/** An error in words for the reader. */
export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something failed.'
