/** The error for a wrong command line; the message says how to use the command. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/**
 * The mistake in the command line, in a sentence.
 *
 * Missing: undefined for an error that is no mistake in the command line.
 */
export function usageMistake(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message
  const { code } = error as { code?: unknown }
  if (!(error instanceof TypeError) || !String(code).startsWith('ERR_PARSE_ARGS')) return undefined
  return `${error.message.split(/\.?\s(?:Did you forget|To specify)/)[0] ?? ''}. See --help.`
}
