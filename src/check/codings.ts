import type { Coding } from 'fhir/r4.js'
import type { FileProblem } from '../errors.js'
import type { CodeBook } from '../terminology/code-book.js'
import { systemUrl, type SystemName } from '../terminology/code-systems.js'
import type { CodeName } from './check-source.js'

/** Writes the coding of a code of `cards/codes/`, and finds the share of the breast that an answer names. */
export interface WriteCoding {
  (name: CodeName): Coding
  percent: (name: CodeName) => number | undefined
}

/** The address of a code system as this installation writes it. */
export const systemAddress = (system: SystemName, canonicalBase: string): string =>
  system === 'check' ? `${canonicalBase}/${systemUrl.check}` : systemUrl[system]

/** Makes the writer of codings; a code that the set does not list becomes a problem of the file. */
export function codingsIn(
  codes: CodeBook,
  canonicalBase: string,
  file: string,
  problems: FileProblem[],
): WriteCoding {
  const write = ({ set, code }: CodeName): Coding => {
    const entry = codes.entryOf(set, code)
    if (!entry) {
      problems.push({
        file,
        says: `cards/codes has no code ${code} in the set "${set}"`,
        fix: 'use a code that the set lists',
      })
      return { code }
    }
    const { system, display } = entry
    return { system: systemAddress(system, canonicalBase), code, ...(display !== undefined && { display }) }
  }
  return Object.assign(write, {
    percent: (name: CodeName) => codes.percentOf({ coding: [write(name)] }),
  })
}
