import type { CaseView, CatalogueCard, LogicView } from '../../../src/workbench/catalogue-views.js'
import { IndicatorBadge } from '../shared/indicator.js'
import { Markdown } from '../shared/markdown.js'
import { asWords } from '../shared/words.js'
import { writeAddress } from '../try/address.js'

/** One card on one sheet: what it says, when, on which numbers, on which evidence, and what it promises. */
export function CardSheet({ card, development }: { card: CatalogueCard; development: boolean }) {
  return (
    <article class="sheet">
      <h1>{card.title}</h1>
      <p class="status">{card.review}</p>
      <section class="panel">
        <h2>Logic</h2>
        <p class="soft small">
          The card is shown when any of these rows holds; the most urgent one gives the summary.
        </p>
        <ol class="logic">
          {card.rows.map((row) => (
            <Logic key={row.row} row={row} />
          ))}
        </ol>
      </section>
      <section class="panel">
        <h2>What it advises</h2>
        <List lines={card.recommendation} />
        <h3>When it does not apply</h3>
        <List lines={card.doesNotApply} />
        {card.suggestions.length > 0 && (
          <>
            <h3>Orders it offers, as drafts</h3>
            <List lines={card.suggestions} />
          </>
        )}
        <h3>Reasons to override it</h3>
        <List lines={card.overrides} />
      </section>
      <section class="panel">
        <h2>Numbers</h2>
        <Numbers card={card} />
      </section>
      <section class="panel no-print">
        <h2>Findings it asks for</h2>
        <dl class="small">
          {card.findings.map(({ name, means, edge, missing }) => (
            <div key={name}>
              <dt>
                <strong>{asWords(name)}</strong>
              </dt>
              <dd>
                {means} {edge} {missing}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="panel no-print">
        <h2>Cases</h2>
        <Cases card={card} development={development} />
      </section>
      <section class="panel no-print">
        <h2>Evidence</h2>
        <Markdown text={paragraphs(card.evidence)} />
      </section>
      <p class="print-only">
        {card.cases.length} cases hold this card to its word (
        {card.cases.filter(({ expect }) => expect === 'hidden').length} of them hidden); they, the findings
        and the evidence stand on the page itself.
      </p>
      <section class="panel">
        <h2>Source attributes</h2>
        <Attributes card={card} />
      </section>
      <section class="panel">
        <h2>Version</h2>
        <p>
          Version {card.version}, {card.status}. Released {card.released}, revised {card.revised}, review by{' '}
          {card.reviewBy}. Owner: {card.owner}.
        </p>
        <h3>History</h3>
        <ul class="small">
          {card.history.map(({ version, date, changed, approval }) => (
            <li key={version}>
              <strong>{version}</strong>, {date}: {changed} Approval: {approval}.
            </li>
          ))}
        </ul>
        <p class="small soft">
          Content <code>{card.contentHash}</code>
        </p>
      </section>
      <p class="no-print">
        <a href={`/cards/${card.kind}/attributes`}>The attributes as JSON</a> · <a href="/cards">All cards</a>{' '}
        ·{' '}
        <button type="button" onClick={() => print()}>
          Print
        </button>
      </p>
    </article>
  )
}

/** Lines of one paragraph joined, as Markdown means them; the first heading is left out, the sheet has its own. */
const paragraphs = (text: string): string =>
  text
    .replace(/^# .*\n/, '')
    .replaceAll(/([^\n])\n(?![\n#-])/g, '$1 ')
    .replaceAll(/\n {2,}/g, ' ')

const List = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)

function Logic({ row }: { row: LogicView }) {
  const groups = [
    ['all of', row.all],
    ['any of', row.any],
    ['none of', row.none],
  ] as const
  return (
    <li class={`card-word ${row.indicator}`}>
      <IndicatorBadge indicator={row.indicator} /> {row.summary}
      <div class="small">
        {row.because} On {row.on.join(' and ')}:{' '}
        {groups
          .filter(([, conditions]) => conditions.length > 0)
          .map(
            ([group, conditions]) => `${group} ${conditions.map(({ words }) => asWords(words)).join(', ')}`,
          )
          .join('; ')}
        .{row.rule !== undefined && <span class="soft"> Clinical rule book {row.rule}.</span>}
      </div>
    </li>
  )
}

function Numbers({ card: { parameters } }: { card: CatalogueCard }) {
  if (parameters.length === 0) return <p>None.</p>
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Numbers">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Allowed</th>
            <th scope="col">Means</th>
            <th scope="col">Source, since</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, value, unit, allowed, means, source, since }) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td>
                {value} {unit}
              </td>
              <td>{allowed}</td>
              <td>{means}</td>
              <td>
                {source}, {since}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const verdictOf = ({ expect, indicator }: CaseView): string => `${expect}${indicator ? `, ${indicator}` : ''}`

function Cases({ card: { cases }, development }: { card: CatalogueCard; development: boolean }) {
  if (cases.length === 0) return <p>No case is written yet.</p>
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Cases">
      <table>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Verdict</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((promise) => (
            <tr key={promise.case}>
              <td>
                {development && promise.plain ? (
                  <a
                    href={`/${writeAddress({
                      patient: promise.patient,
                      hook: promise.hook as 'patient-view',
                      orders: promise.orders,
                      hours: 0,
                      parameters: {},
                    })}`}
                  >
                    {promise.case}
                  </a>
                ) : (
                  promise.case
                )}
                {promise.hook !== 'patient-view' && <span class="soft"> ({promise.hook})</span>}
              </td>
              <td>{verdictOf(promise)}</td>
              <td>{promise.because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Attributes({ card: { attributes, citations } }: { card: CatalogueCard }) {
  return (
    <>
      <dl class="small">
        {Object.entries(attributes)
          .filter(([name]) => name !== 'bibliographic_citation')
          .map(([name, value]) => (
            <div key={name}>
              <dt>
                <strong>{name.replaceAll('_', ' ')}</strong>
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <h3>Citations</h3>
      <ul class="small">
        {citations.map(({ key, url, citation }) => (
          <li key={key}>
            <a href={url} rel="noopener noreferrer" target="_blank">
              {key}
            </a>
            : {citation}
          </li>
        ))}
      </ul>
    </>
  )
}
