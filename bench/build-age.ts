import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Was a source changed after the service was built, or was it never built? Then other code would run than stands in src. */
export function builtBeforeChanges(): boolean {
  const built = statSync(join('dist', 'main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .some((name) => statSync(join('src', name)).mtimeMs > built)
}
