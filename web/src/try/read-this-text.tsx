import { useEffect, useRef, useState } from 'preact/hooks'
import type { TextKind, TextReading } from '../../../src/terminology/text/reading.js'
import { askJson, wordsOf } from '../shared/ask-json.js'
import { Failure } from '../shared/page-head.js'
import { readingWords } from '../shared/reading-words.js'
import { MarkedText } from './marked-text.js'

const kinds: Readonly<Partial<Record<TextKind, string>>> = {
  exam: 'Examination or note',
  report: 'Ultrasound report',
  medicine: 'Medicine',
  order: 'Order',
  condition: 'Problem',
}

const example =
  "Day 4 of dicloxacillin. Left breast still red and hot, no fluctuance. Latch improved. Peau d'orange: ___"

/** How long typing must pause before the service is asked, in milliseconds. */
const pause = 250

interface Answer {
  text: string
  read: TextReading
}

/** A box in which a clinician types a sentence and sees what the service reads in it, and by which words. */
export function ReadThisText() {
  const [text, setText] = useState(example)
  const [kind, setKind] = useState<TextKind>('exam')
  const [answer, setAnswer] = useState<Answer>()
  const [failure, setFailure] = useState<string>()
  const turn = useRef(0)
  useEffect(() => {
    const mine = (turn.current += 1)
    const ask = (): void => {
      askJson<TextReading>('/workbench/read', { kind, text }).then(
        (read) => {
          if (mine !== turn.current) return
          setAnswer({ text, read })
          setFailure(undefined)
        },
        (error: unknown) => {
          if (mine === turn.current) setFailure(wordsOf(error))
        },
      )
    }
    const waiting = setTimeout(ask, pause)
    return () => clearTimeout(waiting)
  }, [text, kind])
  return (
    <section class="panel" aria-labelledby="read-head">
      <h2 id="read-head">Read this text</h2>
      <p class="small soft">Use no real patient. The text goes to this service alone and is not kept.</p>
      <label>
        It is{' '}
        <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value as TextKind)}>
          {Object.entries(kinds).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <textarea
        aria-label="Text to read"
        rows={4}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      {failure !== undefined && <Failure says={failure} />}
      {answer && <WhatWasRead {...answer} />}
    </section>
  )
}

function WhatWasRead({ text, read }: Answer) {
  const { readings, unread } = read
  const open = unread.length + readings.filter(({ state }) => state === 'unreadable').length
  return (
    <>
      <p role="status">
        {readings.length === 0 && unread.length === 0
          ? 'The service reads nothing here that it acts on.'
          : `${readings.length - (open - unread.length)} read, ${open} not understood.`}
      </p>
      <MarkedText text={text} read={read} />
      <details>
        <summary>Why: the words and the rule behind each</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Read</th>
              <th scope="col">By the words</th>
              <th scope="col">Rule</th>
            </tr>
          </thead>
          <tbody>
            {readings.map((reading, at) => (
              <tr key={at}>
                <td>{readingWords(reading)}</td>
                <td>{reading.why}</td>
                <td>
                  <code>{reading.rule}</code>
                </td>
              </tr>
            ))}
            {unread.map(({ start, end, why }, at) => (
              <tr key={`unread ${at}`}>
                <td>not understood</td>
                <td>{text.slice(start ?? 0, end ?? 0)}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
