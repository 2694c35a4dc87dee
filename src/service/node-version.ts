import type { FileProblem } from '../errors.js'

/**
 * The first version of Node.js 20 in which chosen member names cannot slow down JSON.parse: earlier versions took 16 s
 * for 1.9 MB.
 */
const line20 = { minor: 20, patch: 2 }

/**
 * Names the problem with the Node.js version of the service; a version looks like "20.19.0".
 *
 * Edge:    20.20.2 is the first accepted version of line 20.
 * Missing: other lines are not judged; docs/operate.md asks for their newest patch release.
 * Source:  SEC-101
 */
export function nodeProblem(version: string): FileProblem | undefined {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major !== 20 || minor > line20.minor || (minor === line20.minor && patch >= line20.patch))
    return undefined
  return {
    file: 'node',
    says: `${version} can be held for seconds by one request body with chosen strings (hash flooding)`,
    fix: `run it with node 20.${line20.minor}.${line20.patch} or later of line 20, or with the newest release of a later line`,
  }
}
