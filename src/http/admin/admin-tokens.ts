import { hash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RequestHandler, Response } from 'express'
import { openToOthers } from '../../audit/key-files.js'
import { ConfigError } from '../../errors.js'
import type { FileProblem } from '../../errors.js'
import type { AdminRole, AdminToken, Settings } from '../../config/settings.js'
import { AuthRefused } from '../trust/auth-refused.js'

/** Whoever holds a token: what they may ask, and about whom. */
export interface Holder {
  role: AdminRole
  /** Absent: about all clients. */
  client?: string
}

/** A token as it is compared: only the digest of the header that carries it is kept. */
interface KnownToken {
  digest: Buffer
  holder: Holder
}

const digestOf = (authorization: string): Buffer => hash('sha256', authorization, 'buffer')

/**
 * Reads every token of the admin listener.
 *
 * Throws: `ConfigError` with each file that cannot be read, holds too short a token, or the token of another, or, in
 *         production, can be read by others than its owner.
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
    return '' // too short: the problem says what to do
  }
}

/**
 * Lets only holders of a token pass. All tokens are compared each time, by their digests, so that an answer takes the
 * same time whichever it was.
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

/** Who asks, behind `bearer`. */
export const holderOf = (res: Response): Holder => (res.locals as { holder: Holder }).holder
