import type { KnobView, ShortCard } from '../../../src/workbench/views.js'
import { IndicatorBadge } from '../shared/indicator.js'

interface Props {
  knobs: readonly KnobView[]
  moved: Readonly<Record<string, number>>
  move: (parameters: Readonly<Record<string, number>>) => void
  asItIs: readonly ShortCard[] | undefined
  now: readonly ShortCard[]
}

/** Sliders for the numbers of the medicine, and what moving them changes. */
export function Knobs({ knobs, moved, move, asItIs, now }: Props) {
  const set = ({ name, value: usual }: KnobView, value: number): void => {
    const others = Object.entries(moved).filter(([other]) => other !== name)
    move(Object.fromEntries(value === usual ? others : [...others, [name, value]]))
  }
  const count = Object.keys(moved).length
  return (
    <section class="panel" aria-labelledby="knobs-head">
      <details open={count > 0}>
        <summary id="knobs-head">What if the numbers were others{count > 0 && ` (${count} moved)`}</summary>
        {knobs.map((knob) => {
          const value = moved[knob.name] ?? knob.value
          return (
            <div key={knob.name} class={`knob ${knob.name in moved ? 'moved' : ''}`}>
              <label>
                <code>{knob.name}</code>{' '}
                <strong>
                  {value} {knob.unit}
                </strong>{' '}
                {knob.name in moved && <span class="soft">(usually {knob.value})</span>}
                <input
                  type="range"
                  min={knob.min}
                  max={knob.max}
                  step={knob.step}
                  value={value}
                  onInput={(event) => set(knob, Number(event.currentTarget.value))}
                />
              </label>
              <p class="soft small">{knob.means}</p>
            </div>
          )
        })}
        {count > 0 && (
          <button type="button" onClick={() => move({})}>
            Back to the numbers in force
          </button>
        )}
      </details>
      {asItIs && (
        <div class="difference" role="status">
          <Cards title="As it is" cards={asItIs} others={now} />
          <Cards title="With these numbers" cards={now} others={asItIs} />
        </div>
      )}
    </section>
  )
}

function Cards({
  title,
  cards,
  others,
}: {
  title: string
  cards: readonly ShortCard[]
  others: readonly ShortCard[]
}) {
  const same = (one: ShortCard): boolean =>
    others.some(
      (other) =>
        other.kind === one.kind && other.indicator === one.indicator && other.summary === one.summary,
    )
  return (
    <div>
      <h3>{title}</h3>
      {cards.length === 0 && <p>No card.</p>}
      <ul>
        {cards.map((card) => (
          <li key={card.kind} class={`card-word ${card.indicator}`}>
            <IndicatorBadge indicator={card.indicator} />{' '}
            {same(card) ? card.summary : <strong>{card.summary} (differs)</strong>}
          </li>
        ))}
      </ul>
    </div>
  )
}
