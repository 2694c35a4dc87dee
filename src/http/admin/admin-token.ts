import { readFileSync } from 'node:fs'
import { ConfigError } from '../../errors.js'

/**
 * Reads the token of the audit API.
 *
 * Throws: `ConfigError` when the file cannot be read, or the token is too short to be one.
 */
export function readAdminToken(path: string): string {
  let token = ''
  try {
    token = readFileSync(path, 'utf8').trim()
  } catch {
    // the problem below says what to do
  }
  if (token.length >= 32) return token
  throw new ConfigError([
    {
      file: path,
      says: 'holds no token of at least 32 characters',
      fix: 'write one with: openssl rand -hex 32',
    },
  ])
}
