import { useState } from 'preact/hooks'
import type { WireCard, WireSuggestion } from '../../../src/cards/chosen-card.js'
import { IndicatorBadge } from './indicator.js'
import { Markdown } from './markdown.js'
import { Json } from './resource-dialog.js'

/** What a clinician does with a card; the owner of the page sends it on. */
export interface CardAnswers {
  accept: (suggestion: WireSuggestion) => Promise<void>
  override: (reason: WireCard['overrideReasons'], comment: string) => Promise<void>
}

interface CardProps {
  card: WireCard
  /** Absent: the card can be read but not answered, and `whyNot` says why. */
  answers?: CardAnswers
  whyNot?: string
}

/** A card as an EHR shows it: indicator, summary, detail, suggestions, override reasons, links. */
export function CardView({ card, answers, whyNot }: CardProps) {
  const [outcome, setOutcome] = useState<string>()
  const [filed, setFiled] = useState<WireSuggestion>()
  const { indicator, summary, detail, source, suggestions = [], links = [] } = card
  const settle = (work: Promise<void>, says: string): void => {
    work.then(
      () => setOutcome(says),
      (error: unknown) => setOutcome(`Not sent: ${error instanceof Error ? error.message : 'no answer'}`),
    )
  }
  const canAnswer = answers !== undefined && outcome === undefined
  return (
    <article class={`card ${indicator}`} aria-label={summary}>
      <IndicatorBadge indicator={indicator} />
      <h3>{summary}</h3>
      <details class="detail">
        <summary>Why, and what is advised</summary>
        <Markdown text={detail} />
      </details>
      {suggestions.length > 0 && (
        <div class="suggestions">
          {suggestions.map((suggestion) => (
            <button
              key={suggestion.uuid}
              type="button"
              class={suggestion.isRecommended ? 'main' : ''}
              disabled={!canAnswer}
              onClick={() => {
                setFiled(suggestion)
                if (answers) settle(answers.accept(suggestion), `Accepted: ${suggestion.label}`)
              }}
            >
              {suggestion.label}
            </button>
          ))}
        </div>
      )}
      {canAnswer && (
        <Override card={card} send={(...said) => settle(answers.override(...said), 'Overridden.')} />
      )}
      <p class="outcome small" role="status">
        {outcome}
      </p>
      {whyNot !== undefined && <p class="soft small">{whyNot}</p>}
      {filed && outcome !== undefined && (
        <details class="small">
          <summary>The draft order the EHR would hold</summary>
          <Json value={filed.actions.map(({ resource }) => resource)} label="Draft order" />
        </details>
      )}
      <p class="foot">
        <span class="soft">
          Source: {source.url === undefined ? source.label : <Out url={source.url} label={source.label} />}
        </span>
        {links.map(({ label, url, type }) =>
          type === 'absolute' ? (
            <Out key={url} url={url} label={label} />
          ) : (
            <span key={url} class="soft">
              {label} (opens from the EHR)
            </span>
          ),
        )}
      </p>
    </article>
  )
}

const Out = ({ url, label }: { url: string; label: string }) =>
  /^https?:\/\//.test(url) ? (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  ) : (
    <>{label}</>
  )

type SendOverride = (...said: Parameters<CardAnswers['override']>) => void

function Override({ card, send }: { card: WireCard; send: SendOverride }) {
  const reasons = card.overrideReasons ?? []
  const [code, setCode] = useState('')
  const [comment, setComment] = useState('')
  return (
    <details class="small">
      <summary>Override</summary>
      <div class="override">
        <label>
          Reason
          <select value={code} onChange={(event) => setCode(event.currentTarget.value)}>
            <option value="">No reason given</option>
            {reasons.map((reason) => (
              <option key={reason.code} value={reason.code}>
                {reason.display}
              </option>
            ))}
          </select>
        </label>
        <label>
          Comment
          <input value={comment} maxLength={500} onInput={(event) => setComment(event.currentTarget.value)} />
        </label>
        <button
          type="button"
          onClick={() =>
            send(
              reasons.filter((reason) => reason.code === code),
              comment,
            )
          }
        >
          Override this card
        </button>
      </div>
    </details>
  )
}
