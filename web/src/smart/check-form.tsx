import { useState } from 'preact/hooks'
import type { BreastCheck } from '../../../src/workbench/breast-check-answers.js'

type Answers = Partial<BreastCheck>
type Set = (part: { [Key in keyof BreastCheck]?: BreastCheck[Key] | undefined }) => void

const yesNo = [
  ['yes', true],
  ['no', false],
] as const

interface ChoicesProps<Value> {
  name: keyof BreastCheck
  asks: string
  hint?: string
  options: readonly (readonly [string, Value])[]
  value: Value | undefined
  set: (value: Value | undefined) => void
}

/** One question with a few answers; "not looked at" is always among them, and writes nothing. */
function Choices<Value>({ name, asks, hint, options, value, set }: ChoicesProps<Value>) {
  const every: readonly (readonly [string, Value | undefined])[] = [...options, ['not looked at', undefined]]
  return (
    <fieldset>
      <legend>{asks}</legend>
      {hint !== undefined && <p class="soft small">{hint}</p>}
      <div class="choices">
        {every.map(([words, each]) => (
          <label key={words}>
            <input type="radio" name={name} checked={value === each} onChange={() => set(each)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface AmountProps {
  asks: string
  unit: string
  min: number
  max: number
  step: number
  value: number | undefined
  set: (value: number | undefined) => void
}

const Amount = ({ asks, unit, min, max, step, value, set }: AmountProps) => (
  <label>
    {asks} <span class="soft small">({unit})</span>
    <input
      type="number"
      inputMode="decimal"
      min={min}
      max={max}
      step={step}
      value={value ?? ''}
      onInput={(event) => {
        const { value: text, valueAsNumber } = event.currentTarget
        set(text === '' || Number.isNaN(valueAsNumber) ? undefined : valueAsNumber)
      }}
    />
  </label>
)

const sides = [
  ['left', 'left'],
  ['right', 'right'],
  ['both', 'both'],
] as const

const courses = [
  ['better', 'improved'],
  ['no better', 'not-improved'],
  ['worse', 'worse'],
] as const

/** The one-minute breast check. Nothing leaves the page before the button is pressed. */
export function CheckForm({ action, send }: { action: string; send: (check: BreastCheck) => void }) {
  const [answers, setAnswers] = useState<Answers>({})
  const set: Set = (part) =>
    setAnswers(
      Object.fromEntries(Object.entries({ ...answers, ...part }).filter(([, value]) => value !== undefined)),
    )
  const { side } = answers
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (side !== undefined) send({ ...answers, side })
      }}
    >
      <div class="check-form">
        <Choices
          name="feeding"
          asks="Is she breastfeeding or expressing?"
          options={yesNo}
          value={answers.feeding}
          set={(feeding) => set({ feeding })}
        />
        <fieldset>
          <legend>Which breast? (needed)</legend>
          <div class="choices">
            {sides.map(([words, each]) => (
              <label key={words}>
                <input
                  type="radio"
                  name="side"
                  required
                  checked={side === each}
                  onChange={() => set({ side: each })}
                />
                {words}
              </label>
            ))}
          </div>
        </fieldset>
        <Amount
          asks="Began how long ago?"
          unit="hours"
          min={0}
          max={2160}
          step={1}
          value={answers.onsetHours}
          set={(onsetHours) => set({ onsetHours })}
        />
        <div>
          <Amount
            asks="Redness, largest extent"
            unit="cm, 0 = none"
            min={0}
            max={30}
            step={0.5}
            value={answers.rednessCm}
            set={(rednessCm) => set({ rednessCm })}
          />
          <p class="soft small">
            On light skin pink to red. On dark skin it may look purple, brown or grey, or not show: compare
            both sides, feel for warmth.
          </p>
        </div>
        <Choices
          name="colourChange"
          asks="Skin darker, purple, brown or grey?"
          options={yesNo}
          value={answers.colourChange}
          set={(colourChange) => set({ colourChange })}
        />
        <Choices
          name="warmth"
          asks="Warmer than the other side?"
          options={yesNo}
          value={answers.warmth}
          set={(warmth) => set({ warmth })}
        />
        <Choices
          name="peauDOrange"
          asks="Skin dimpled like orange peel?"
          hint="On light and dark skin alike: pits where the hairs are, best seen in slanting light."
          options={yesNo}
          value={answers.peauDOrange}
          set={(peauDOrange) => set({ peauDOrange })}
        />
        <Choices
          name="thickening"
          asks="Skin thickened when pinched?"
          options={yesNo}
          value={answers.thickening}
          set={(thickening) => set({ thickening })}
        />
        <Choices
          name="nippleRetraction"
          asks="Nipple newly drawn in?"
          options={yesNo}
          value={answers.nippleRetraction}
          set={(nippleRetraction) => set({ nippleRetraction })}
        />
        <Choices
          name="lump"
          asks="A lump that stays after feeding?"
          options={yesNo}
          value={answers.lump}
          set={(lump) => set({ lump })}
        />
        <Choices
          name="fluctuance"
          asks="Does the lump give like fluid (fluctuance)?"
          options={yesNo}
          value={answers.fluctuance}
          set={(fluctuance) => set({ fluctuance })}
        />
        <Amount
          asks="Temperature"
          unit="°C"
          min={30}
          max={45}
          step={0.1}
          value={answers.temperature}
          set={(temperature) => set({ temperature })}
        />
        <Amount
          asks="Pain of the breast"
          unit="0 to 10"
          min={0}
          max={10}
          step={1}
          value={answers.pain}
          set={(pain) => set({ pain })}
        />
        <Choices
          name="course"
          asks="Since treatment began"
          options={courses}
          value={answers.course}
          set={(course) => set({ course })}
        />
      </div>
      <p>
        <button type="submit" class="main" disabled={side === undefined}>
          {action}
        </button>
      </p>
    </form>
  )
}
