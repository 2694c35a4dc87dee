import { listCodeSets, type ListedCode } from '../../src/terminology/list-code-sets.js'
import { searchedSets } from '../../src/terminology/searched-sets.js'
import { codeFilesOnDisk } from '../terminology/test-code-book.js'

/** The codes of some sets that every site loads, each once, as values of a search. */
export function tokensOf(sets: readonly string[]): readonly string[] {
  const listed = listCodeSets(codeFilesOnDisk()).sets
  const codes = sets.flatMap((set): readonly ListedCode[] => listed.find(({ id }) => id === set)?.codes ?? [])
  return [
    ...new Set(codes.flatMap(({ system, code, grade }) => (grade === 'U' ? [] : [`${system}|${code}`]))),
  ]
}

/** The module of the codes that searches ask for. */
export const searchedCodesModule =
  (): string => `/** The codes that each search by code asks for: those of \`cards/codes/\`. Made by \`npm run pages\`; never edit by hand. */
export const searchedCodes = {
${Object.entries(searchedSets)
  .map(
    ([key, sets]) =>
      `  ${key}: [\n${tokensOf(sets)
        .map((token) => `    '${token}',\n`)
        .join('')}  ],\n`,
  )
  .join('')}} as const satisfies Readonly<Record<string, readonly string[]>>
`
