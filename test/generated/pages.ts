import { metricsPage } from '../../src/audit/metrics/metrics-page.js'
import { errorPage } from './error-page.js'
import { prefetchPage } from './prefetch-page.js'
import { readingPage } from './reading-page.js'
import { searchedCodesModule } from './searched-codes.js'

/** Every page under docs/generated, and every module, that is built from code and cards; never edit one by hand. */
export const pages: readonly { file: string; render: () => string }[] = [
  { file: 'src/protocol/searched-codes.ts', render: searchedCodesModule },
  { file: 'docs/generated/errors.md', render: errorPage },
  { file: 'docs/generated/metrics.md', render: metricsPage },
  { file: 'docs/generated/prefetch.md', render: prefetchPage },
  { file: 'docs/generated/reading.md', render: readingPage },
]
