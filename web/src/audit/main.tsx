import { render, type ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { ChainStatus } from '../../../src/audit/chain-status.js'
import { askJson, Refused, wordsOf } from '../shared/ask-json.js'
import { Failure, PageHead } from '../shared/page-head.js'
import { asWords } from '../shared/words.js'
import { DrillDown, Replay, type AskAudit } from './drill-down.js'
import { groupWords, valueWords, type MetricLine } from './metric-lines.js'
import { MetricTable } from './metric-table.js'
import { Weeks } from './weeks.js'

/** Lines of all calls stand before those of each card. */
interface Figures {
  byCard: readonly MetricLine[]
  byWeek: readonly MetricLine[]
  silent: readonly MetricLine[]
  /** Absent where the token may not ask: the chain is one for all clients. */
  chain: ChainStatus | undefined
}

const purposes = ['committee', 'privacy', 'research', 'operations', 'incident'] as const
const inWeeks = ['fire-rate', 'acceptance-of-shown', 'alert-burden', 'insufficient-data-rate'] as const
const perCard = [
  'cards',
  'fire-rate',
  'acceptance-of-shown',
  'acceptance-of-answered',
  'insufficient-data-rate',
] as const
const apart = ['override-by-reason', 'override-by-category', 'insufficient-data-rate', 'latency']

/** What was asked; `undefined` when the role of the token may not ask it. */
const unlessForbidden = <Answer,>(asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Refused && error.status === 403) return undefined
    throw error
  })

const monthsAgo = (months: number): string => {
  const day = new Date()
  day.setUTCMonth(day.getUTCMonth() - months)
  return day.toISOString().slice(0, 10)
}

function Audit() {
  const [token, setToken] = useState('')
  const [from, setFrom] = useState(() => monthsAgo(3))
  const [to, setTo] = useState('')
  const [why, setWhy] = useState<string>('committee')
  const [figures, setFigures] = useState<Figures>()
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)

  const range = new URLSearchParams({ from, why, ...(to !== '' && { to }) }).toString()
  const ask: AskAudit = (path) =>
    askJson(`/api/audit${path}${path.includes('?') ? '' : `?why=${why}`}`, undefined, {
      Authorization: `Bearer ${token.trim()}`,
    })
  const metrics = async (more: string): Promise<readonly MetricLine[]> =>
    (await ask<{ metrics: readonly MetricLine[] }>(`/metrics?${range}${more}`)).metrics
  const load = async (): Promise<void> => {
    setBusy(true)
    try {
      const byCard = await metrics('&by=card') // one after another: the service answers one question at a time
      const byWeek = await metrics('&by=week')
      const silent = await metrics('&mode=silent')
      setFigures({ byCard, byWeek, silent, chain: await unlessForbidden(ask<ChainStatus>('/chain')) })
      setFailure(undefined)
    } catch (error) {
      setFailure(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHead
        here="Audit"
        places={['Audit']}
        note="Each look is recorded with its purpose. Fewer than 11 cases are not shown."
      />
      <main id="main">
        <h1>What was said, and what became of it</h1>
        <form
          class="panel ask-audit"
          onSubmit={(event) => {
            event.preventDefault()
            void load()
          }}
        >
          <label>
            Admin token (kept on this page alone)
            <input
              type="password"
              autocomplete="off"
              required
              value={token}
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          </label>
          <label>
            From
            <input
              type="date"
              required
              value={from}
              onInput={(event) => setFrom(event.currentTarget.value)}
            />
          </label>
          <label>
            To (not with it)
            <input type="date" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
          </label>
          <label>
            Purpose
            <select value={why} onChange={(event) => setWhy(event.currentTarget.value)}>
              {purposes.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
          <button type="submit" class="main" disabled={busy}>
            Show
          </button>
        </form>
        {failure !== undefined && <Failure says={failure} />}
        {figures && (
          <>
            {figures.chain && <Chain chain={figures.chain} />}
            <Sections figures={figures} />
            <DrillDown ask={ask} />
            <Replay ask={ask} range={range} />
          </>
        )}
      </main>
    </>
  )
}

const ofEverything = (lines: readonly MetricLine[]): readonly MetricLine[] =>
  lines.filter((line) => groupWords(line) === '')

const named = (lines: readonly MetricLine[], ...names: readonly string[]): readonly MetricLine[] =>
  lines.filter(({ metric }) => names.includes(metric))

function Sections({ figures: { byCard, byWeek, silent } }: { figures: Figures }) {
  const whole = ofEverything(byCard)
  const grouped = (lines: readonly MetricLine[]): readonly MetricLine[] =>
    lines.filter((line) => groupWords(line) !== '')
  return (
    <>
      <Section title="Together">
        <MetricTable name="together" lines={whole.filter(({ metric }) => !apart.includes(metric))} />
      </Section>
      <Section title="Week by week">
        <div class="figures">
          {inWeeks.map((name) => {
            const lines = grouped(named(byWeek, name))
            return (
              <div key={name}>
                <h3>{asWords(name)}</h3>
                <Weeks name={asWords(name)} lines={lines.filter(({ part }) => part === undefined)} />
                <details class="small">
                  <summary>As a table</summary>
                  <MetricTable name={`${name} by week`} lines={lines} grouped="Week" />
                </details>
              </div>
            )
          })}
        </div>
      </Section>
      <Section title="Overrides by reason">
        <MetricTable name="overrides" lines={named(whole, 'override-by-reason', 'override-by-category')} />
      </Section>
      <Section title="Card by card">
        <MetricTable name="cards" lines={grouped(named(byCard, ...perCard))} grouped="Card" />
      </Section>
      <Section title="Data gaps">
        <MetricTable name="data gaps" lines={named(whole, 'insufficient-data-rate', 'not-answered-rate')} />
      </Section>
      <Section title="Latency">
        <MetricTable name="latency" lines={named(whole, 'latency', 'slow-calls')} />
      </Section>
      <Section title="Silent mode beside live">
        <Silent live={whole} silent={ofEverything(silent)} />
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Silent({ live, silent }: { live: readonly MetricLine[]; silent: readonly MetricLine[] }) {
  const compared = [
    'calls',
    'cards',
    'fire-rate',
    'alert-burden',
    'insufficient-data-rate',
    'shadow-agreement',
  ]
  const find = (lines: readonly MetricLine[], name: string): string => {
    const line = lines.find(({ metric, part }) => metric === name && part === undefined)
    return line ? valueWords(line) : ''
  }
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Live</th>
          <th scope="col">Silent: would have been</th>
        </tr>
      </thead>
      <tbody>
        {compared.map((name) => (
          <tr key={name}>
            <td>{asWords(name)}</td>
            <td>{find(live, name)}</td>
            <td>{find(silent, name)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Chain({ chain }: { chain: ChainStatus }) {
  const { checked, records, streams, purged, checkpoints, lastCheckpoint, firstFault } = chain
  return (
    <section class={`panel ${firstFault ? 'failed' : ''}`} aria-labelledby="chain-head">
      <h2 id="chain-head">Hashes of the chain: {firstFault ? 'broken' : 'whole'}</h2>
      <p>
        {records} records in {streams} streams, {purged} purged, {checkpoints} checkpoints
        {lastCheckpoint !== undefined && `, the last at ${lastCheckpoint}`}.
        {firstFault &&
          ` First fault: ${firstFault.says} at number ${firstFault.seq} of ${firstFault.stream}.`}
      </p>
      <p>{checked}</p>
    </section>
  )
}

const page = document.getElementById('page')
if (page) render(<Audit />, page)
