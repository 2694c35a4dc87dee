import { requiredCategories } from '../../src/assess/missing.js'
import { discovery } from '../../src/protocol/discovery.js'
import { prefetchTemplates } from '../../src/protocol/prefetch-templates.js'
import type { PrefetchTemplate } from '../../src/protocol/prefetch-templates.js'

const required = new Set<string>(requiredCategories)

function row({ key, type, neededBy, lookBackDays }: PrefetchTemplate): string {
  const pages = lookBackDays === undefined ? 'all' : `back to ${lookBackDays} days`
  return `| \`${key}\` | ${type} | ${required.has(key) ? 'yes' : 'no'} | ${pages} | ${neededBy.join(', ')} |`
}

/** The prefetch templates, with the rules that need each, and ready to paste where discovery is not read. */
export function prefetchPage(): string {
  const [service] = discovery.services
  const blocks = discovery.services.map(
    ({ hook, id, prefetch }) =>
      `### ${hook} (\`${id}\`)\n\n\`\`\`json\n${JSON.stringify(prefetch, null, 2)}\n\`\`\`\n`,
  )
  return `# Prefetch

All ${discovery.services.length} services ask the same ${Object.keys(service?.prefetch ?? {}).length} questions. A required key that comes neither by prefetch nor from the FHIR server
can make the answer 412; the others are named on the card when they are missing. "Pages": a newest-first answer with more pages is whole once
its oldest entry is older than this.

| key | resource | required | pages | needed by |
|---|---|---|---|---|
${prefetchTemplates.map((template) => row(template)).join('\n')}

## To paste

For EHRs that do not read discovery and have the queries typed in per site.

${blocks.join('\n')}`
}
