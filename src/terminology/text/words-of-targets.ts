import type { FileProblem } from '../../errors.js'
import { everyLanguage, type WordFile } from './word-lists.js'

/**
 * Gives the lists with `words_of` the words of the targets that they name, so that a word stands in one file only.
 *
 * Shape:  a name is the id of a target or a class of targets, in any file of the same language or of every language.
 * Missing: a name that no target has is noted among the problems.
 */
export function withWordsOfTargets(files: readonly WordFile[], problems: FileProblem[]): readonly WordFile[] {
  const wordsNamed = (name: string, language: string): readonly string[] =>
    files
      .filter((file) => file.language === language || file.language === everyLanguage)
      .flatMap(({ targets, lists }) => {
        const ids = new Set(
          targets.filter((target) => target.id === name || target.class === name).map(({ id }) => id),
        )
        return lists
          .filter(({ entry }) => entry.role === 'target' && ids.has(entry.id))
          .flatMap(({ words }) => words)
      })
  return files.map((file) => ({
    ...file,
    lists: file.lists.map((list) => {
      const shared = (list.wordsOf ?? []).map((name) => {
        const words = wordsNamed(name, file.language)
        if (words.length === 0)
          problems.push({
            file: file.file,
            says: `lists.${list.entry.id}.words_of: knows no target or class "${name}"`,
            fix: 'use the id or the class of a target',
          })
        return words
      })
      return { ...list, words: [...list.words, ...shared.flat()] }
    }),
  }))
}

/** The words of the targets of one kind of text, by the name of the target. */
export function wordsByTarget(
  files: readonly WordFile[],
  kind: string,
): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, readonly string[]>()
  for (const { kinds, lists } of files)
    if (kinds.includes(kind))
      for (const { entry, words: own } of lists)
        if (entry.role === 'target') words.set(entry.id, [...(words.get(entry.id) ?? []), ...own])
  return words
}
