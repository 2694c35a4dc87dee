import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Was a source changed after the service was built? Then other code would be measured than the page names. */
export function builtBeforeChanges(): boolean {
  const built = statSync(join('dist', 'main.js')).mtimeMs
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .some((name) => statSync(join('src', name)).mtimeMs > built)
}
