import { useMemo, useState } from 'preact/hooks'
import type { HookName } from '../../../src/protocol/hook-request.js'
import type { StoryView, WorkbenchStart } from '../../../src/workbench/views.js'
import type { Asked } from './address.js'

/** A Bundle of the reader's own, in place of a demo patient. */
export interface OwnBundle {
  name: string
  bundle: unknown
}

interface Props {
  start: WorkbenchStart
  asked: Asked
  own: OwnBundle | undefined
  change: (part: Partial<Asked>) => void
  setOwn: (own: OwnBundle | undefined) => void
}

/** Who is asked about, at which moment of work, with which orders, and when. */
export function AskForm(props: Props) {
  const { start, asked, change } = props
  const { hook, orders } = asked
  const pickHook = (next: HookName): void =>
    change({ hook: next, ...(next === 'patient-view' && { orders: [] }) })
  const pickOrder = (name: string, on: boolean): void => {
    const next = on ? [...orders, name] : orders.filter((each) => each !== name)
    change({ orders: next, ...(next.length > 0 && hook === 'patient-view' && { hook: 'order-sign' }) })
  }
  return (
    <form class="ask" aria-label="What to ask" onSubmit={(event) => event.preventDefault()}>
      <div class="panel">
        <PatientPicker {...props} />
        <OwnPatient {...props} />
      </div>
      <div class="panel">
        <label>
          Hook
          <select value={hook} onChange={(event) => pickHook(event.currentTarget.value as HookName)}>
            {start.hooks.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <details open={orders.length > 0}>
          <summary>Draft orders{orders.length > 0 && ` (${orders.length})`}</summary>
          {start.orders.map((name) => (
            <label key={name} class="check">
              <input
                type="checkbox"
                checked={orders.includes(name)}
                onChange={(event) => pickOrder(name, event.currentTarget.checked)}
              />
              {name.replaceAll('-', ' ')}
            </label>
          ))}
        </details>
      </div>
      <Moment {...props} />
    </form>
  )
}

function grouped(
  stories: readonly StoryView[],
  words: string,
): readonly (readonly [string, readonly StoryView[]])[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, StoryView[]>()
  for (const story of stories) {
    const text = `${story.title} ${story.group} ${story.text}`.toLowerCase()
    if (!wanted.every((word) => text.includes(word))) continue
    groups.set(story.group, [...(groups.get(story.group) ?? []), story])
  }
  return [...groups]
}

function PatientPicker({ start, asked, own, change, setOwn }: Props) {
  const [words, setWords] = useState('')
  const groups = useMemo(() => grouped(start.stories, words), [start, words])
  const count = groups.reduce((sum, [, stories]) => sum + stories.length, 0)
  return (
    <>
      <label>
        Find a story
        <input
          type="search"
          value={words}
          placeholder="fever, abscess, 48h …"
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <label>
        Patient <span class="soft small">({count} invented)</span>
        <select
          size={12}
          value={own ? '' : asked.patient}
          onChange={(event) => {
            setOwn(undefined)
            change({ patient: event.currentTarget.value, hours: 0 })
          }}
        >
          {groups.map(([group, stories]) => (
            <optgroup key={group} label={group}>
              {stories.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    </>
  )
}

function OwnPatient({ own, setOwn }: Props) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const take = (content: string, name: string): void => {
    try {
      setOwn({ name, bundle: JSON.parse(content) as unknown })
      setProblem(undefined)
    } catch {
      setProblem('This is not JSON.')
    }
  }
  const takeFile = (file: File | undefined): void => {
    void file?.text().then((content) => take(content, file.name))
  }
  return (
    <details
      open={own !== undefined}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        takeFile(event.dataTransfer?.files[0])
      }}
    >
      <summary>Or your own Bundle</summary>
      <label>
        Paste a FHIR R4 Bundle, or drop a file here
        <textarea
          rows={4}
          value={text}
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <label>
        File
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => takeFile(event.currentTarget.files?.[0])}
        />
      </label>
      <button type="button" onClick={() => take(text, 'pasted Bundle')}>
        Ask about this Bundle
      </button>
      {own && <p class="small">Asked about: {own.name}. It stays on this machine.</p>}
      {problem !== undefined && <p role="alert">{problem}</p>}
    </details>
  )
}

function Moment({ asked, change }: Props) {
  const move = (by: number): void => change({ hours: Math.round((asked.hours + by) * 10) / 10 })
  return (
    <div class="panel">
      <label>
        Hours from now
        <input
          type="number"
          step="1"
          min="-2000"
          max="2000"
          value={asked.hours}
          onChange={(event) => change({ hours: Number(event.currentTarget.value) || 0 })}
        />
      </label>
      <div class="row-of-buttons" role="group" aria-label="Move the moment">
        {[-24, -1, 1, 24].map((by) => (
          <button key={by} type="button" onClick={() => move(by)}>
            {by > 0 ? '+' : '−'}
            {Math.abs(by)} h
          </button>
        ))}
        <button type="button" aria-pressed={asked.hours === 0} onClick={() => change({ hours: 0 })}>
          Now
        </button>
      </div>
      <p class="soft small">The service then knows only what was recorded by that moment.</p>
    </div>
  )
}
