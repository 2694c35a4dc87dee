import { useState } from 'preact/hooks'
import type { Explanation } from '../../../src/audit/explain.js'
import type { ReplayReport } from '../../../src/audit/replay/replay-tally.js'
import { wordsOf } from '../shared/ask-json.js'
import { asWords } from '../shared/words.js'

/** Asks the audit API; the owner of the page holds the token. */
export type AskAudit = <Answer>(path: string) => Promise<Answer>

/** One recorded call: what was decided, on what, and why. */
export function DrillDown({ ask }: { ask: AskAudit }) {
  const [id, setId] = useState('')
  const [told, setTold] = useState<Explanation>()
  const [problem, setProblem] = useState<string>()
  const look = (): void => {
    ask<Explanation>(`/explain/${encodeURIComponent(id.trim())}`).then(
      (next) => {
        setTold(next)
        setProblem(undefined)
      },
      (error: unknown) => setProblem(wordsOf(error)),
    )
  }
  return (
    <section class="panel" aria-labelledby="call-head">
      <h2 id="call-head">One call</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          look()
        }}
      >
        <label>
          Invocation id (in the log, and in a card's SMART link)
          <input value={id} onInput={(event) => setId(event.currentTarget.value)} />
        </label>
        <p>
          <button type="submit" disabled={id.trim() === ''}>
            Explain
          </button>
        </p>
      </form>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {told && <Told told={told} />}
    </section>
  )
}

function Told({ told }: { told: Explanation }) {
  const { at, client, hook, status, content, engine, stage, missing, cards, lines } = told
  return (
    <>
      <p>
        {at}, {client}, {hook}, answered {status}. Stage: {asWords(stage)}. Content {content}, engine {engine}
        .{missing.length > 0 && ` Missing: ${missing.join('; ')}.`}
      </p>
      <ul>
        {cards.map(({ kind, version, indicator, rows }) => (
          <li key={kind}>
            {asWords(kind)} {version}, {indicator}: {rows.map(asWords).join(', ')}
          </li>
        ))}
        {cards.length === 0 && <li>No card.</li>}
      </ul>
      <div class="wide" tabIndex={0} role="region" aria-label="Lines of the decision">
        <table>
          <thead>
            <tr>
              <th scope="col">Of</th>
              <th scope="col">Condition</th>
              <th scope="col">Came out</th>
              <th scope="col">Because</th>
              <th scope="col">Facts</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ scope, condition, outcome, because, facts }, index) => (
              <tr key={index}>
                <td>{scope}</td>
                <td>{asWords(condition)}</td>
                <td>{outcome}</td>
                <td>{because}</td>
                <td>{facts.join('; ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** The calls of the range, judged again by the content in force: what would be different now. */
export function Replay({ ask, range }: { ask: AskAudit; range: string }) {
  const [report, setReport] = useState<ReplayReport>()
  const [says, setSays] = useState('')
  const run = (): void => {
    setSays('Replaying …')
    ask<ReplayReport>(`/replay?${range}`).then(
      (next) => {
        setReport(next)
        setSays('')
      },
      (error: unknown) => setSays(wordsOf(error)),
    )
  }
  const examples = report ? Object.values(report.examples).flat() : []
  return (
    <section class="panel" aria-labelledby="replay-head">
      <h2 id="replay-head">Replay with the content in force</h2>
      <button type="button" onClick={run}>
        Replay this range
      </button>
      <p role="status">{says}</p>
      {report && (
        <>
          <p>
            {report.calls} calls replayed, {report.identical} the same, {report.notReplayable} not replayable.
            Of {report.samePack} calls first decided by this very content, {report.samePackDifferent} came out
            differently
            {report.samePackDifferent > 0 ? ': this must not happen.' : '.'}
          </p>
          {report.earlierRead > 0 && (
            <p>
              Of {report.earlierRead} calls that had not asked what was said earlier, it was read from the
              store
              {report.earlierPurged > 0 &&
                `; of ${report.earlierPurged} it is not fully known, because older cards were purged`}
              .
            </p>
          )}
          <div class="wide" tabIndex={0} role="region" aria-label="Differences">
            <table>
              <thead>
                <tr>
                  <th scope="col">Card</th>
                  <th scope="col">Difference</th>
                  <th scope="col">Before</th>
                  <th scope="col">Now</th>
                  <th scope="col">Call</th>
                </tr>
              </thead>
              <tbody>
                {examples.map(({ kind, is, before, after, invocationId }, index) => (
                  <tr key={index}>
                    <td>{asWords(kind)}</td>
                    <td>{asWords(is)}</td>
                    <td>{before}</td>
                    <td>{after}</td>
                    <td>
                      <code>{invocationId}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  )
}
