import { careAllowed, ultrasoundAllowed } from './breast/care-allowed.js'
import { chartBreastSurgery } from './patient/chart-breast-surgery.js'
import { chartDiabetes } from './patient/chart-diabetes.js'
import { chartImmunosuppression } from './patient/chart-immunosuppression.js'
import { chartImplants } from './patient/chart-implants.js'
import { chartYoung } from './patient/chart-young.js'
import { lactationToDocument } from './patient/lactation-to-document.js'
import { nonLactationalInfection } from './patient/non-lactational-infection.js'
import { reviewDrafted, reviewOrdered } from './patient/review-findings.js'
import { redFlagUnreadable } from './breast/cancer/red-flag-unreadable.js'
import type { DraftContext, PatientContext, SideContext } from './context.js'
import type { FindingDefinition } from './definition.js'
import { draftAllergy } from './drafts/draft-allergy.js'
import { draftOtherCover } from './drafts/draft-other-cover.js'
import { cultureSupportsDraft } from './drafts/culture-support.js'
import * as draft from './drafts/draft-findings.js'
import { draftSuppressantUnsafe } from './drafts/suppressant-safety.js'
import { draftTmpSmxRisk } from './drafts/tmp-smx-risk.js'
import * as feeding from './patient/feeding-findings.js'
import { knownIbc } from './patient/known-ibc.js'
import * as lactation from './patient/lactation-findings.js'
import { pregnantNow } from './patient/pregnancy.js'
import { breastSourceCurrent, breastSourceInfection, breastSourceOld } from './sepsis/breast-source.js'
import * as sepsis from './sepsis/sepsis-findings.js'
import {
  cover48h,
  windowDue,
  windowEarly,
  windowLate,
  windowNone,
} from './breast/antibiotics/antibiotic-window.js'
import { benignSkinAlone, biopsyBenign, biopsyOrdered } from './breast/orders/biopsy.js'
import { bothBreastsFebrile } from './breast/signs/both-breasts.js'
import { cultureOrdered, culturePending } from './breast/orders/culture-done.js'
import { biopsyDrafted, cultureDrafted, drainageDrafted, ultrasoundDrafted } from './breast/orders/drafted.js'
import {
  afterDrainageNotBetter,
  collectionUndrained,
  drainedSinceUltrasound,
  smallCollectionWaits,
} from './breast/orders/drainage.js'
import { drainageOrdered } from './breast/orders/drainage-done.js'
import { drivingDiagnosis, undatedDiagnosis } from './breast/current-diagnoses.js'
import { failed } from './breast/antibiotics/failed.js'
import { ibcR1ToR4, ibcR1ToR5, ibcR1ToR6, ibcWithoutInfection } from './breast/cancer/ibc.js'
import { ibcR1, ibcR1Acute, ibcR1Critical } from './breast/cancer/ibc-r1.js'
import { ibcR2 } from './breast/cancer/ibc-r2.js'
import { ibcR3, ibcR3b, ibcR3Critical } from './breast/cancer/ibc-r3.js'
import { ibcR4 } from './breast/cancer/ibc-r4.js'
import { ibcR5 } from './breast/cancer/ibc-r5.js'
import { ibcR6 } from './breast/cancer/ibc-r6.js'
import { ibcR7, ibcR7Swelling } from './breast/cancer/ibc-r7.js'
import {
  currentImaging,
  ultrasoundCollection,
  ultrasoundPhlegmon,
  ultrasoundWithoutAbscess,
} from './breast/imaging/imaging.js'
import { rescanAdvised, rescanDue, rescanUnread } from './breast/imaging/rescan.js'
import {
  ultrasoundUnread,
  ultrasoundUnreadSinceDrainage,
  ultrasoundUnreadSinceFailure,
  ultrasoundUnreadSinceRelapse,
} from './breast/imaging/unread-report.js'
import { infectionExplainsSigns } from './breast/cancer/infection-explains.js'
import { lastingDischarge } from './breast/signs/bloody-discharge.js'
import { persistentLump } from './breast/signs/lump.js'
import { fever, systemic } from './breast/stage/stasis-fever.js'
import { otherInfection } from './patient/other-infection.js'
import { severeSoftTissue, severeWithCriteria } from './sepsis/severe-finding.js'
import { cultureNotCovered } from './breast/antibiotics/culture-cover.js'
import { clindamycinUntested, coverMayMissMrsa } from './breast/antibiotics/mrsa-cover.js'
import { relapseOnRecord } from './breast/relapse/ill-again.js'
import { worseAfterBetter } from './breast/relapse/worse-again.js'
import { recurrenceOnRecord } from './breast/recurrence.js'
import { referralActive } from './breast/orders/referral.js'
import { responseImproved, responseUnknown, responseWorse } from './breast/antibiotics/responded.js'
import { breastSign, fluctuance } from './breast/signs/signs.js'
import { stageNone } from './breast/stage/stage.js'
import { stageAbscess } from './breast/stage/stage-abscess.js'
import { stageBlockedDuct } from './breast/stage/stage-blocked-duct.js'
import { stageEngorgement } from './breast/stage/stage-engorgement.js'
import { stageBacterialMastitis, stageInflammatoryMastitis } from './breast/stage/stage-mastitis.js'
import { stagePhlegmon } from './breast/stage/stage-phlegmon.js'
import {
  ultrasoundOrdered,
  ultrasoundSinceDrainage,
  ultrasoundSinceFailure,
  ultrasoundSinceFluctuance,
  ultrasoundSinceRelapse,
} from './breast/orders/ultrasound-done.js'
import { noAntibiotic24h } from './breast/antibiotics/untreated.js'

/** Every finding the service can make, in the order of pages and records. A new finding is added here and in its rule. */
export const findingDefinitions = [
  // lactation and infant: exactly one of the first five is present, unless it cannot be told
  lactation.lactating,
  lactation.probablyLactating,
  lactation.recentlyWeaned,
  lactation.lactationUnknown,
  lactation.notLactating,
  lactation.mayBeLactating,
  lactation.infantLoss,
  lactation.infantElsewhere,
  lactation.afterLoss,
  pregnantNow,
  // the phrase on feeding: exactly one is present
  feeding.feedingPlain,
  feeding.feedingConditional,
  feeding.feedingCaution,
  feeding.feedingNone,
  // the row that names the phrase: exactly one is present with feeding-caution
  feeding.milkNone,
  feeding.milkWait,
  feeding.milkExpressed,
  feeding.milkPlanDrugUse,
  feeding.milkPlanMedicine,
  feeding.milkPlanShingles,
  feeding.milkPlanHiv,
  feeding.milkPlanInfant,
  feeding.milkCannotTell,
  feeding.milkCautionRow,
  knownIbc,
  // what changes the way to treat, on this chart
  chartImplants,
  chartBreastSurgery,
  chartImmunosuppression,
  chartYoung,
  chartDiabetes,
  // what the lactation status allows
  careAllowed,
  ultrasoundAllowed,
  lactationToDocument,
  nonLactationalInfection,
  reviewOrdered,
  reviewDrafted,
  // sepsis
  sepsis.sepsisCritical,
  sepsis.sepsisWarning,
  sepsis.sepsisInpatient,
  sepsis.sepsisScreenPositive,
  breastSourceCurrent,
  breastSourceInfection,
  breastSourceOld,
  otherInfection,
  severeSoftTissue,
  severeWithCriteria,
  // stage of one breast: exactly one is present
  stageAbscess,
  stagePhlegmon,
  stageBacterialMastitis,
  stageInflammatoryMastitis,
  stageBlockedDuct,
  stageEngorgement,
  stageNone,
  drivingDiagnosis,
  undatedDiagnosis,
  infectionExplainsSigns,
  breastSign,
  fluctuance,
  persistentLump,
  fever,
  systemic,
  lastingDischarge,
  recurrenceOnRecord,
  relapseOnRecord,
  // the antibiotic clock and the response to antibiotics
  windowNone,
  windowEarly,
  windowDue,
  windowLate,
  cover48h,
  responseImproved,
  responseWorse,
  responseUnknown,
  worseAfterBetter,
  failed,
  noAntibiotic24h,
  coverMayMissMrsa,
  cultureNotCovered,
  clindamycinUntested,
  // results, and what is ordered or done
  ultrasoundCollection,
  ultrasoundPhlegmon,
  ultrasoundWithoutAbscess,
  currentImaging,
  rescanAdvised,
  rescanDue,
  rescanUnread,
  smallCollectionWaits,
  drainedSinceUltrasound,
  collectionUndrained,
  afterDrainageNotBetter,
  drainageOrdered,
  ultrasoundOrdered,
  ultrasoundSinceFailure,
  ultrasoundSinceDrainage,
  ultrasoundSinceFluctuance,
  ultrasoundSinceRelapse,
  ultrasoundUnread,
  ultrasoundUnreadSinceFailure,
  ultrasoundUnreadSinceDrainage,
  ultrasoundUnreadSinceRelapse,
  biopsyOrdered,
  biopsyBenign,
  benignSkinAlone,
  cultureOrdered,
  culturePending,
  // suspected inflammatory breast cancer
  ibcR1,
  ibcR1Critical,
  ibcR1Acute,
  ibcR2,
  ibcR3,
  ibcR3Critical,
  ibcR3b,
  ibcR4,
  ibcR5,
  ibcR6,
  ibcR7,
  ibcR7Swelling,
  ibcR1ToR4,
  ibcR1ToR5,
  ibcR1ToR6,
  ibcWithoutInfection,
  // the same for both breasts
  bothBreastsFebrile,
  ultrasoundDrafted,
  biopsyDrafted,
  drainageDrafted,
  cultureDrafted,
  referralActive,
  redFlagUnreadable,
  // one evaluated draft order
  draft.draftSuppressant,
  draftSuppressantUnsafe,
  draft.draftAntibiotic,
  draft.draftForBreast,
  draft.draftStopsFeeding,
  draft.draftIncision,
  draft.draftPunchBiopsy,
  draft.draftContraindicated,
  draft.draftOpioid,
  draftTmpSmxRisk,
  draftAllergy,
  draftOtherCover,
  draft.draftLongTetracycline,
  cultureSupportsDraft,
] as const satisfies readonly FindingDefinition[]

type Definition = (typeof findingDefinitions)[number]
/** A finding with this context, and its name. */
export type Asked<Context> = FindingDefinition<Context> & { name: Definition['name'] }

const isOf =
  <Scope extends Definition['scope']>(scope: Scope) =>
  (definition: Definition): definition is Extract<Definition, { scope: Scope }> =>
    definition.scope === scope

/** The findings about the patient. */
export const patientFindings: readonly Asked<PatientContext>[] = findingDefinitions.filter(isOf('patient'))

/** The findings about one breast. */
export const sideFindings: readonly Asked<SideContext>[] = findingDefinitions.filter(isOf('side'))

/** The findings about one evaluated draft order. */
export const draftFindings: readonly Asked<DraftContext>[] = findingDefinitions.filter(isOf('draft'))
