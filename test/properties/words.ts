import type { WireCard } from '../../src/cards/chosen-card.js'

/** Every text of a card that a clinician can read. */
export const textsOf = ({ summary, detail, suggestions = [] }: WireCard): readonly string[] => [
  summary,
  detail,
  ...suggestions.flatMap(({ label, actions }) => [
    label,
    ...actions.flatMap(({ description, resource }) => [description, JSON.stringify(resource['code'] ?? '')]),
  ]),
]

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?;])\s|\n/u)

const stopping =
  /\b(?:stop|stops|stopping|cease|ceasing|discontinu\w*|interrupt\w*|paus\w*|avoid\w*|rest)\b/iu
const milk = /milk|feed|nurs|express|pump|breast|latch/iu

/** The ways in which our sentences speak of a stop in order to warn of it, or quote an order that is not ours. */
const warned =
  /should not stop|no sudden stop|sudden (?:stop|suppression)|no reason (?:to stop|not to)|order to stop feeding|rather than stop|not to stop|do not stop|without stopping|orders? (?:that )?(?:to )?stop|stop(?:ping)? can (?:trap|worsen)|order now: |if a pause is truly needed|before stopping|usually avoided while|courses over 21 days/iu

/** Sentences that could be read as advice to stop milk removal. */
export const stoppingSentences = (card: WireCard): readonly string[] =>
  textsOf(card)
    .flatMap(sentencesOf)
    .filter((sentence) => stopping.test(sentence) && milk.test(sentence) && !warned.test(sentence))

const feedingWords =
  /\b(?:breastfeeding can continue|it can continue, also on|the milk is safe for|milk is (?:usually )?not given|settings is not to give the milk|cannot be given human milk|no feeding and no expressed|no milk from a breast|express and discard|individual plan|feeding at the breast waits|keep expressing|check for reasons not to give the milk|milk removal should not stop)/iu

/** Lines of the detail that speak of feeding. */
export const feedingLines = ({ detail }: WireCard): readonly string[] =>
  detail
    .split('\n')
    .filter((line) => feedingWords.test(line))
    .map((line) => line.replace(/^- /, '').replaceAll('\\', ''))

/** Does a card tell, without a condition, that breastfeeding goes on? */
export const saysContinue = (card: WireCard): boolean =>
  textsOf(card).some((text) =>
    /breastfeeding can continue, also|keep the milk flowing|advise to continue (?:breastfeeding|including)|feed on demand;/iu.test(
      text,
    ),
  )

/** The lines of Markdown that are not empty. */
export const linesOf = (markdown: string): readonly string[] =>
  markdown.split('\n').filter((line) => line.trim() !== '')

/** Does a card speak of an infant that is fed? "Do not speak of feeding an infant" is no such card. */
export const speaksOfInfantFeeding = (card: WireCard): boolean =>
  textsOf(card).some((text) =>
    /breastfeed(?:ing)? can|if breastfeeding|feed on demand|infant would feed|milk is safe/iu.test(text),
  )
