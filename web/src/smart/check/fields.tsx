import { useState } from 'preact/hooks'
import type { Coding, QuestionnaireItem } from 'fhir/r4.js'
import { isWithin, limitsInWords, type AnswerValue } from '../../../../src/check/answers.js'
import { isEnabled } from '../../../../src/check/enabled.js'
import { extensionOf, extensionsOf, extensionUrls as urls } from '../../../../src/check/extensions.js'
import { hintOf, onsetOf, optionsOf, unitOf, type Entries, type SetEntry } from './items.js'

export interface FieldProps {
  item: QuestionnaireItem
  entries: Entries
  set: SetEntry
}

const codeOf = (value: AnswerValue | undefined): string | undefined =>
  typeof value === 'object' && 'code' in value ? value.code : undefined

interface ChoiceProps<Value> {
  name: string
  options: readonly (readonly [words: string, value: Value, chosen: boolean])[]
  choose: (value: Value) => void
}

/** A row of answers of which one may be pressed. */
export const Choice = <Value,>({ name, options, choose }: ChoiceProps<Value>) => (
  <span class="choice">
    {options.map(([words, value, chosen]) => (
      <label key={words}>
        <input type="radio" name={name} checked={chosen} onChange={() => choose(value)} />
        <span>{words}</span>
      </label>
    ))}
  </span>
)

/** Opens a question again that was answered. */
const LeaveOpen = ({ item, entries, set }: FieldProps) =>
  entries.has(item.linkId) ? (
    <button
      type="button"
      class="open-again"
      aria-label={`Leave open: ${item.text ?? ''}`}
      onClick={() => set(item.linkId, undefined)}
    >
      leave open
    </button>
  ) : null

const Options = ({ item, entries, set }: FieldProps) => (
  <Choice
    name={item.linkId}
    options={optionsOf(item).map((option) => [
      option.display ?? '',
      option,
      codeOf(entries.get(item.linkId)) === option.code,
    ])}
    choose={(option) => set(item.linkId, option)}
  />
)

/** How long ago a sign began: "today", or a number of hours, days or weeks. */
export function Since({ item, of, entries, set }: FieldProps & { of: string }) {
  const [number, setNumber] = useState('')
  const [unit, setUnit] = useState<Coding>()
  if (!isEnabled(item, entries)) return null
  const units = extensionsOf(item, urls.unitOption).flatMap(({ valueCoding }) => valueCoding ?? [])
  const say = (text: string, of?: Coding): void => {
    setNumber(text)
    setUnit(of)
    const answer = of && text !== '' ? { value: Number(text), unit: of } : undefined
    set(item.linkId, answer && isWithin(item, answer) ? answer : undefined)
  }
  return (
    <span class="since">
      <span>since</span>
      <input
        type="number"
        min={1}
        step="any"
        inputMode="numeric"
        aria-label={`${of}: since how many`}
        value={number}
        disabled={unit === undefined}
        onInput={(event) => say(event.currentTarget.value, unit)}
      />
      <select
        aria-label={`${of}: hours, days or weeks`}
        onChange={(event) =>
          say(
            event.currentTarget.value === '' ? '' : number,
            units.find(({ code }) => code === event.currentTarget.value),
          )
        }
      >
        <option value="">today</option>
        {units.map(({ code, display }) => (
          <option key={code} value={code} selected={unit?.code === code}>
            {display}
          </option>
        ))}
      </select>
    </span>
  )
}

/** A sign in one row: its words, its onset once it is there, yes and no. */
export function SignRow(props: FieldProps) {
  const { item } = props
  const onset = onsetOf(item)
  const hint = hintOf(item)
  return (
    <div class="sign" role="group" aria-label={item.text ?? ''}>
      <span>
        <b>{item.text}</b>
        {hint !== undefined && <span class="soft small hint">{hint}</span>}
      </span>
      <Options {...props} />
      {onset && <Since {...props} item={onset} of={item.text ?? ''} />}
      <LeaveOpen {...props} />
    </div>
  )
}

/** A question with a few answers, and the onset of a sign among them. */
export function ChoiceField(props: FieldProps) {
  const { item } = props
  const onset = onsetOf(item)
  const hint = hintOf(item)
  return (
    <fieldset>
      <legend>{item.text}</legend>
      {hint !== undefined && <p class="soft small">{hint}</p>}
      <Options {...props} />
      {onset && <Since {...props} item={onset} of={item.text ?? ''} />}
      <LeaveOpen {...props} />
    </fieldset>
  )
}

/** A short scale of whole numbers. */
export const ScaleField = ({ scale, ...props }: FieldProps & { scale: readonly number[] }) => (
  <fieldset>
    <legend>{props.item.text}</legend>
    <Choice
      name={props.item.linkId}
      options={scale.map((each) => [String(each), each, props.entries.get(props.item.linkId) === each])}
      choose={(value) => props.set(props.item.linkId, value)}
    />
    <LeaveOpen {...props} />
  </fieldset>
)

/** The limits of a number in words. */
function limitsOf(item: QuestionnaireItem): string {
  if (item.type === 'quantity') return `${limitsInWords(item)}.`
  const [least, most] = [extensionOf(item, urls.minValue), extensionOf(item, urls.maxValue)]
  const from = least?.valueInteger ?? least?.valueDecimal
  const to = most?.valueInteger ?? most?.valueDecimal
  return `${from} to ${to}.`
}

/** A number, with one unit or a choice of units; a number outside its limits is no answer, and says so. */
export function NumberField({ item, set, bad }: FieldProps & { bad: (is: boolean) => void }) {
  const units = extensionsOf(item, urls.unitOption).flatMap(({ valueCoding }) => valueCoding ?? [])
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<Coding | undefined>(units[0])
  const [wrong, setWrong] = useState(false)
  const say = (words: string, of: Coding | undefined): void => {
    setText(words)
    setUnit(of)
    const number = Number(words.replace(',', '.'))
    const value = of ? { value: number, unit: of } : number
    const is = words.trim() !== '' && (Number.isNaN(number) || !isWithin(item, value))
    setWrong(is)
    bad(is)
    set(item.linkId, words.trim() === '' || is ? undefined : value)
  }
  const id = `field-${item.linkId}`
  return (
    <div class="field">
      <label for={id}>{item.text}</label>
      <span class="with-unit">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          value={text}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onInput={(event) => say(event.currentTarget.value, unit)}
        />
        {units.length > 0 ? (
          <Choice
            name={`${item.linkId}-unit`}
            options={units.map((each) => [each.display ?? '', each, unit?.code === each.code])}
            choose={(each) => say(text, each)}
          />
        ) : (
          <span>{unitOf(item)?.display}</span>
        )}
      </span>
      {wrong && (
        <p class="small wrong" id={`${id}-wrong`}>
          {limitsOf(item)} Nothing is written for this question.
        </p>
      )}
    </div>
  )
}
