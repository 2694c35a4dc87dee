/** The UCUM unit that a written unit means; undefined for words that are not known. */
export type WrittenUnits = (written: string) => string | undefined

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const powerOfTen = /10 ?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})/g
const marks = /\p{M}/gu

/**
 * A written unit in the letters of UCUM: "× 10⁹ / L" becomes "10*9/L", "ºC" becomes "°C", "µmol/l" becomes "umol/l".
 *
 * Edge: a power of ten counts as laboratories write it: "x10E3/uL" is 10*3/uL.
 */
export const plainUnit = (written: string): string =>
  written
    .replace(
      powerOfTen,
      (_, digits: string) => `10*${Array.from(digits, (digit) => superscripts.indexOf(digit)).join('')}`,
    )
    .replaceAll(/[º˚]/g, '°')
    .normalize('NFKC')
    .replaceAll(/[µμ]/g, 'u')
    .replaceAll('−', '-')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([/*^]) ?/g, '$1')
    .replace(/^[x×*] ?(?=10)/i, '')
    .replace(/^10(?:\^|[eE](?=\d))/, '10*')
    .replaceAll(/([A-Za-z])\^(?=-?\d)/g, '$1')
    .trim()

/** A capital M before small letters can be "mega" or a milli at the beginning of a word: nobody can tell. */
const megaOrMilli = /^M[A-Za-z]*[a-z]/

/**
 * Makes the reading of a list of written units: each as it stands there, or in any letters where the list has small
 * ones.
 *
 * Shape: `forms` are patterns over the small letters without accents.
 */
export function writtenUnits(
  list: Readonly<Record<string, readonly string[]>>,
  forms: readonly (readonly [RegExp, string])[] = [],
): WrittenUnits {
  const known = new Map(
    Object.entries(list).flatMap(([unit, words]) => words.map((word): [string, string] => [word, unit])),
  )
  return (written) => {
    const asWritten = known.get(written)
    if (asWritten !== undefined || megaOrMilli.test(written)) return asWritten
    const small = written.toLowerCase().normalize('NFD').replaceAll(marks, '')
    return known.get(small) ?? forms.find(([form]) => form.test(small))?.[1]
  }
}

const degrees = '(?:°|deg(?:ree)?s?|degres?|grad(?:os?|i|en)?|graus?)?[ ._]?'

/** Degrees in the words of several languages: "deg C", "Grad Celsius", "°F". */
export const degreeUnits = writtenUnits({}, [
  [new RegExp(`^${degrees}(?:c|cel|celsius|centigrad[eio]s?)°?$`), 'Cel'],
  [new RegExp(`^${degrees}(?:f|fahrenheit)°?$`), '[degF]'],
])

const events = [
  'b(?:ea)?ts?|b|br(?:eath|th)?s?|resps?|respirations?|pulses?|cycles?|counts?',
  'respirac(?:iones|oes)|puls(?:aciones|acoes)?|latidos|batimentos|battements|schlage|atemzuge',
].join('|')

/** Rates in words: "beats/min", "breaths per minute", "bpm". */
export const rateUnits = writtenUnits({ '/min': ['bpm', 'brpm', 'rpm', 'lpm', 'ppm', '1/min'] }, [
  [new RegExp(`^(?:(?:${events}) ?)?(?:/|per |pro |par |por )min(?:ut[aeo]s?|uten?)?\\.?$`), '/min'],
])

/** Pressures in words. */
export const pressureUnits = writtenUnits({ 'mm[Hg]': ['torr'] }, [
  [/^(?:mm|millimet(?:er|re)s?) ?(?:of |de |di )?[([]?(?:hg|mercury)[)\]]?$/, 'mm[Hg]'],
])

/** Per cent in words, also with what the share is of: "% SpO2". */
export const percentUnits = writtenUnits({}, [
  [
    /^(?:% ?|(?:pct|percent|per cent|prozent|pour cent|por ciento|por cento|percento) ?)[a-z0-9 ]{0,20}$/,
    '%',
  ],
])

/** Lengths and areas in letters of any kind. */
export const sizeUnits = writtenUnits(
  { cm: ['cm'], mm: ['mm'], cm2: ['cm2', 'sq cm'], mm2: ['mm2', 'sq mm'] },
  [
    [/^centimet(?:er|re)s?$/, 'cm'],
    [/^millimet(?:er|re)s?$/, 'mm'],
  ],
)

/** Counts of cells as laboratories write them. */
export const cellUnits = writtenUnits(
  {
    '10*9/L': ['10*9/l', 'G/L', 'G/l', 'giga/l', 'gpt/l'],
    '10*3/uL': ['10*3/ul', '10*3/mm3', '10*3/mcl'],
    '/uL': ['/ul', '/mm3', '/mcl'],
  },
  [
    [/^(?:k|thou|thous|thousands?|tsd\.?)\/(?:ul|mcl|mm3|cumm|cmm)$/, '10*3/uL'],
    [/^10\*3\/(?:cumm|cmm)$/, '10*3/uL'],
    [/^(?:cells?)?\/(?:ul|mcl|mm3|cumm|cmm)$/, '/uL'],
  ],
)

/** Masses and amounts in a volume, in letters of any kind. */
export const concentrationUnits = writtenUnits({
  'mmol/L': ['mmol/l'],
  'umol/L': ['umol/l', 'mcmol/l'],
  'meq/L': ['meq/l'],
  'mg/L': ['mg/l'],
  'mg/dL': ['mg/dl', 'mg%'],
  'ug/mL': ['ug/ml', 'mcg/ml'],
})

const times: readonly (readonly [RegExp, string])[] = [
  [/^(?:days?|tage?|jours?|dias?|giorn[io]|dag(?:en|ar)?)$/, 'd'],
  [/^(?:w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken)$/, 'wk'],
]

/** Weeks and days in the words of several languages. */
export const timeUnits = writtenUnits({}, times)

/** Durations in the words of several languages; a month has 30 days. */
export const durationUnits = writtenUnits({ d: ['d'], h: ['h'], wk: ['wk'] }, [
  ...times,
  [/^(?:hours?|hrs?|stunden?|heures?|horas?|ore)$/, 'h'],
  [/^(?:mo|months?|monate?|mois|mes(?:es|i)?|maand(?:en)?)$/, '30.d'],
])
