import { useState } from 'preact/hooks'
import type { AskAnswer } from '../../../src/workbench/views.js'
import { Json } from '../shared/resource-dialog.js'

/** The call as a command line; the server reads the chart itself where it can. */
function curlOf({ request }: AskAnswer, demoPatient: boolean): string {
  const { prefetch, ...rest } = request as { hook: string; prefetch: unknown }
  const body = demoPatient ? { ...rest, fhirServer: `${location.origin}/fhir` } : { ...rest, prefetch }
  const url = `${location.origin}/cds-services/mastitis-${rest.hook}`
  return `curl -s ${url} -H 'Content-Type: application/json' --data-binary @- <<'JSON'\n${JSON.stringify(body, null, 2)}\nJSON`
}

/** The exact request and response, and a curl to repeat it. */
export function Wire({ answer, demoPatient }: { answer: AskAnswer; demoPatient: boolean }) {
  const [copied, setCopied] = useState('')
  const curl = curlOf(answer, demoPatient)
  const { status, body } = answer.response
  const copy = (): void => {
    navigator.clipboard.writeText(curl).then(
      () => setCopied('Copied.'),
      () => setCopied('The browser does not allow copying: select the text.'),
    )
  }
  return (
    <section class="panel" aria-labelledby="wire-head">
      <h2 id="wire-head">On the wire</h2>
      <details>
        <summary>curl</summary>
        {demoPatient && (
          <p class="small soft">Without prefetch: the service reads the demo FHIR server itself.</p>
        )}
        <button type="button" onClick={copy}>
          Copy
        </button>{' '}
        <span role="status">{copied}</span>
        <pre tabIndex={0} role="region" aria-label="curl">
          {curl}
        </pre>
      </details>
      <details>
        <summary>Request</summary>
        <Json value={answer.request} label="Request" />
      </details>
      <details>
        <summary>Response: {status}</summary>
        <Json value={body} label="Response" />
      </details>
    </section>
  )
}
