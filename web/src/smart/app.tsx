import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { QuestionnaireResponse } from 'fhir/r4.js'
import type { WireCard } from '../../../src/cards/chosen-card.js'
import type { SmartAnswer } from '../../../src/workbench/smart-views.js'
import { askJson, wordsOf } from '../shared/ask-json.js'
import { CardView } from '../shared/card-view.js'
import { Failure, PageHead } from '../shared/page-head.js'
import { ResourceDialog } from '../shared/resource-dialog.js'
import { resourcesOf } from '../shared/resources-of.js'
import { Timeline } from '../shared/timeline.js'
import { Why } from '../shared/why.js'
import { readChart } from './chart.js'
import { Check } from './check/check.js'
import { PatientBanner, patientName } from './patient-banner.js'
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

  const judge = async (response: QuestionnaireResponse | undefined): Promise<void> => {
    if (!session || !chart) return
    const next = response ? { ...chart, breastCheck: response } : await readChart(session)
    setAnswer(await assess(session, next))
    setChart(next)
  }

  const explanation = answer?.explanation
  const isTreated = explanation?.timeline.lines.some(({ kind }) => kind === 'cover') ?? false
  return (
    <>
      <PageHead here="Breast check" places={[]} note="Decision support; it does not replace examination." />
      {session && chart && <PatientBanner patient={chart['patient']} patientId={session.patientId} />}
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
              <Check {...{ session, judge }} patient={patientName(chart['patient'])} treated={isTreated} />
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

const page = document.getElementById('page')
if (page) render(<App />, page)
