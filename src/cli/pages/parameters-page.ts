import type { ParameterEntry } from '../../cards/content/read-parameters.js'
import { page, table } from './markdown.js'

const allowed = ({ range, choices, kind }: ParameterEntry): string =>
  range ? `${range[0]} to ${range[1]}` : (choices?.join(', ') ?? kind ?? '')

/** The page of parameters: every number and switch of the medicine, once. */
export function parametersPage(entries: ReadonlyMap<string, ParameterEntry>): string {
  return page(
    '# Parameters',
    'The defaults. A site may set another value inside the allowed range in its `site.yaml`; `npm run cards:check` refuses any other. "Consensus" means: not read in a source, to be confirmed by a clinician before release.',
    table(
      ['name', 'value', 'unit', 'allowed', 'means', 'since', 'source'],
      [...entries].map(([name, entry]) => [
        `\`${name}\``,
        String(entry.value),
        entry.unit,
        allowed(entry),
        entry.means,
        entry.since,
        entry.source,
      ]),
    ),
  )
}
