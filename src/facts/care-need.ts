/** A need that an order or procedure can meet (clinical 2.5). */
export type CareNeed =
  | 'ultrasound'
  | 'mammogram'
  | 'skin-biopsy'
  | 'breast-biopsy'
  | 'breast-surgery'
  | 'referral'
  | 'drainage'
  | 'incision'
  | 'culture'
  | 'review'
  | 'lactation-support'
