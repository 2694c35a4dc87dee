/**
 * Every number and switch of clinical section 9, by its name.
 *
 * Units:  in the name (`Hours`, `Days`, `Minutes`, `Years`) or in `cards/parameters.yaml`.
 * Source: `cards/parameters.yaml`, overridden by the site's `site.yaml` within safe ranges.
 */
export interface Parameters {
  'gate.minAgeYears': number
  'gate.maxInferAgeYears': number
  'lactation.statusMaxAgeDays': number
  'lactation.postpartumDays': number
  'lactation.dischargeStatusDays': number
  'loss.days': number
  'loss.minWeeks': number
  'time.defaultZone': string
  'time.futureSkewMinutes': number
  'fever.threshold': number
  'engorgement.days': number
  'engorgement.feverLimit': number
  'currency.signHours': number
  'currency.skinSignDays': number
  'currency.resultDays': number
  'dx.currentDays': number
  'episode.maxDays': number
  'episode.gapDays': number
  'recurrence.days': number
  'antibiotic.gapHours': number
  'antibiotic.openEndDays': number
  'antibiotic.completedDays': number
  'antibiotic.durationText': string
  'mrsa.days': number
  'response.dueHours': number
  'response.lateHours': number
  'response.evaluateFromHours': number
  'response.worseFromHours': number
  'ibc.anyCoverHours': number
  'ibc.persistDays': number
  'ibc.afebrileDays': number
  'ibc.acuteHours': number
  'ibc.imagingOpenDays': number
  'drainage.recheckHours': number
  'imaging.rescanHours': number
  'lump.days': number
  'otherInfection.days': number
  'sepsis.enabled': boolean
  'sepsis.source': string
  'sepsis.windowHours': number
  'sepsis.pairHours': number
  'sepsis.repeatMinutes': number
  'sepsis.tempHigh': number
  'sepsis.tempLow': number
  'sepsis.heartRate': number
  'sepsis.respiratoryRate': number
  'sepsis.wbcHigh': number
  'sepsis.wbcLow': number
  'sepsis.wbcAfterBirthHours': number
  'sepsis.sbp': number
  'sepsis.map': number
  'sepsis.spo2': number
  'sepsis.lactate': number
  'sepsis.creatinine': number
  'sepsis.platelets': number
  'sepsis.bilirubin': number
  'sepsis.inr': number
  'sepsis.diagnosisDays': number
  'suppressant.safetyDays': number
  'suppressant.sbp': number
  'drug.tmpSmxInfantDays': number
  'cards.max': number
  'cards.maxLines': number
  'cards.repeatMinutes': number
  'cards.overrideInfoDays': number
  'cards.overrideWarningHours': number
  'cards.overrideCriticalHours': number
  'cards.overrideSepsisHours': number
  'orders.suppressDays': number
  'orders.intent': 'proposal' | 'plan' | 'order'
  'milkRemoval.style': 'physiologic' | 'frequent'
  'drainage.firstLine': 'aspiration' | 'local'
  'culture.onFailure': boolean
  'hiv.text': string
  'loss.url': string
  'policy.url': string
  'codes.allowUnverified': boolean
}

/** The name of a parameter. */
export type ParameterName = keyof Parameters
