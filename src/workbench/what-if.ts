import { readContent } from '../cards/content/load-content.js'
import type { ParameterEntry } from '../cards/content/read-parameters.js'
import { readYaml } from '../cards/content/yaml-file.js'
import { ProtocolError } from '../errors.js'
import type { Library } from '../service/library.js'
import { checkLibrary } from '../service/load-library.js'
import type { KnobView } from './views.js'

/** The parameters that change the cards most; the card pages show the others. */
const knobNames = [
  'fever.threshold',
  'response.dueHours',
  'response.lateHours',
  'response.evaluateFromHours',
  'currency.signHours',
  'drainage.recheckHours',
  'ibc.persistDays',
  'lump.days',
  'recurrence.days',
  'lactation.postpartumDays',
  'sepsis.heartRate',
  'cards.max',
] as const

const kept = 32

/** The parameters that a reader can change, and the library with the changes. */
export interface WhatIf {
  knobs: () => readonly KnobView[]
  /**
   * The library with these parameters.
   *
   * Throws: `ProtocolError` (400) for a value that a site could not set either.
   */
  libraryWith: (changes: Readonly<Record<string, number>>) => Library
}

/** Reads every parameter as written, for pages that explain parameters. */
export function parameterEntries(cardsDir: string): ReadonlyMap<string, ParameterEntry> {
  const { value } = readYaml(readContent(cardsDir).parameters)
  return new Map(Object.entries(value as Record<string, ParameterEntry>))
}

/**
 * Makes libraries with changed parameters, checked like the settings of a site; the latest libraries are kept.
 *
 * Edge: a value at the end of its range is allowed, a value outside is refused.
 */
export function makeWhatIf(cardsDir: string, library: () => Library): WhatIf {
  const entries = parameterEntries(cardsDir)
  const built = new Map<string, Library>()
  const base = readContent(cardsDir)
  return {
    knobs: () =>
      knobNames.flatMap((name) => {
        const entry = entries.get(name)
        if (!entry?.range) return []
        const [min, max] = entry.range
        const step = name === 'fever.threshold' ? 0.1 : 1
        const value = library().parameters[name]
        return [{ name, value, unit: entry.unit, min, max, step, means: entry.means }]
      }),
    libraryWith(changes) {
      const lines = Object.entries(changes).map(([name, value]) => {
        if (!entries.has(name) || !Number.isFinite(value))
          throw new ProtocolError('PROTOCOL_FIELD_INVALID', 'There is no such parameter.', 'parameters')
        return `  ${name}: { value: ${value}, reason: what if it were so }`
      })
      const key = lines.sort().join('\n')
      const known = built.get(key)
      if (known) return known
      const site = { file: 'what-if', content: `parameters:\n${key}\n` }
      const { canonicalBase } = library().pack
      const { library: changed, problems } = checkLibrary(
        { ...base, site },
        { mode: 'development', canonicalBase },
      )
      if (!changed)
        throw new ProtocolError(
          'PROTOCOL_FIELD_INVALID',
          problems.map(({ says }) => says).join('; '),
          'parameters',
        )
      if (built.size >= kept) built.delete([...built.keys()][0] ?? '')
      built.set(key, changed)
      return changed
    },
  }
}
