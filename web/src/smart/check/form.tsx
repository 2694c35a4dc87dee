import { useState } from 'preact/hooks'
import type { Questionnaire, QuestionnaireItem } from 'fhir/r4.js'
import { ChoiceField, NumberField, ScaleField, SignRow, type FieldProps } from './fields.js'
import {
  askedIn,
  isSign,
  openIn,
  optionsOf,
  questionsIn,
  scaleOf,
  type Entries,
  type SetEntry,
} from './items.js'

interface QuestionProps extends FieldProps {
  bad: (linkId: string, is: boolean) => void
}

/** One question and the questions within it. */
function Question(props: QuestionProps) {
  const { item, entries, bad } = props
  const scale = scaleOf(item)
  const below = askedIn(item, entries).map((each) => <Question key={each.linkId} {...props} item={each} />)
  if (item.type === 'group')
    return item.text === undefined ? <>{below}</> : <Panel item={item}>{below}</Panel>
  if (isSign(item)) return <SignRow {...props} />
  if (item.type === 'choice')
    return (
      <>
        <ChoiceField {...props} />
        {entries.has(item.linkId) && below}
      </>
    )
  if (scale) return <ScaleField {...props} scale={scale} />
  return <NumberField {...props} bad={(is) => bad(item.linkId, is)} />
}

const Panel = ({ item, children }: { item: QuestionnaireItem; children: preact.ComponentChildren }) => (
  <fieldset class="numbers">
    <legend>{item.text}</legend>
    {children}
  </fieldset>
)

interface PartProps extends QuestionProps {
  place: number
  open: boolean
}

/** One part of the check: its questions, and a press that answers the rest of its signs with no. */
function Part({ place, open, ...props }: PartProps) {
  const { item, entries, set } = props
  const left = openIn(item, entries).length
  const asked = askedIn(item, entries)
  const restOf = asked.filter((each) => isSign(each) && !entries.has(each.linkId))
  const noTo = (sign: QuestionnaireItem): void => set(sign.linkId, optionsOf(sign)[1])
  return (
    <details class="step" open={open}>
      <summary>
        <span class="no" aria-hidden="true">
          {left === 0 ? '✓' : place}
        </span>
        <span>{item.text}</span>
        <span class="soft small">{left === 0 ? 'answered' : `${left} open`}</span>
      </summary>
      <div class="questions">
        {asked.map((each) => (
          <Question key={each.linkId} {...props} item={each} />
        ))}
      </div>
      {restOf.length > 1 && (
        <p>
          <button type="button" onClick={() => restOf.forEach(noTo)}>
            The rest is “No”
          </button>
        </p>
      )}
    </details>
  )
}

interface FormProps {
  questionnaire: Questionnaire
  entries: Entries
  set: SetEntry
  /** Is there a number that is no answer? */
  wrong: (is: boolean) => void
}

/** All parts of the check, made from the published Questionnaire. */
export function CheckForm({ questionnaire, entries, set, wrong }: FormProps) {
  const [bad, setBad] = useState<ReadonlySet<string>>(new Set())
  const note = (linkId: string, is: boolean): void => {
    const next = new Set(bad)
    if (is) next.add(linkId)
    else next.delete(linkId)
    setBad(next)
    wrong(next.size > 0)
  }
  return (
    <div class="steps">
      {questionsIn(questionnaire).map((item, at) => (
        <Part key={item.linkId} {...{ item, entries, set }} bad={note} place={at + 1} open={at < 3} />
      ))}
    </div>
  )
}
