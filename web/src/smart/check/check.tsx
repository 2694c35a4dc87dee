import { useEffect, useState } from 'preact/hooks'
import type { Questionnaire, QuestionnaireResponse } from 'fhir/r4.js'
import { extract } from '../../../../src/check/extract.js'
import type { AnswerValue } from '../../../../src/check/answers.js'
import { askJson, wordsOf } from '../../shared/ask-json.js'
import { Failure } from '../../shared/page-head.js'
import type { Session } from '../session.js'
import { CheckForm } from './form.js'
import { openIn, type Entries } from './items.js'
import { responseFrom } from './response.js'
import { FindingTable, NoteToCopy } from './review.js'
import { mayWriteAny, writeFindings, type Finding } from './write.js'

interface CheckProps {
  session: Session
  /** The name of the patient, on everything that writes. */
  patient: string
  /** Is an antibiotic for the breast on record? Only then the course is asked. */
  treated: boolean
  /** Judges anew: from the chart as written, or as if the response stood in it. */
  judge: (response: QuestionnaireResponse | undefined) => Promise<void>
}

/** The breast check: the form, a review before anything is written, and the receipt. */
export function Check(props: CheckProps) {
  const [questionnaire, setQuestionnaire] = useState<Questionnaire>()
  const [failure, setFailure] = useState<string>()
  const [round, setRound] = useState(1)
  useEffect(() => {
    askJson<Questionnaire>('/Questionnaire/breast-check').then(setQuestionnaire, (error: unknown) =>
      setFailure(wordsOf(error)),
    )
  }, [])
  return (
    <section class="panel" aria-labelledby="check-head">
      <h2 id="check-head">Breast check</h2>
      <p class="soft small">About one minute. What stays open is not written.</p>
      {failure !== undefined && <Failure says={`The form could not be read: ${failure}`} />}
      {questionnaire && (
        <Round key={round} {...props} questionnaire={questionnaire} again={() => setRound(round + 1)} />
      )}
    </section>
  )
}

type RoundProps = CheckProps & { questionnaire: Questionnaire; again: () => void }

/** One check, from open questions to a receipt that writes nothing any more. */
function Round({ questionnaire, again, ...props }: RoundProps) {
  const { session, treated } = props
  const [given, setGiven] = useState<Entries>(new Map())
  const [wrong, setWrong] = useState(false)
  const [response, setResponse] = useState<QuestionnaireResponse>()
  const entries = new Map<string, AnswerValue>([...given, ['treated', treated]])
  const set = (linkId: string, value: AnswerValue | undefined): void =>
    setGiven((before) => {
      const next = new Map(before)
      if (value === undefined) next.delete(linkId)
      else next.set(linkId, value)
      return next
    })
  const review = (): void => {
    const { patientId, user, encounter } = session
    const who = {
      patientId,
      ...(user !== undefined && { user }),
      ...(encounter !== undefined && { encounter }),
    }
    const now = { authored: new Date().toISOString(), id: crypto.randomUUID() }
    setResponse(responseFrom(questionnaire, entries, { ...who, ...now }))
  }
  const count = extract(questionnaire, {
    ...responseFrom(questionnaire, entries, { patientId: '', authored: '2026-01-01T00:00:00Z', id: '' }),
  }).resources.length
  return (
    <>
      <div hidden={response !== undefined}>
        <CheckForm {...{ questionnaire, entries, set }} wrong={setWrong} />
        <p>
          <button type="button" class="main" disabled={count === 0 || wrong} onClick={review}>
            Review {count} {count === 1 ? 'finding' : 'findings'}
          </button>{' '}
          <span class="soft small">Nothing is written before the review.</span>
        </p>
      </div>
      {response && (
        <Review
          {...props}
          {...{ questionnaire, response, again }}
          open={openIn(questionnaire, entries).length}
          back={() => setResponse(undefined)}
        />
      )}
    </>
  )
}

type ReviewProps = CheckProps & {
  questionnaire: Questionnaire
  response: QuestionnaireResponse
  open: number
  back: () => void
  again: () => void
}

/** What will be written, then what became of it. */
function Review({ session, patient, judge, questionnaire, response, open, back, again }: ReviewProps) {
  const [findings, setFindings] = useState<readonly Finding[]>(() =>
    extract(questionnaire, { ...response }).resources.map((resource) => ({ resource })),
  )
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const resources = findings.map(({ resource }) => resource)
  const writes = mayWriteAny(session, resources)
  const tried = findings.some(({ fate }) => fate !== undefined)
  const left = findings.filter(({ fate }) => fate !== 'written' && fate !== 'no-right').length
  const kept = findings.filter(({ fate }) => fate === 'written').length

  const run = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      if (writes) await writeFindings(session, findings, setFindings)
      await judge(writes ? undefined : response)
    } catch (error) {
      setFailure(wordsOf(error))
    }
    setBusy(false)
  }
  const done = tried && left === 0
  return (
    <div class={done ? 'receipt' : undefined}>
      <h3>
        {done
          ? `Written: ${kept} of ${findings.length} findings`
          : tried
            ? `${kept} of ${findings.length} findings were written, ${left} were not`
            : `Write this to the chart of ${patient}?`}
      </h3>
      {done && (
        <p class="small">This check is closed; nothing more is written from it. The advice is judged anew.</p>
      )}
      {tried && !done && !busy && (
        <Failure says="The EHR did not keep everything. Write the rest again: what is written is not written twice." />
      )}
      {!writes && (
        <p class="notice">
          This sign-in may read, not write: the EHR did not grant <code>patient/Observation.c</code>. The
          check can be copied as a note, and the advice is judged as if it stood in the chart.
        </p>
      )}
      <FindingTable findings={findings} fates={tried} />
      <p class="soft small">{open} questions stayed open and are not written.</p>
      {failure !== undefined && <Failure says={failure} />}
      <p role="status">{busy ? (writes ? `Writing ${kept} of ${findings.length} …` : 'Judging …') : ''}</p>
      {!done && (
        <p class="row-of-buttons">
          <button type="button" class="main" disabled={busy} onClick={() => void run()}>
            {writes
              ? tried
                ? `Write the ${left} again`
                : `Write ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} to the chart of ${patient}`
              : 'Judge as if it were written'}
          </button>
          {!tried && (
            <button type="button" disabled={busy} onClick={back}>
              Back to the check
            </button>
          )}
        </p>
      )}
      {(!writes || findings.some(({ fate }) => fate === 'no-right')) && <NoteToCopy resources={resources} />}
      {done && (
        <button type="button" onClick={again}>
          Start another check
        </button>
      )}
    </div>
  )
}
