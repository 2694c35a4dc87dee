import type {
  Coding,
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireItemEnableWhen,
} from 'fhir/r4.js'
import { CardError, type FileProblem } from '../errors.js'
import type { CodeBook } from '../terminology/code-book.js'
import { codingsIn } from './codings.js'
import type { WriteCoding } from './codings.js'
import { readCheckSource, type CodeName, type ItemSource, type UnitName } from './check-source.js'
import { conditionMarks } from './condition-marks.js'
import { definitions, extensionUrls as urls } from './extensions.js'
import type { ContentSource } from '../terminology/content-reader.js'

export const ucum = 'http://unitsofmeasure.org'
const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category'

/** The answers of a sign, and the units of its onset, of which "today" is no entry: without an onset a sign is new. */
const yes: CodeName = { set: 'present-value', code: '373066001' }
const no: CodeName = { set: 'absent-value', code: '373067005' }
const onsetUnits: readonly UnitName[] = [
  { code: 'h', display: 'hours' },
  { code: 'd', display: 'days' },
  { code: 'wk', display: 'weeks' },
]

/**
 * Makes the FHIR Questionnaire of the breast check from its content file.
 *
 * Shape:  R4, with the extensions of SDC: observation-based extraction for signs and measures, definition-based extraction
 *         for the Condition of the infant. No item is required.
 * Throws: `CardError` with every problem of the file, also a code that `cards/codes/` does not list.
 * Source: clinical changes C34
 */
export function makeQuestionnaire(
  source: ContentSource,
  codes: CodeBook,
  canonicalBase: string,
): Questionnaire {
  const problems: FileProblem[] = []
  const check = readCheckSource(source, problems)
  const coding = codingsIn(codes, canonicalBase, source.file, problems)
  const item = check.parts.map((part) => itemFrom(part, coding))
  if (problems.length > 0) throw new CardError(problems)
  return {
    resourceType: 'Questionnaire',
    id: 'breast-check',
    url: `${canonicalBase}/Questionnaire/breast-check`,
    version: check.version,
    name: 'BreastCheck',
    title: check.title,
    status: 'draft',
    experimental: false,
    subjectType: ['Patient'],
    date: check.date,
    description:
      'Signs of the lactating breast, the infant and vital signs. Every question may stay open; an open question writes nothing.',
    item,
  }
}

const extended = (extension: readonly Extension[]): { extension?: Extension[] } =>
  extension.length > 0 ? { extension: [...extension] } : {}

function itemFrom(source: ItemSource, coding: WriteCoding): QuestionnaireItem {
  const { id, text, type, code, when, unless } = source
  const enableWhen = [
    ...(when ? [dependence(when.item, '=', when.answer && coding(when.answer))] : []),
    ...(unless ? [dependence(unless.item, '!=', unless.answer && coding(unless.answer))] : []),
  ]
  const answerOption = (type === 'sign' ? [yes, no] : source.answers).map((answer) =>
    optionOf(answer, coding),
  )
  const item = childrenOf(source, coding)
  return {
    linkId: id,
    ...extended(marksOf(source)),
    ...(source.site && { definition: definitions.site }),
    ...(code && { code: [coding(code)] }),
    ...(text !== undefined && { text }),
    type: type === 'sign' ? 'choice' : type,
    ...(enableWhen.length > 0 && { enableWhen, enableBehavior: 'all' as const }),
    ...(answerOption.length > 0 && { answerOption }),
    ...(item.length > 0 && { item }),
  }
}

function dependence(
  question: string,
  operator: '=' | '!=',
  answerCoding: Coding | undefined,
): QuestionnaireItemEnableWhen {
  return { question, operator, ...(answerCoding ? { answerCoding } : { answerBoolean: true }) }
}

/** An answer; one that names a share of the breast has its percent as ordinal value. */
function optionOf(answer: CodeName, coding: WriteCoding): QuestionnaireItemAnswerOption {
  const percent = coding.percent(answer)
  const share = percent === undefined ? [] : [{ url: urls.ordinalValue, valueDecimal: percent }]
  return { valueCoding: { ...extended(share), ...coding(answer) } }
}

/** The items within an item: its hint, its onset, and its own items. */
function childrenOf(source: ItemSource, coding: WriteCoding): QuestionnaireItem[] {
  const { id, type, hint, items, writesCondition } = source
  const absence = type === 'sign' ? no : source.since
  const own = items.map((each) => itemFrom(each, coding))
  return [
    ...(hint === undefined ? [] : [hintOf(id, hint)]),
    ...(absence ? [onsetOf(id, coding(absence))] : []),
    ...(writesCondition ? own.map((each) => ({ ...each, definition: definitions.conditionCode })) : own),
  ]
}

const hintOf = (id: string, text: string): QuestionnaireItem => ({
  linkId: `${id}-hint`,
  extension: [
    {
      url: urls.itemControl,
      valueCodeableConcept: {
        coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code: 'help' }],
      },
    },
  ],
  text,
  type: 'display',
})

/** The onset of a sign: how long ago the sign began; asked unless the sign is answered with the absence. */
const onsetOf = (id: string, absence: Coding): QuestionnaireItem => ({
  linkId: `${id}-since`,
  extension: [
    ...onsetUnits.map((unit) => ({ url: urls.unitOption, valueCoding: unitCoding(unit) })),
    { url: urls.minQuantity, valueQuantity: { value: 0, unit: 'hours', system: ucum, code: 'h' } },
    { url: urls.maxQuantity, valueQuantity: { value: 520, unit: 'weeks', system: ucum, code: 'wk' } },
  ],
  definition: definitions.onset,
  text: 'Since (open: today)',
  type: 'quantity',
  enableWhen: [
    { question: id, operator: 'exists', answerBoolean: true },
    { question: id, operator: '!=', answerCoding: absence },
  ],
  enableBehavior: 'all',
})

const unitCoding = ({ code, display }: UnitName): Coding => ({ system: ucum, code, display })

/** The extensions of an item: how its answer is written, and within which limits. */
function marksOf(source: ItemSource): readonly Extension[] {
  const { code, category, writesCondition } = source
  return [
    ...(code && category ? [{ url: urls.observationExtract, valueBoolean: true }] : []),
    ...(category
      ? [
          {
            url: urls.observationCategory,
            valueCodeableConcept: { coding: [{ system: observationCategory, code: category }] },
          },
        ]
      : []),
    ...unitMarks(source),
    ...limitMarks(source),
    ...(writesCondition ? conditionMarks : []),
  ]
}

const unitMarks = ({ type, units }: ItemSource): readonly Extension[] =>
  units.map((unit) => ({
    url: type === 'quantity' ? urls.unitOption : urls.unit,
    valueCoding: unitCoding(unit),
  }))

/** The limits of a number; those of a quantity are in its first unit. */
function limitMarks({ type, units: [unit], from, to }: ItemSource): readonly Extension[] {
  if (from === undefined || to === undefined) return []
  if (type === 'quantity' && unit) {
    const of = (value: number) => ({ value, unit: unit.display, system: ucum, code: unit.code })
    return [
      { url: urls.minQuantity, valueQuantity: of(from) },
      { url: urls.maxQuantity, valueQuantity: of(to) },
    ]
  }
  return type === 'integer'
    ? [
        { url: urls.minValue, valueInteger: from },
        { url: urls.maxValue, valueInteger: to },
      ]
    : [
        { url: urls.minValue, valueDecimal: from },
        { url: urls.maxValue, valueDecimal: to },
      ]
}
