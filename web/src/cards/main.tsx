import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Catalogue, CatalogueCard } from '../../../src/workbench/catalogue-views.js'
import { askJson, wordsOf } from '../shared/ask-json.js'
import { IndicatorBadge } from '../shared/indicator.js'
import { Failure, PageHead } from '../shared/page-head.js'
import { CardSheet } from './card-sheet.js'

const kind = location.pathname.split('/')[2]

function Cards() {
  const [catalogue, setCatalogue] = useState<Catalogue>()
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    askJson<Catalogue>('/cards.json').then(setCatalogue, (error: unknown) => setFailure(wordsOf(error)))
  }, [])
  const card = catalogue?.cards.find((each) => each.kind === kind)
  useEffect(() => {
    if (card) document.title = `${card.title} · mastitis-cds`
  }, [card])
  return (
    <>
      <PageHead here="Cards" places={catalogue?.development ? ['Try', 'Cards'] : ['Cards']} />
      <main id="main">
        {failure !== undefined && <Failure says={failure} />}
        {catalogue &&
          (card ? (
            <CardSheet card={card} development={catalogue.development} />
          ) : (
            <Overview catalogue={catalogue} />
          ))}
      </main>
    </>
  )
}

const drafts = (cards: readonly CatalogueCard[]): number =>
  cards.filter(({ status }) => status === 'draft').length

function Overview({ catalogue: { cards, version, accepted } }: { catalogue: Catalogue }) {
  return (
    <div class="overview">
      <h1>Cards</h1>
      <p class="status">
        {drafts(cards)} of {cards.length} cards are drafts: no clinician has reviewed them yet.{' '}
        {accepted
          ? `This site accepted drafts on ${accepted.on} (${accepted.role}).`
          : 'In production they stay silent until the site accepts them.'}
      </p>
      <p class="soft">Content {version}. Each card has one sheet for reading and printing.</p>
      <ul class="kinds">
        {cards.map((card) => (
          <li key={card.kind} class="panel">
            <h2>
              <a href={`/cards/${card.kind}`}>{card.title}</a>
            </h2>
            <p>{card.attributes['intended_use']}</p>
            <p class="small">
              {[...new Set(card.rows.map(({ indicator }) => indicator))].map((indicator) => (
                <span key={indicator} class={`card-word ${indicator}`}>
                  <IndicatorBadge indicator={indicator} />{' '}
                </span>
              ))}
            </p>
            <p class="small soft">
              Version {card.version}, {card.status}; review by {card.reviewBy}; {card.rows.length} rows,{' '}
              {card.cases.length} cases
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

const page = document.getElementById('page')
if (page) render(<Cards />, page)
