import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Observation } from 'fhir/r4.js'
import type { WireCard } from '../../../src/cards/chosen-card.js'
import type { BreastCheck } from '../../../src/workbench/breast-check-answers.js'
import type { CheckAnswer, SmartAnswer } from '../../../src/workbench/smart-views.js'
import { askJson, wordsOf } from '../shared/ask-json.js'
import { CardView } from '../shared/card-view.js'
import { Failure, PageHead } from '../shared/page-head.js'
import { Json, ResourceDialog } from '../shared/resource-dialog.js'
import { resourcesOf } from '../shared/resources-of.js'
import { Timeline } from '../shared/timeline.js'
import { Why } from '../shared/why.js'
import { readChart, withObservations, writeObservations } from './chart.js'
import { CheckForm } from './check-form.js'
import { mayWrite } from './scopes.js'
import { addressOfLaunch, openSession, type Session } from './session.js'

type Chart = Record<string, unknown>

const assess = ({ iss, patientId }: Session, prefetch: Chart): Promise<SmartAnswer> =>
  askJson<SmartAnswer>('/smart/evaluate', { iss, patientId, prefetch })

function App() {
  const [session, setSession] = useState<Session>()
  const [chart, setChart] = useState<Chart>()
  const [answer, setAnswer] = useState<SmartAnswer>()
  const [failure, setFailure] = useState<string>()
  const [source, setSource] = useState<string>()

  useEffect(() => {
    const query = new URLSearchParams(location.search)
    const answer = new URLSearchParams(location.hash.slice(1))
    history.replaceState(undefined, '', location.pathname)
    const open = async (): Promise<void> => {
      if (!query.has('server')) {
        location.replace(addressOfLaunch(query))
        return
      }
      const opened = await openSession(answer)
      setSession(opened)
      const read = await readChart(opened)
      setChart(read)
      setAnswer(await assess(opened, read))
    }
    open().catch((error: unknown) => setFailure(wordsOf(error)))
  }, [])

  const explanation = answer?.explanation
  return (
    <>
      <PageHead here="Breast check" places={[]} note="Decision support; it does not replace examination." />
      <main id="main">
        <h1>Mastitis: course, reasons, breast check</h1>
        {failure !== undefined && <Failure says={failure} />}
        {!failure && !answer && <p role="status">Reading the chart …</p>}
        {session?.appContext !== undefined && (
          <p class="soft small">
            Opened from advice <code>{session.appContext}</code>. What follows is judged now, from the chart
            as it is now.
          </p>
        )}
        <div class="smart">
          <div>
            {explanation && <Timeline view={explanation.timeline} show={setSource} />}
            {session && chart && (
              <Check
                session={session}
                chart={chart}
                assessed={(next, nextChart) => {
                  setAnswer(next)
                  setChart(nextChart)
                }}
              />
            )}
            {explanation && <Why explanation={explanation} show={setSource} />}
          </div>
          {answer && <Advice answer={answer} />}
        </div>
      </main>
      {source !== undefined && (
        <ResourceDialog
          source={source}
          resource={resourcesOf({ prefetch: chart }).get(source)}
          close={() => setSource(undefined)}
        />
      )}
    </>
  )
}

function Advice({ answer: { response } }: { answer: SmartAnswer }) {
  const { cards = [] } = response.body as { cards?: readonly WireCard[] }
  return (
    <section aria-labelledby="advice-head" aria-live="polite">
      <h2 id="advice-head">{response.status === 200 ? `Advice now: ${cards.length}` : 'No advice'}</h2>
      {response.status !== 200 && (
        <Failure says="Required data could not be read, so nothing can be said. This is not an all-clear." />
      )}
      {response.status === 200 && cards.length === 0 && <p class="panel">Nothing to say at this moment.</p>}
      {cards.map((card) => (
        <CardView key={card.uuid} card={card} whyNot="Answer cards in the EHR; this page records nothing." />
      ))}
    </section>
  )
}

interface CheckProps {
  session: Session
  chart: Chart
  assessed: (answer: SmartAnswer, chart: Chart) => void
}

function Check({ session, chart, assessed }: CheckProps) {
  const [outcome, setOutcome] = useState<string>()
  const [printed, setPrinted] = useState<readonly Observation[]>()
  const writes = mayWrite(session.scope)
  const send = async (check: BreastCheck): Promise<void> => {
    const { patientId } = session
    const { observations } = await askJson<CheckAnswer>('/smart/observations', { patientId, check })
    if (writes) await writeObservations(session, observations)
    else setPrinted(observations)
    const next = writes ? await readChart(session) : withObservations(chart, observations)
    assessed(await assess(session, next), next)
    setOutcome(
      writes
        ? `Written to the EHR: ${observations.length} observations. The advice is judged anew.`
        : 'Not written: the EHR did not give the right to write. Below is what would have been written; the advice is judged as if it had been.',
    )
  }
  return (
    <section class="panel" aria-labelledby="check-head">
      <h2 id="check-head">One-minute breast check</h2>
      <p class="soft small">
        Findings in notes cannot be counted on; coded ones can. What is not answered is not written.{' '}
        {writes
          ? 'The button writes to the EHR in your name.'
          : 'You may not write here: the button shows what would be written.'}
      </p>
      <CheckForm
        action={writes ? 'Write to the EHR and judge anew' : 'Show what would be written, and judge anew'}
        send={(check) => {
          send(check).catch((error: unknown) => setOutcome(wordsOf(error)))
        }}
      />
      <p role="status" class="outcome">
        {outcome}
      </p>
      {printed && <Json value={printed} label="What would have been written" />}
    </section>
  )
}

const page = document.getElementById('page')
if (page) render(<App />, page)
