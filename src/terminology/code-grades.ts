/** The grades of verification of a code (clinical section 2): A to E, O for the service's own, and U for unverified. */
export const codeGrades = ['A', 'B', 'C', 'D', 'E', 'O', 'U'] as const
export type CodeGrade = (typeof codeGrades)[number]
