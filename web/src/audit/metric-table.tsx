import { asWords } from '../shared/words.js'
import { countWords, csvOf, groupWords, intervalWords, valueWords, type MetricLine } from './metric-lines.js'

/** Gives the reader a file, made on this page. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${name}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

interface Props {
  name: string
  lines: readonly MetricLine[]
  /** Shown beside the metric's name, where the lines differ in it. */
  grouped?: string
}

/** Lines of metrics as a table, with a download. */
export function MetricTable({ name, lines, grouped }: Props) {
  if (lines.length === 0) return <p class="soft small">Nothing in this range.</p>
  return (
    <>
      <div class="wide" tabIndex={0} role="region" aria-label={name}>
        <table>
          <thead>
            <tr>
              {grouped !== undefined && <th scope="col">{grouped}</th>}
              <th scope="col">Metric</th>
              <th scope="col">Value</th>
              <th scope="col">95 % interval</th>
              <th scope="col">Made of</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={index}>
                {grouped !== undefined && <td>{groupWords(line)}</td>}
                <td>
                  {asWords(line.metric)}
                  {line.part !== undefined && `: ${asWords(line.part)}`}
                </td>
                <td>{valueWords(line)}</td>
                <td>{intervalWords(line)}</td>
                <td>{countWords(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small">
        <button type="button" onClick={() => download(name, csvOf(lines))}>
          Download CSV
        </button>
      </p>
    </>
  )
}
