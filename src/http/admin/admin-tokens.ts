import { hash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RequestHandler, Response } from 'express'
import { openToOthers } from '../../audit/key-files.js'
import { ConfigError } from '../../errors.js'
import type { FileProblem } from '../../errors.js'
import type { AdminRole, AdminToken, Settings } from '../../config/settings.js'
import { AuthRefused } from '../trust/auth-refused.js'

/** The holder of a token: the role, and the client whose records the holder may see. */
export interface Holder {
  role: AdminRole
  /** Absent: the records of all clients. */
  client?: string
}

/** An admin token for comparison: only the digest of its Authorization header is kept. */
interface KnownToken {
  digest: Buffer
  holder: Holder
}

const digestOf = (authorization: string): Buffer => hash('sha256', authorization, 'buffer')

/**
 * Reads every token of the admin listener.
 *
 * Throws: `ConfigError` with each file that cannot be read, whose token is too short or is the token of another file,
 *         or that in production other accounts can read.
 */
export function readAdminTokens({ admin, mode }: Pick<Settings, 'admin' | 'mode'>): KnownToken[] {
  const { tokenFile, tokens = [] } = admin ?? {}
  const entries: readonly AdminToken[] = [
    ...(tokenFile === undefined ? [] : [{ file: tokenFile, role: 'operator' as const }]),
    ...tokens,
  ]
  const problems: FileProblem[] = []
  const known: KnownToken[] = []
  for (const { file, ...holder } of entries) {
    const token = tokenIn(file)
    const digest = digestOf(`Bearer ${token}`)
    const open = mode === 'production' ? openToOthers(file) : undefined
    if (open) problems.push(open)
    else if (token.length < 32)
      problems.push({
        file,
        says: 'holds no token of at least 32 characters',
        fix: 'write one with: openssl rand -hex 32',
      })
    else if (known.some((other) => other.digest.equals(digest)))
      problems.push({
        file,
        says: 'holds the token of another entry',
        fix: 'write one of its own with: openssl rand -hex 32',
      })
    else known.push({ digest, holder })
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return known
}

function tokenIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return '' // an empty token is too short, and its problem names the fix
  }
}

/**
 * Refuses requests without a known token. Every request is compared with all tokens, by digest, so that the response
 * time tells nothing about a token.
 */
export function bearer(known: readonly KnownToken[]): RequestHandler {
  return (req, res, next) => {
    const { authorization } = req.headers
    if (authorization === undefined) throw new AuthRefused({ authReason: 'no-token' })
    const digest = digestOf(authorization)
    const held = known.filter((token) => timingSafeEqual(token.digest, digest))
    if (!held[0]) throw new AuthRefused({ authReason: 'signature-bad' })
    res.locals['holder'] = held[0].holder
    next()
  }
}

/** The holder of the token of a request, set by `bearer`. */
export const holderOf = (res: Response): Holder => (res.locals as { holder: Holder }).holder
