import { hash } from 'node:crypto'
import type { ContentFile } from './yaml-file.js'

const known = new WeakMap<ContentFile, string>()

/**
 * SHA-256 of a content file: the name its parsed value is kept under, and what the record says was in force.
 *
 * Edge: worked out once for each file, however many libraries are made of it.
 */
export function fileHash(file: ContentFile): string {
  const found = known.get(file) ?? hash('sha256', file.content, 'hex')
  known.set(file, found)
  return found
}
