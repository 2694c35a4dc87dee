import type { Answered, Asking } from './ask.js'
import type { PatientPlan } from './patient-plan.js'
import { orderProblems } from './suggested-order.js'
import { hasBiopsy, hasLoss, hasStrongSign, isLactationUnknown, mayNotContinue, wasRead } from './truth.js'
import {
  feedingLines,
  linesOf,
  saysContinue,
  speaksOfInfantFeeding,
  stoppingSentences,
  textsOf,
} from './words.js'

const kindsOf = ({ cards }: Answered): readonly string[] => cards.map(({ source }) => source.topic.code)

/** One promise about any answer: what is wrong with this one, in words; nothing when it is kept. */
type Kept = (plan: PatientPlan, asking: Asking, answer: Answered) => readonly string[]

/** What holds for every answer, whoever the patient and whatever could not be read. */
export const promises: Readonly<Record<string, Kept>> = {
  'no card advises to stop milk removal': (_plan, _asking, { cards }) => cards.flatMap(stoppingSentences),

  'every feeding sentence was made by the feeding function': (_plan, _asking, { cards, trace }) => {
    const { sentences = [], safeMilk = '' } = trace?.assessment.feeding ?? {}
    const ownWords = [
      'continue-breastfeeding',
      'breastfeeding-caution',
      'stop-breastfeeding-order',
      'drug-caution',
    ]
    return cards
      .filter(({ source }) => !ownWords.includes(source.topic.code))
      .flatMap(feedingLines)
      .filter(
        (line) => [...sentences, safeMilk].reduce((rest, made) => rest.replace(made, ''), line).trim() !== '',
      )
  },

  'nobody with a reason for caution, or whose reasons could not be read, is told to continue': (
    plan,
    asking,
    answer,
  ) =>
    mayNotContinue(plan, asking)
      ? answer.cards.filter(saysContinue).map(({ summary, source }) => `${source.topic.code}: ${summary}`)
      : [],

  'after a loss no card speaks of feeding an infant': (plan, asking, { cards }) =>
    hasLoss(plan, asking) ? cards.filter(speaksOfInfantFeeding).map(({ summary }) => summary) : [],

  'the feeding sentence stands once in an answer': (_plan, _asking, { cards, trace }) => {
    const { phrase, sentences = [] } = trace?.assessment.feeding ?? {}
    const [first] = sentences
    if (first === undefined || phrase === 'caution') return []
    const saying = cards.filter(({ detail }) => detail.includes(first))
    return saying.length > 1 ? [`${saying.length} cards: ${first}`] : []
  },

  'no card is longer than its limits, unless for what could not be read': (_plan, _asking, { cards }) =>
    cards.flatMap(({ detail, summary }) => {
      const lines = linesOf(detail)
      const unread = linesOf(detail.split('### ').find((part) => part.startsWith('What is missing')) ?? '')
      const tooMany = lines.length > 12 + Math.max(0, unread.length - 2)
      const tooLong = lines.filter((line) => line.length > 162 && !unread.includes(line))
      return [...(tooMany ? [`${lines.length} lines: ${summary}`] : []), ...tooLong]
    }),

  'every card begins with what to do, and says why': (_plan, _asking, { cards }) =>
    cards.flatMap(({ detail, summary }) =>
      /^### Recommendation\n- \S[\s\S]*\n### Why\n- \S/u.test(detail) ? [] : [summary],
    ),

  'no card names a medicine for pain': (_plan, _asking, { cards }) =>
    cards.flatMap(textsOf).filter((text) => /paracetamol|acetaminophen|ibuprofen|diclofenac/iu.test(text)),

  'every R1 patient is told of a biopsy': (plan, asking, answer) =>
    asking.hook === 'patient-view' &&
    hasStrongSign(plan, asking) &&
    !hasBiopsy(plan) &&
    !kindsOf(answer).includes('punch-biopsy')
      ? [`no punch-biopsy among ${kindsOf(answer).join(', ')}`]
      : [],

  'an unknown lactation status is read neither as yes nor as no': (plan, _asking, answer) => {
    const speaksOfFeeding = [
      'continue-breastfeeding',
      'breastfeeding-caution',
      'stop-breastfeeding-order',
      'lactation-suppressant',
      'non-lactational',
    ]
    return isLactationUnknown(plan) ? kindsOf(answer).filter((kind) => speaksOfFeeding.includes(kind)) : []
  },

  'summaries are shorter than 140 characters, filled in, and name no patient': (_plan, _asking, { cards }) =>
    cards.flatMap((card) => [
      ...(card.summary.length < 140 && card.summary !== '' ? [] : [card.summary]),
      ...textsOf(card).filter((text) => /\{\{|\}\}|undefined|NaN|Zzcanary|MRN-/u.test(text)),
    ]),

  'at most five cards, beyond that only critical ones, in the order of urgency': (
    _plan,
    _asking,
    { cards },
  ) => {
    const order = ['critical', 'warning', 'info']
    const places = cards.map(({ indicator }) => order.indexOf(indicator))
    const sorted = [...places].sort((one, other) => one - other)
    const kinds = new Set(cards.map(({ source }) => source.topic.code))
    return [
      ...(cards.length > 5 && cards.slice(5).some(({ indicator }) => indicator !== 'critical')
        ? [`${cards.length} cards`]
        : []),
      ...(places.join() === sorted.join() ? [] : [places.join()]),
      ...(kinds.size === cards.length ? [] : ['one kind twice']),
    ]
  },

  'every suggestion is a draft that an EHR can file': (_plan, _asking, { cards }) =>
    cards.flatMap(orderProblems),

  'no answer is kept back unless a required category could not be read': (_plan, asking, { status }) => {
    const optional = [
      'medicationAdministrations',
      'medicationStatements',
      'allergies',
      'serviceRequests',
      'procedures',
      'reports',
      'encounters',
    ]
    const unread = [...asking.failed, ...asking.left].filter((key) => !optional.includes(key))
    return status === 412 && unread.length === 0 ? ['412 although all that is required was read'] : []
  },

  'silence about an unread required category is a 412': (_plan, asking, { status, cards }) =>
    status === 200 && cards.length === 0 && asking.hook === 'patient-view' && !wasRead(asking, 'conditions')
      ? ['200 without cards although conditions could not be read']
      : [],
}
