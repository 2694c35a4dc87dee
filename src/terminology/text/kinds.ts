import { readAllergyWords } from './allergy.js'
import { readCondition } from './condition.js'
import { readExam } from './exam.js'
import { readFeeding, readFeedingInNote } from './feeding.js'
import { readMedicine } from './medicine.js'
import { readOrder } from './order.js'
import type { KindReader, TextKind } from './reading.js'
import { readReport } from './report.js'
import { readRoute } from './route.js'

/** The reader of each kind of text. */
export const kindReaders: Readonly<Partial<Record<TextKind, KindReader>>> = {
  exam: readExam,
  report: readReport,
  medicine: readMedicine,
  route: readRoute,
  order: readOrder,
  condition: readCondition,
  feeding: readFeeding,
  'feeding-note': readFeedingInNote,
  allergy: readAllergyWords,
}
