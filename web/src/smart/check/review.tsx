import { useState } from 'preact/hooks'
import type { CheckResource } from '../../../../src/check/extract.js'
import { nameOf, noteOf, sinceOf, valueOf } from './findings.js'
import type { Fate, Finding } from './write.js'

const fateWords: Readonly<Record<Fate, string>> = {
  written: '✓ written',
  refused: '✕ refused by the EHR',
  unanswered: '? no answer of the EHR',
  'no-right': 'not written: no right',
}

/** The findings that will be, or were, written. */
export const FindingTable = ({ findings, fates }: { findings: readonly Finding[]; fates: boolean }) => (
  <table>
    <caption class="unseen">Findings</caption>
    <thead>
      <tr>
        <th scope="col">Finding</th>
        <th scope="col">Value</th>
        <th scope="col">{fates ? 'Chart' : 'Since'}</th>
      </tr>
    </thead>
    <tbody>
      {findings.map(({ resource, fate, reference }) => (
        <tr key={resource.identifier?.[0]?.value}>
          <th scope="row">{nameOf(resource)}</th>
          <td>{valueOf(resource)}</td>
          <td>
            {fates ? (fate === undefined ? 'not written' : fateWords[fate]) : sinceOf(resource)}
            {fates && reference !== undefined && <code> {reference}</code>}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** The findings as a note that can be copied. */
export function NoteToCopy({ resources }: { resources: readonly CheckResource[] }) {
  const [copied, setCopied] = useState(false)
  const note = noteOf(resources)
  return (
    <div>
      <button
        type="button"
        onClick={() => {
          navigator.clipboard.writeText(note).then(
            () => setCopied(true),
            () => undefined,
          )
        }}
      >
        Copy the check as a note
      </button>
      <span role="status">{copied ? ' Copied.' : ''}</span>
      <pre class="note-text" tabIndex={0} aria-label="The check as a note">
        {note}
      </pre>
    </div>
  )
}
