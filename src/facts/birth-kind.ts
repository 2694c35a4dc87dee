/** What an entry tells of a birth or an infant (clinical 1.2, 2.1). */
export type BirthKind =
  | 'delivery'
  | 'infant-loss' // VS-INFANT-LOSS
  | 'infant-loss-history' // the same, told as history
  | 'loss-in-pregnancy' // miscarriage or termination: counts by its weeks, or where nothing speaks of feeding
  | 'loss-in-pregnancy-history'
  | 'infant-elsewhere' // VS-INFANT-ELSEWHERE
  | 'some-infants-lost' // Z37.3, Z37.6*
  | 'living-infant' // Z37.0, Z37.2, Z37.5* and last live birth
  | 'infant-well' // lives, well and born at term, at the time of the entry
  | 'preterm' // gestational age < 37 wk, O60.1*, P07.*
  | 'premature-history' // SCT 161765003
  | 'infant-at-risk-text'
  | 'galactosemia-text' // row F3 of clinical 1.4
