import { signNames } from '../../terminology/concepts.js'
import type { SignName } from '../../terminology/concepts.js'
import type { Reading, TextReading } from '../../terminology/text/reading.js'

/** Signs that an imaging report cannot state, because the words mean something else there (clinical 2.2). */
export const notFromImaging: ReadonlySet<SignName> = new Set(['lump', 'skin-thickening'])

const signOfTerm: ReadonlyMap<string, SignName> = new Map([
  ...signNames.map((name): [string, SignName] => [name, name]),
  ['fever', 'fever-finding'],
])

/** A reading of a sign, by the name that facts give the sign. */
export interface SignReading {
  sign: SignName
  reading: Reading
}

/** The signs among the readings of a text; of imaging, those that imaging can state. */
export const signsOf = (
  { readings }: Pick<TextReading, 'readings'>,
  imaging: boolean,
): readonly SignReading[] =>
  readings.flatMap((reading) => {
    const sign = signOfTerm.get(reading.term)
    return sign === undefined || (imaging && notFromImaging.has(sign)) ? [] : [{ sign, reading }]
  })
