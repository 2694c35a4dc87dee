import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** One mutant of Stryker's report, with its place in the source. */
export interface Mutant {
  file: string
  line: number
  status: string
  mutator: string
  /** The source that was replaced, and what stood there instead. */
  original: string
  replacement: string
  /** The whole line of the source, trimmed. */
  context: string
}

/** A kind of survivors that somebody looked at one by one, and what is true of all of them. */
export interface Group {
  title: string
  /** Why no table of `test/assess` notices. */
  because: string
  /** Which other test notices, or that none needs to. */
  elsewhere: string
  /** File below `src/assess`, then the line of the source, then each change of it: "before → after". */
  survivors: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

const spaced = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Longer pieces of source are named by their beginning. */
const longest = 160
const shortened = (text: string): string =>
  spaced(text).length > longest ? `${spaced(text).slice(0, longest)}…` : spaced(text)

/** File of a mutant below `src/assess`. */
export const fileOf = ({ file }: Mutant): string => file.replace('src/assess/', '')

/** The change as a group names it. */
export const changeOf = ({ original, replacement }: Mutant): string =>
  `${shortened(original)} → ${shortened(replacement)}`

/**
 * All groups, by the name of their file.
 *
 * Shape: a survivor is named by its file, its line of source and the change, so that it keeps its reason when lines move,
 *        and loses it when the line itself is written anew.
 */
export const readGroups = (folder = 'test/mutation/survivors'): readonly Group[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as Group)

/** Does the group speak of this survivor? */
export const covers = ({ survivors }: Group, mutant: Mutant): boolean =>
  survivors[fileOf(mutant)]?.[spaced(mutant.context)]?.includes(changeOf(mutant)) === true

/** Changes that a group explains although no such mutant survives any more. */
export const outlived = ({ survivors }: Group, alive: readonly Mutant[]): readonly string[] => {
  const standing = new Set(
    alive.map((mutant) => [fileOf(mutant), spaced(mutant.context), changeOf(mutant)].join('\n')),
  )
  return Object.entries(survivors).flatMap(([file, lines]) =>
    Object.entries(lines).flatMap(([context, changes]) =>
      changes
        .filter((change) => !standing.has([file, context, change].join('\n')))
        .map((change) => `${file}: ${change}`),
    ),
  )
}
