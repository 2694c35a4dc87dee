import { answerFiles, readContent } from '../cards/content/load-content.js'
import { keepParsed } from '../cards/content/load-parsed.js'

// Last step of `npm run build`: parses the content that every start reads.
keepParsed(answerFiles(readContent('cards', undefined, new Map())))
