/** The grades of verification of a code (clinical section 2): A to E, and U for unverified. */
export const codeGrades = ['A', 'B', 'C', 'D', 'E', 'U'] as const
export type CodeGrade = (typeof codeGrades)[number]
