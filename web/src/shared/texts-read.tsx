import type { TextRead } from '../../../src/facts/text-read.js'
import { readingWords } from './reading-words.js'

/** How each text of the chart was read: what, by which rule, and what was not understood. */
export function TextsRead({ texts, show }: { texts: readonly TextRead[]; show: (source: string) => void }) {
  return (
    <details>
      <summary>Texts, as they were read</summary>
      {texts.map(({ source, kind, found, unread }, at) => (
        <div class="finding" key={at}>
          <button type="button" class="plain" onClick={() => show(source)}>
            {source}
          </button>{' '}
          <span class="soft">read as {kind}</span>
          <ul class="evidence">
            {found.map((one, index) => (
              <li key={index}>
                {readingWords(one)} <span class="soft">by the rule {one.rule ?? 'of the whole text'}</span>
              </li>
            ))}
            {unread.map(({ why }, index) => (
              <li key={`unread ${index}`}>not understood: {why}</li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  )
}
