import type { ErrorCode } from '../errors.js'

/**
 * The error for a request that the client may repeat later: too many calls (429), no free place, or a stopping process
 * (503).
 */
export class LimitError extends Error {
  constructor(
    readonly code: Extract<ErrorCode, 'LIMIT_RATE' | 'LIMIT_OVERLOAD' | 'SHUTTING_DOWN'>,
    readonly retryAfterSeconds: number,
  ) {
    super(limitWords[code])
    this.name = 'LimitError'
  }
}

const limitWords = {
  LIMIT_RATE: 'Too many calls; wait before the next one.',
  LIMIT_OVERLOAD: 'No free place for this call; try again.',
  SHUTTING_DOWN: 'This process is stopping; try again.',
} as const
