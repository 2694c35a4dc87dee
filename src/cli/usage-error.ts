/** The command line was used wrongly; the message is a sentence that says what to do. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/**
 * What was wrong with the command line, in a sentence.
 *
 * Missing: `undefined` when the error is about something else.
 */
export function usageMistake(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message
  const { code } = error as { code?: unknown }
  if (!(error instanceof TypeError) || !String(code).startsWith('ERR_PARSE_ARGS')) return undefined
  return `${error.message.split(/\.?\s(?:Did you forget|To specify)/)[0] ?? ''}. See --help.`
}
