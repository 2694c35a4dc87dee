import { answerFiles, readContent } from './cards/load-content.js'
import { keepParsed } from './cards/load-parsed.js'

// The last step of `npm run build`: parses the content that every start reads.
keepParsed(answerFiles(readContent('cards', undefined, new Map())))
