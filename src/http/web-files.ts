import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedAnswer } from './shared-answer.js'
import type { SharedAnswer } from './shared-answer.js'

const types = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
])

/** The built pages: HTML by name, assets by their hashed name. */
export interface WebFiles {
  pages: ReadonlyMap<string, SharedAnswer>
  assets: ReadonlyMap<string, SharedAnswer>
}

function filesOf(folder: string): ReadonlyMap<string, SharedAnswer> {
  if (!existsSync(folder)) return new Map()
  return new Map(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const type = types.get(entry.name.split('.').pop() ?? '')
      if (!entry.isFile() || type === undefined) return []
      return [[entry.name, sharedAnswer(type, readFileSync(join(folder, entry.name)))] as const]
    }),
  )
}

/**
 * Reads the built pages once, at start; only files of this list are served.
 *
 * Missing: without built pages both lists are empty and the paths return 404.
 * Source:  SEC-075.
 */
export const readWebFiles = (webDir: string): WebFiles => ({
  pages: filesOf(webDir),
  assets: filesOf(join(webDir, 'assets')),
})
