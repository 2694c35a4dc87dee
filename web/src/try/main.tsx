import { render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { WireCard } from '../../../src/cards/chosen-card.js'
import type { AskAnswer, WorkbenchStart } from '../../../src/workbench/views.js'
import { askJson, wordsOf } from '../shared/ask-json.js'
import { CardView } from '../shared/card-view.js'
import { answersTo } from '../shared/feedback.js'
import { Failure, PageHead } from '../shared/page-head.js'
import { ResourceDialog } from '../shared/resource-dialog.js'
import { resourcesOf } from '../shared/resources-of.js'
import { Timeline } from '../shared/timeline.js'
import { Why } from '../shared/why.js'
import { readAddress, writeAddress, type Asked } from './address.js'
import { AskForm, type OwnBundle } from './ask-form.js'
import { Knobs } from './knobs.js'
import { ReadThisText } from './read-this-text.js'
import { Wire } from './wire.js'

const minute = 60_000

/** The question as the service wants it. The story's now is the begun minute, as on the demo FHIR server. */
function bodyOf({ patient, hook, orders, hours, parameters }: Asked, own: OwnBundle | undefined): unknown {
  const now = Math.floor(Date.now() / minute) * minute
  return {
    ...(own ? { bundle: own.bundle } : { patient }),
    hook,
    orders,
    parameters,
    ...(hours !== 0 && { at: Math.round(now + hours * 60 * minute) }),
  }
}

function Try() {
  const [start, setStart] = useState<WorkbenchStart>()
  const [asked, setAsked] = useState(() => readAddress(location.search))
  const [own, setOwn] = useState<OwnBundle>()
  const [answer, setAnswer] = useState<AskAnswer>()
  const [failure, setFailure] = useState<string>()
  const [source, setSource] = useState<string>()
  const [again, setAgain] = useState(0)
  const turn = useRef(0)

  useEffect(() => {
    askJson<WorkbenchStart>('/workbench/start').then(setStart, (error: unknown) => setFailure(wordsOf(error)))
    addEventListener('popstate', () => setAsked(readAddress(location.search)))
  }, [])
  useEffect(() => {
    const mine = (turn.current += 1)
    askJson<AskAnswer>('/workbench/evaluate', bodyOf(asked, own)).then(
      (next) => {
        if (mine !== turn.current) return
        setAnswer(next)
        setFailure(undefined)
      },
      (error: unknown) => {
        if (mine === turn.current) setFailure(wordsOf(error))
      },
    )
  }, [asked, own, again])

  const change = (part: Partial<Asked>): void => {
    const next = { ...asked, ...part }
    const write = part.patient === undefined ? 'replaceState' : 'pushState'
    history[write](undefined, '', writeAddress(next))
    setAsked(next)
  }
  const story = own ? undefined : start?.stories.find(({ id }) => id === asked.patient)
  return (
    <>
      <PageHead
        here="Try"
        places={['Try', 'Cards']}
        note="Development. Invented patients. All cards are drafts that no clinician has reviewed."
      />
      <main id="main">
        <h1 class="unseen">Try a patient</h1>
        <div class="try">
          {start && <AskForm start={start} asked={asked} own={own} change={change} setOwn={setOwn} />}
          <div>
            {failure !== undefined && <Failure says={failure} />}
            {story && (
              <section class="panel" aria-labelledby="story-head">
                <h2 id="story-head">{story.title}</h2>
                <p>{story.text}</p>
              </section>
            )}
            {answer?.explanation && <Timeline view={answer.explanation.timeline} show={setSource} />}
            {start && answer && (
              <Knobs
                knobs={start.knobs}
                moved={asked.parameters}
                move={(parameters) => change({ parameters })}
                asItIs={answer.asItIs}
                now={shortCards(answer)}
              />
            )}
            {answer?.explanation && <Why explanation={answer.explanation} show={setSource} />}
            <ReadThisText />
            {answer && <Wire answer={answer} demoPatient={own === undefined && asked.hours === 0} />}
          </div>
          {answer && <Cards answer={answer} asked={asked} askAgain={() => setAgain(again + 1)} />}
        </div>
      </main>
      {source !== undefined && (
        <ResourceDialog
          source={source}
          resource={resourcesOf(answer?.request).get(source)}
          close={() => setSource(undefined)}
        />
      )}
    </>
  )
}

const cardsOf = ({ response }: AskAnswer): readonly WireCard[] =>
  (response.body as { cards?: readonly WireCard[] }).cards ?? []

const shortCards = (answer: AskAnswer) =>
  cardsOf(answer).map(({ indicator, summary, source }) => ({ indicator, summary, kind: source.topic.code }))

function Cards({ answer, asked, askAgain }: { answer: AskAnswer; asked: Asked; askAgain: () => void }) {
  const cards = cardsOf(answer)
  const { status } = answer.response
  return (
    <section aria-labelledby="cards-head">
      <div class="apart panel">
        <h2 id="cards-head">
          {status === 200
            ? `${cards.length} ${cards.length === 1 ? 'card' : 'cards'}`
            : `No answer: ${status}`}
        </h2>
        <span class="soft small">as an EHR shows them</span>
        <button type="button" onClick={askAgain}>
          Ask again
        </button>
      </div>
      {status !== 200 && (
        <Failure says="Required data could not be read, so nothing was said. This is not an all-clear." />
      )}
      {status === 200 && cards.length === 0 && (
        <p class="panel">
          Nothing to say about this patient at this moment. Below “Why, and why not” each card says what hid
          it.
        </p>
      )}
      {cards.map((card) => (
        <CardView
          key={card.uuid}
          card={card}
          {...(answer.recorded
            ? { answers: answersTo(card, asked.hook) }
            : {
                whyNot:
                  'Another moment or other numbers: this answer is not recorded, so it cannot be accepted or overridden.',
              })}
        />
      ))}
    </section>
  )
}

const page = document.getElementById('page')
if (page) render(<Try />, page)
