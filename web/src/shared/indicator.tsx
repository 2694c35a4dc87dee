import type { Indicator } from '../../../src/cards/chosen-card.js'

const shapes = {
  info: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path d="M8 7v5M8 4v1.5" />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.5 15 14.5H1z" />
      <path d="M8 6v4M8 11.5V13" />
    </>
  ),
  critical: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
      <path d="M8 4v5M8 10.5V12" />
    </>
  ),
}

/** How urgent a card is: colour, word and shape say the same. */
export const IndicatorBadge = ({ indicator }: { indicator: Indicator }) => (
  <span class="indicator">
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true">
      {shapes[indicator]}
    </svg>
    {indicator}
  </span>
)
