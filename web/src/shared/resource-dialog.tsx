import { useEffect, useRef } from 'preact/hooks'

/** JSON to look at; the box can be scrolled by keyboard. */
export const Json = ({ value, label }: { value: unknown; label: string }) => (
  <pre tabIndex={0} role="region" aria-label={label}>
    {JSON.stringify(value, null, 2)}
  </pre>
)

/** One resource as JSON, over the page until it is closed. */
export function ResourceDialog({
  source,
  resource,
  close,
}: {
  source: string
  resource: unknown
  close: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [source])
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="resource-name">
      <div class="apart">
        <h2 id="resource-name">{source}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
      {resource === undefined ? <p>It is not in the request.</p> : <Json value={resource} label={source} />}
    </dialog>
  )
}
