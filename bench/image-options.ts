import { readFileSync } from 'node:fs'

/**
 * The options of node that the image starts with, so that what is measured is what a hospital runs.
 *
 * Throws: when the Dockerfile does not set them in one quoted line.
 */
export function imageOptions(): string {
  const options = /NODE_OPTIONS="([^"]+)"/.exec(readFileSync('Dockerfile', 'utf8'))?.[1]
  if (options === undefined) throw new Error('Dockerfile: no line NODE_OPTIONS="…" was found')
  return options
}
