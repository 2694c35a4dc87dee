/**
 * Every finding a card may name, with what it asks. The one list shared by rules, cards, pages and tests.
 *
 * Shape: `patient` findings are the same on every side; `side` findings are asked of one breast; `draft` findings are
 *        asked of one evaluated draft order.
 */
export const findingNames = {
  // lactation and infant (clinical 1.2): exactly one of the first five is present, unless it cannot be told
  lactating: 'patient',
  'probably-lactating': 'patient',
  'recently-weaned': 'patient',
  'lactation-unknown': 'patient',
  'not-lactating': 'patient',
  'may-be-lactating': 'patient', // lactating or probably lactating
  'infant-loss': 'patient', // LOSS by VS-INFANT-LOSS
  'infant-elsewhere': 'patient', // LOSS by VS-INFANT-ELSEWHERE alone
  'after-loss': 'patient', // LOSS, either way
  pregnant: 'patient',
  // feeding phrase (clinical 1.4): exactly one is present
  'feeding-plain': 'patient',
  'feeding-conditional': 'patient',
  'feeding-caution': 'patient',
  'feeding-none': 'patient',
  // which caution row names the summary: exactly one is present with feeding-caution
  'milk-none': 'patient', // F1-F4
  'milk-wait': 'patient', // F5-F7, none for now
  'milk-expressed': 'patient', // F9
  'milk-plan-drug-use': 'patient', // F8
  'milk-plan-hiv': 'patient', // F10
  'milk-plan-infant': 'patient', // F11
  'milk-cannot-tell': 'patient', // a category of 1.4 could not be read, no row holds
  'milk-caution-row': 'patient', // any row F1-F11 holds, whatever the phrase; an unreadable category is not a row
  // what the status allows (clinical 1.3)
  'care-allowed': 'side', // reassess, culture, drainage: any status, not-lactating only with driving DX-mastitis/abscess
  'ultrasound-allowed': 'side', // as care-allowed, and for not-lactating also FLUCT or R1-R5
  'lactation-to-document': 'patient', // row 18 unknown: age 12-50 and delivery <= 12 months or driving DX
  'non-lactational-infection': 'patient', // row 18 not-lactating, with a driving breast infection
  // sepsis (clinical 5.4)
  'sepsis-critical': 'patient', // level critical, not the inpatient VS-SEPSIS case
  'sepsis-warning': 'patient',
  'sepsis-inpatient': 'patient', // VS-SEPSIS with an inpatient encounter in progress and nothing else critical
  'sepsis-screen-positive': 'patient', // any level
  'breast-source-current': 'patient',
  'breast-source-old': 'patient', // only an older active one
  // stage (clinical 5.2), per side; exactly one is present
  'stage-abscess': 'side',
  'stage-phlegmon': 'side',
  'stage-bacterial-mastitis': 'side',
  'stage-inflammatory-mastitis': 'side',
  'stage-blocked-duct': 'side',
  'stage-engorgement': 'side',
  'stage-none': 'side',
  'stage-3-to-8': 'side', // any but none
  'stage-3-to-6': 'side',
  'stage-3-to-5': 'side',
  'stage-4-to-6': 'side',
  'stage-4-or-5': 'side',
  'stage-7-or-8': 'side',
  'driving-diagnosis': 'side', // any driving DX of 2.4 (5.1)
  'infection-explains-signs': 'side', // driving DX-mastitis/abscess, or INFLAM with FEVER (row 17)
  fluctuance: 'side',
  'persistent-lump': 'side', // row 12: LUMP or stage 7 first recorded > lump.days ago, no absent since
  'undated-diagnosis': 'side', // row 15
  'both-breasts-febrile': 'patient', // BOTH-FEBRILE
  recurrence: 'side', // RECUR
  // antibiotic clock and response (clinical 4)
  'window-none': 'side',
  'window-early': 'side',
  'window-due': 'side',
  'window-late': 'side',
  'cover-48h': 'side', // hoursAny >= response.dueHours (due or late)
  'response-improved': 'side',
  'response-worse': 'side',
  'response-unknown': 'side', // nothing recorded on the course, at due or late
  failed: 'side', // not-improved or worse at >= 48 h
  'no-antibiotic-24h': 'side', // row 11: window none and (episode >= 24 h, or FEVER values >= 24 h apart)
  'cover-may-miss-mrsa': 'side', // row 13 cover
  'clindamycin-untested': 'side', // row 13 clindamycin
  'culture-supports-draft': 'draft', // row 3: culture resistant to the first and susceptible to the new drug
  // results and what is done (clinical 3.7, 8)
  'ultrasound-collection': 'side', // ultrasound abscess or collection, current
  'ultrasound-without-abscess': 'side', // an ultrasound since A1 that shows no abscess or collection
  'drained-since-ultrasound': 'side',
  'after-drainage-not-better': 'side', // row 6
  'ultrasound-ordered': 'side', // order of 14 d, or done in the episode: drops lump, recurrence, abscess, phlegmon, ibc
  'ultrasound-since-failure': 'side', // the same, but only since failure began: drops no-improvement and R3-R4's
  'ultrasound-since-drainage': 'side',
  'ultrasound-drafted': 'patient',
  'biopsy-ordered': 'side', // skin or breast biopsy ordered <= 14 d, or done in the episode, without a result
  'biopsy-benign': 'side', // benign, and no STRONG or worse since
  'biopsy-drafted': 'patient',
  'referral-active': 'patient', // VS-BREAST-REFERRAL active <= 14 d
  'drainage-ordered': 'side',
  'drainage-drafted': 'patient',
  'culture-ordered': 'side',
  'culture-pending': 'side', // ordered <= 14 d and no result since: only this drops `cover`, a result does not
  'culture-drafted': 'patient',
  'current-imaging': 'side', // row 7: any current ultrasound of that side
  'review-ordered': 'patient', // a review of the breast ordered <= 14 d: drops antibiotic-ordered, never reassess
  'review-drafted': 'patient',
  // suspected inflammatory breast cancer (clinical 5.3)
  'ibc-r1-critical': 'side',
  'ibc-r1': 'side',
  'ibc-r2': 'side',
  'ibc-r3-critical': 'side',
  'ibc-r3': 'side',
  'ibc-r3b': 'side',
  'ibc-r4': 'side',
  'ibc-r5': 'side',
  'ibc-r6': 'side',
  'ibc-r1-to-r5': 'side',
  'ibc-r1-to-r6': 'side',
  'ibc-without-infection': 'side', // row 17: R1-R5 holds and infection-explains-signs does not
  'known-ibc': 'patient',
  // asks (row 16)
  'red-flag-unreadable': 'patient', // a fact of R1-R5, stage 3 or 5.4 is cannot-tell, and a breast diagnosis or sign is present
  // drafts (clinical 7)
  'draft-suppressant': 'draft',
  'draft-suppressant-unsafe': 'draft', // rule 1b, complete
  'draft-antibiotic': 'draft',
  'draft-for-breast': 'draft', // a breast reason on the draft
  'draft-stops-feeding': 'draft',
  'draft-incision': 'draft',
  'draft-contraindicated': 'draft',
  'draft-opioid': 'draft',
  'draft-tmp-smx-risk': 'draft', // tmp-smx and the infant conditions of rule 6
  'draft-long-tetracycline': 'draft',
  'draft-punch-biopsy': 'draft',
} as const satisfies Record<string, 'patient' | 'side' | 'draft'>

export type FindingName = keyof typeof findingNames
export type FindingScope = (typeof findingNames)[FindingName]
