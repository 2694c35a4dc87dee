import { useState } from 'preact/hooks'
import type { ConsideredView, ExplanationView, FindingView, RowView } from '../../../src/workbench/views.js'
import { IndicatorBadge } from './indicator.js'
import { TextsRead } from './texts-read.js'
import { asWords, spanWords } from './words.js'

type Show = (source: string) => void

const verdictShape = { present: '● present', absent: '○ absent', 'cannot-tell': '◐ cannot tell' } as const

const hiddenWords: Readonly<Record<string, string>> = {
  'no-row': 'no condition of it holds',
  overridden: 'it was overridden recently and nothing is new since',
  repeated: 'the same user saw it a short time ago',
  cap: 'there are already as many cards as one call may show',
  off: 'it is switched off',
  'draft-not-accepted': 'it is a draft that this site has not accepted',
  silent: 'rules run silently for this client',
  replaced: 'another card stands for it',
}

/** Why these cards and why not the others: every card with its conditions, every finding with its reason and resources. */
export function Why({ explanation, show }: { explanation: ExplanationView; show: Show }) {
  const { cards, scopes, inScope, missing, sources, texts } = explanation
  const unread = sources.filter(({ why }) => why !== undefined)
  return (
    <>
      <section class="panel" aria-labelledby="why-cards">
        <h2 id="why-cards">Why, and why not</h2>
        {cards.map((card) => (
          <Considered key={card.kind} card={card} />
        ))}
        {cards.length === 0 && <p>No card was considered: {inScope.because}.</p>}
      </section>
      <section class="panel" aria-labelledby="why-findings">
        <Findings explanation={explanation} show={show} />
        {missing.length > 0 && (
          <>
            <h3>What is missing</h3>
            <ul>
              {missing.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </>
        )}
        {unread.length > 0 && (
          <p class="small">Not read: {unread.map(({ key, why }) => `${key} (${why ?? ''})`).join(', ')}</p>
        )}
        {scopes.length === 0 && <FindingLine finding={inScope} show={show} />}
        {texts.length > 0 && <TextsRead texts={texts} show={show} />}
      </section>
    </>
  )
}

function Considered({ card }: { card: ConsideredView }) {
  const { title, version, shown, hidden, indicator, summary, rows } = card
  const told = shown ? rows.filter(({ holds }) => holds) : rows
  return (
    <details class="considered">
      <summary>
        {shown && indicator ? (
          <span class={`card-word ${indicator}`}>
            <IndicatorBadge indicator={indicator} /> <strong>{title}</strong>: {summary}
          </span>
        ) : (
          <>
            <strong>{title}</strong>{' '}
            <span class="soft">
              not shown: {hiddenWords[hidden ?? 'no-row']}
              {hidden === 'no-row' ? nearest(rows) : ''}
            </span>
          </>
        )}
      </summary>
      <p class="soft small">
        Version {version}. {told.length === 0 && 'None of its rows belongs to this hook.'}
      </p>
      {told.map((row) => (
        <Row key={`${row.row} ${row.where}`} row={row} shown={shown} />
      ))}
    </details>
  )
}

/** The condition that hid a card, taken from the row that came closest to holding. */
function nearest(rows: readonly RowView[]): string {
  const failing = ({ conditions }: RowView) => conditions.filter(({ holds }) => !holds)
  const closest = [...rows].sort((one, other) => failing(one).length - failing(other).length)[0]
  const condition = closest && failing(closest)[0]
  return condition ? `; nearest: ${asWords(condition.words)} is ${asWords(condition.verdict)}` : ''
}

function Row({ row, shown }: { row: RowView; shown: boolean }) {
  const conditions = shown ? row.conditions : row.conditions.filter(({ holds }) => !holds)
  return (
    <>
      <h4>
        {asWords(row.row)}
        {row.where !== '' && <span class="soft"> ({row.where})</span>}
      </h4>
      <ul class="conditions">
        {conditions.map(({ words, wanted, verdict, because, holds }) => (
          <li key={words}>
            {holds ? '✓' : '✗'} <strong>{asWords(words)}</strong> must be {wanted}, is {asWords(verdict)}:{' '}
            {because}
          </li>
        ))}
      </ul>
    </>
  )
}

function Findings({ explanation, show }: { explanation: ExplanationView; show: Show }) {
  const [all, setAll] = useState(false)
  return (
    <>
      <div class="apart">
        <h2 id="why-findings">Findings</h2>
        <label class="small">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />{' '}
          absent ones too
        </label>
      </div>
      {explanation.scopes.map(({ side, draft, stage, findings }) => {
        const told = findings.filter(({ verdict }) => all || verdict !== 'absent')
        return (
          <div key={`${side} ${draft ?? ''}`}>
            <h3>
              {side === 'patient'
                ? 'Patient'
                : `${sideName(side)}: ${asWords(stage)}${draft === undefined ? '' : `, order ${draft}`}`}
            </h3>
            {told.map((finding) => (
              <FindingLine key={finding.name} finding={finding} show={show} />
            ))}
            {told.length === 0 && <p class="soft small">Nothing present.</p>}
          </div>
        )
      })}
    </>
  )
}

const sideName = (side: string): string =>
  side === 'unspecified' ? 'Breast, side not known' : `${side === 'left' ? 'Left' : 'Right'} breast`

function FindingLine({ finding, show }: { finding: FindingView; show: Show }) {
  const { name, means, verdict, because, evidence } = finding
  return (
    <div class="finding">
      <span class={`verdict ${verdict}`}>{verdictShape[verdict]}</span>{' '}
      <span class="name" title={means}>
        {asWords(name)}
      </span>
      : {because}
      {evidence.length > 0 && (
        <ul class="evidence">
          {evidence.map(({ what, from, until, source, fromText }, index) => (
            <li key={index}>
              {what}
              {from !== undefined && <span class="soft"> {spanWords(from, until)}</span>}{' '}
              <button type="button" class="plain" onClick={() => show(source)}>
                {source}
              </button>
              {fromText && <em> from free text</em>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
