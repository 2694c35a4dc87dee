import { hash } from 'node:crypto'
import type { ContentFile } from './yaml-file.js'

const known = new WeakMap<ContentFile, string>()

/**
 * The SHA-256 of a content file, which is the name of its parsed value and of the file in records.
 *
 * Edge: computed once for each file, however many libraries are made from the file.
 */
export function fileHash(file: ContentFile): string {
  const found = known.get(file) ?? hash('sha256', file.content, 'hex')
  known.set(file, found)
  return found
}
